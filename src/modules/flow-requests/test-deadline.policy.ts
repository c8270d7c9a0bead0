import { DomainError } from '../../common/errors/domain-error.js';

/** Clients that manage wait for the answer of a test; what takes longer is as good as offline to them. */
const TEST_TIMEOUT_MS = 20_000;

/**
 * Runs a test of a connection until it is done, its time is over or its caller is gone.
 *
 * @throws DomainError GATEWAY_TIMEOUT, and what the test throws
 */
export async function testInTime(gone: AbortSignal, test: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const limit = new AbortController();
  const timer = setTimeout(() => {
    limit.abort(new DomainError('GATEWAY_TIMEOUT', { timeoutMs: TEST_TIMEOUT_MS }));
  }, TEST_TIMEOUT_MS);
  try {
    await test(AbortSignal.any([gone, limit.signal]));
  } finally {
    clearTimeout(timer);
  }
}

/** Whether the failure lies beyond the control plane: then the test was made, and its answer is no. */
export function isTestsAnswer(error: unknown): error is DomainError {
  if (!(error instanceof DomainError) || error.code === 'REQUEST_CANCELLED') return false;
  return error.hop !== 'control-plane' || error.code === 'GATEWAY_OFFLINE';
}
