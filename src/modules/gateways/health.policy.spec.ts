import { describe, expect, it } from 'vitest';
import type { MemberState } from './gateways.types.js';
import { assertHealthy, healthyMembers, isMoving, isOnline, memberStateOf, receivesReads } from './health.policy.js';

const NOW = new Date('2026-11-23T12:00:00Z');
const ago = (seconds: number) => new Date(NOW.getTime() - seconds * 1000);

function member(id: string, changes: Partial<MemberState> = {}): MemberState {
  return {
    id,
    enabled: true,
    draining: false,
    conditions: [],
    flaps: 0,
    flapsSince: null,
    lastHeartbeatAt: ago(5),
    connectedEpoch: 1,
    createdAt: new Date(Date.parse('2026-01-01T00:00:00Z') + id.charCodeAt(0)),
    ...changes,
  };
}
const gateway = (members: MemberState[], loadBalancing: 'Failover' | 'DistributeEvenly' = 'Failover') => ({
  id: 'g',
  epoch: 1,
  loadBalancing,
  members,
});

describe('liveness of members', () => {
  it('calls a member offline when three heartbeats were missed, and not a moment before', () => {
    expect(isOnline(member('a', { lastHeartbeatAt: ago(44.999) }), NOW)).toBe(true);
    expect(isOnline(member('a', { lastHeartbeatAt: ago(45) }), NOW)).toBe(false);
    expect(isOnline(member('a', { lastHeartbeatAt: null }), NOW)).toBe(false);
  });

  it('takes only members that would see the work, the oldest first', () => {
    const members = [
      member('e'),
      member('b', { enabled: false }),
      member('c', { draining: true }),
      member('d', { connectedEpoch: 2 }),
      member('f', { connectedEpoch: null }),
      member('g', { lastHeartbeatAt: ago(60) }),
      member('a'),
    ];
    expect(healthyMembers(gateway(members), NOW).map(({ id }) => id)).toEqual(['a', 'e']);
  });

  it('lets only the first healthy member read under Failover, and everyone when work is distributed', () => {
    const [a, b] = [member('a'), member('b')];
    const reads = (who: MemberState, ...members: MemberState[]) => receivesReads(who, gateway(members), NOW);
    expect([reads(a, a, b), reads(b, a, b)]).toEqual([true, false]);
    const silent = member('a', { lastHeartbeatAt: ago(60) });
    expect(reads(b, silent, b)).toBe(true);
    expect(receivesReads(b, gateway([a, b], 'DistributeEvenly'), NOW)).toBe(true);
  });

  it('never leaves the queue without a reader while the first member comes back', () => {
    const returning = member('a', { connectedEpoch: null });
    const standing = member('b');
    const both = gateway([returning, standing]);
    expect(receivesReads(returning, both, NOW)).toBe(true);
    expect(receivesReads(standing, both, NOW)).toBe(true);
  });

  it('gives a draining or disabled member no reads, whatever the balancing', () => {
    for (const changes of [{ draining: true }, { enabled: false }]) {
      const off = member('a', changes);
      expect(receivesReads(off, gateway([off], 'DistributeEvenly'), NOW)).toBe(false);
      expect(receivesReads(off, gateway([off]), NOW)).toBe(false);
    }
  });

  it('refuses work for a gateway without a healthy member', () => {
    expect(() => assertHealthy(gateway([member('a')]), NOW)).not.toThrow();
    expect(() => assertHealthy(gateway([member('a', { draining: true })]), NOW)).toThrow(
      expect.objectContaining({ code: 'GATEWAY_OFFLINE' }),
    );
    expect(() => assertHealthy(gateway([]), NOW)).toThrow(expect.objectContaining({ code: 'GATEWAY_OFFLINE' }));
  });
});

describe('members that are there and take no work', () => {
  const settling = { flaps: 3, flapsSince: ago(10) };

  it('are those with something wrong with them, and those that came back a moment ago too often', () => {
    const well = member('b');
    for (const changes of [{ conditions: ['disk-full'] }, settling]) {
      const ill = member('a', changes);
      expect(healthyMembers(gateway([ill, well]), NOW)).toEqual([well]);
      expect(receivesReads(ill, gateway([ill, well], 'DistributeEvenly'), NOW)).toBe(false);
      expect(receivesReads(well, gateway([ill, well]), NOW)).toBe(true);
    }
  });

  it('are not those that only have to tell something', () => {
    const telling = member('a', { conditions: ['recovery-key-untrusted'] });
    expect(healthyMembers(gateway([telling]), NOW)).toEqual([telling]);
    expect(receivesReads(telling, gateway([telling]), NOW)).toBe(true);
    expect(memberStateOf(telling, 1, NOW)).toBe('online');
  });

  it('are named by the reason that somebody chose before the one that happened', () => {
    const state = (changes: Partial<MemberState>) => memberStateOf(member('a', changes), 1, NOW);
    expect(state({})).toBe('online');
    expect(state({ conditions: ['clock-off'] })).toBe('attention');
    expect(state(settling)).toBe('attention');
    expect(state({ connectedEpoch: null })).toBe('attention');
    expect(state({ draining: true, conditions: ['clock-off'] })).toBe('draining');
    expect(state({ draining: true, lastHeartbeatAt: ago(60) })).toBe('offline');
    expect(state({ enabled: false, lastHeartbeatAt: ago(60) })).toBe('disabled');
  });

  it('are waited for while they come over from the epoch before', () => {
    const moving = { ...gateway([member('a')]), epoch: 2 };
    expect(isMoving(moving, NOW)).toBe(true);
    expect(isMoving({ ...moving, epoch: 3 }, NOW)).toBe(false);
    expect(isMoving({ ...moving, members: [member('a', { enabled: false })] }, NOW)).toBe(false);
    expect(isMoving({ ...moving, members: [member('a', { lastHeartbeatAt: ago(60) })] }, NOW)).toBe(false);
  });
});
