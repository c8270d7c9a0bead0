import { describe, expect, it } from 'vitest';
import { clientContextOf, derivedIdempotencyKey, environmentIdOf, givenIdempotencyKey } from './client-context.js';

const id = '3f0d3a5e-52b5-4d0b-9a55-0c9f2c1a7e01';
const environment = (value: string): string | undefined => environmentIdOf({ 'x-ms-client-environment-id': value });

describe('the environment', () => {
  it('is a bare id or the path that Power Apps sends', () => {
    expect(environment(id)).toBe(id);
    expect(environment(id.toUpperCase())).toBe(id);
    expect(environment(`/providers/Microsoft.PowerApps/environments/${id}`)).toBe(id);
    expect(environment(`/Providers/microsoft.powerapps/Environments/${id}`)).toBe(id);
    expect(environmentIdOf({})).toBeUndefined();
  });

  it.each(['x', `${id}, ${id}`, `/environments/${id}`, `${id}/`, ` ${id}`, "' or 1=1 --"])(
    'is refused as "%s"',
    (value) => {
      expect(() => environment(value)).toThrow(expect.objectContaining({ code: 'VALIDATION_FAILED' }));
    },
  );
});

describe('what is known of the client', () => {
  it('is cut to a length that a log can bear', () => {
    const context = clientContextOf({ 'x-ms-workflow-run-id': 'r'.repeat(5000), 'x-ms-user-agent': 'PowerFx/1' });
    expect(context).toEqual({ flowRunId: 'r'.repeat(200), userAgent: 'PowerFx/1' });
  });
});

describe('the idempotency key', () => {
  it('is the one given', () => {
    expect(givenIdempotencyKey({ 'idempotency-key': 'abc 1' })).toBe('abc 1');
    expect(givenIdempotencyKey({})).toBeUndefined();
  });

  it.each(['k'.repeat(256), 'ä', 'a\tb'])('is refused as "%s"', (key) => {
    const read = (): unknown => givenIdempotencyKey({ 'idempotency-key': key });
    expect(read).toThrow(expect.objectContaining({ code: 'VALIDATION_FAILED' }));
  });

  it('is derived from run and action, and differs between actions', () => {
    const headers = { 'x-ms-workflow-run-id': 'run', 'x-ms-action-tracking-id': 'a1' };
    expect(derivedIdempotencyKey(headers)).toBe('flow:run//a1');
    expect(derivedIdempotencyKey({ ...headers, 'x-ms-workflow-operation-name': 'Insert_row' })).toBe(
      'flow:run/Insert_row/a1',
    );
    expect(derivedIdempotencyKey({ 'x-ms-workflow-run-id': 'run' })).toBeUndefined();
    expect(derivedIdempotencyKey({ ...headers, 'x-ms-action-tracking-id': 'a'.repeat(300) })).toBeUndefined();
  });
});
