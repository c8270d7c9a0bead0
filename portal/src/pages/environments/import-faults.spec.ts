import { describe, expect, it } from 'vitest';
import { ApiError } from '../../../../src/client/api-error.js';
import { faultsOf } from './import-faults.js';

describe('faults of a refused list', () => {
  it('are all named, each with its place', () => {
    const details = { path: 'line 2', problem: 'no name', path2: 'line 7', problem2: 'no region', more: '3' };
    expect(faultsOf(refusal(details))).toEqual([
      { place: 'line 2', problem: 'no name' },
      { place: 'line 7', problem: 'no region' },
    ]);
  });

  it('are none where something else was refused', () => {
    expect(faultsOf(refusal({ environmentId: 'x' }))).toEqual([]);
  });
});

function refusal(details: Record<string, string>): ApiError {
  return new ApiError({
    status: 400,
    code: 'VALIDATION_FAILED',
    message: 'wrong',
    remedy: '',
    traceId: '',
    retryable: false,
    hop: undefined,
    outcome: undefined,
    retryAfterSeconds: undefined,
    details,
  });
}
