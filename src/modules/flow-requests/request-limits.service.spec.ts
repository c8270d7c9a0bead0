import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { DomainError } from '../../common/errors/domain-error.js';
import type { ReplicaPresence } from '../../common/limits/replica-presence.js';
import { RequestLimitsService } from './request-limits.service.js';

const TENANT = randomUUID();
const WIDE = {
  callerRequestsPerMinute: 1_000_000,
  connectionRequestsPerMinute: 1_000_000,
  tenantRequestsPerMinute: 1_000_000,
};

describe('the limits of flow requests', () => {
  const service = (count = 1) => new RequestLimitsService({ count } as ReplicaPresence);
  const caller = (tenantId = TENANT) => ({ tenantId, id: randomUUID() });
  const refusalOf = (work: () => void): DomainError | undefined => {
    try {
      work();
      return undefined;
    } catch (error) {
      if (error instanceof DomainError) return error;
      throw error;
    }
  };

  it.each([
    ['caller', { ...WIDE, callerRequestsPerMinute: 3 }],
    ['connection', { ...WIDE, connectionRequestsPerMinute: 3 }],
    ['tenant', { ...WIDE, tenantRequestsPerMinute: 3 }],
  ])('refuse by the %s with the limit and a time', (scope, limits) => {
    const limiter = service();
    const who = caller();
    const work = () => limiter.admit(who, 'connection', limits);
    for (let sent = 0; sent < 3; sent += 1) work();
    const refusal = refusalOf(work);
    expect(refusal).toMatchObject({ code: 'RATE_LIMITED', status: 429, details: { scope, limitPerMinute: 3 } });
    expect(refusal?.retryAfterSeconds).toBeGreaterThan(15);
    expect(refusal?.retryAfterSeconds).toBeLessThanOrEqual(20);
  });

  it('count nothing for a request that a later limit refuses', () => {
    const limiter = service();
    const who = caller();
    const shared = { ...WIDE, callerRequestsPerMinute: 5, connectionRequestsPerMinute: 1 };
    limiter.admit(who, 'full', shared);
    for (let sent = 0; sent < 50; sent += 1) expect(refusalOf(() => limiter.admit(who, 'full', shared))).toBeDefined();
    for (let n = 0; n < 4; n += 1) limiter.admit(who, `connection ${n}`, shared);
    expect(refusalOf(() => limiter.admit(who, 'one more', shared))?.details['scope']).toBe('caller');

    const byTenant = {
      ...WIDE,
      callerRequestsPerMinute: 4,
      connectionRequestsPerMinute: 4,
      tenantRequestsPerMinute: 2,
    };
    const another = caller(randomUUID());
    for (let n = 0; n < 2; n += 1) limiter.admit(another, 'c', byTenant);
    for (let n = 0; n < 50; n += 1) {
      expect(refusalOf(() => limiter.admit(another, 'c', byTenant))?.details['scope']).toBe('tenant');
    }
  });

  it('hold each tenant, connection and caller by itself', () => {
    const limiter = service();
    const limits = { callerRequestsPerMinute: 1, connectionRequestsPerMinute: 2, tenantRequestsPerMinute: 3 };
    limiter.admit(caller(), 'a', limits);
    limiter.admit(caller(), 'a', limits);
    limiter.admit(caller(), 'b', limits);
    expect(refusalOf(() => limiter.admit(caller(), 'b', limits))?.details['scope']).toBe('tenant');
    limiter.admit(caller(randomUUID()), 'a', limits);
  });

  it('are divided by the replicas there are', () => {
    const limiter = service(4);
    const limits = { ...WIDE, callerRequestsPerMinute: 40 };
    const who = caller();
    for (let sent = 0; sent < 10; sent += 1) limiter.admit(who, 'c', limits);
    expect(refusalOf(() => limiter.admit(who, 'c', limits))?.details).toEqual({ scope: 'caller', limitPerMinute: 40 });
  });
});
