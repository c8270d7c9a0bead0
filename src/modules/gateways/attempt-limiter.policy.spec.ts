import { describe, expect, it } from 'vitest';
import { AttemptLimiter } from './attempt-limiter.policy.js';

describe('limiting attempts', () => {
  it('stops listening to an address after ten failures, and listens again after a quarter of an hour', () => {
    let now = 0;
    const limiter = new AttemptLimiter(() => now);
    for (let count = 0; count < 10; count += 1) {
      expect(() => limiter.assertAllowed('a')).not.toThrow();
      limiter.fail('a');
    }
    expect(() => limiter.assertAllowed('a')).toThrow(
      expect.objectContaining({ code: 'TOO_MANY_ATTEMPTS', retryAfterSeconds: 900 }),
    );
    expect(() => limiter.assertAllowed('b')).not.toThrow();
    now = 15 * 60_000;
    expect(() => limiter.assertAllowed('a')).not.toThrow();
    limiter.fail('a');
    expect(() => limiter.assertAllowed('a')).not.toThrow();
  });

  it('remembers a bounded number of addresses', () => {
    const limiter = new AttemptLimiter();
    for (let address = 0; address < 10_500; address += 1) limiter.fail(String(address));
    expect(limiter.size).toBe(10_000);
  });
});
