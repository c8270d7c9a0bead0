import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ControlPlaneError } from '../control-plane.js';
import { RotationCalls } from './rotation-calls.js';

const UNOPENED = [{ connectionId: randomUUID(), sealed: 'x', hash: 'h'.repeat(43) }];

/** A control plane that answers everything with one status. */
function answering(status: number): RotationCalls {
  const error = new ControlPlaneError('refused', 'no', { status });
  return new RotationCalls({ ask: () => Promise.reject(error) });
}

describe('reports of what cannot be opened', () => {
  it('are not missed by a control plane of before there were any', async () => {
    await expect(answering(404).reportUnopened(randomUUID(), UNOPENED)).resolves.toBeUndefined();
  });

  it.each([401, 409, 503])('fail like any other call with %i', async (status) => {
    await expect(answering(status).reportUnopened(randomUUID(), UNOPENED)).rejects.toMatchObject({
      problem: { status },
    });
  });
});
