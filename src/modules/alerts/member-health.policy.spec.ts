import { describe, expect, it } from 'vitest';
import { memberAlertsOf, type WatchedMember } from './member-health.policy.js';

const NOW = new Date('2026-11-23T12:00:00Z');
const ago = (seconds: number) => new Date(NOW.getTime() - seconds * 1000);
const member = (id: string, change: Partial<WatchedMember> = {}): WatchedMember => ({
  id,
  name: id,
  conditions: [],
  enabled: true,
  flaps: 0,
  flapsSince: null,
  lastHeartbeatAt: ago(5),
  createdAt: ago(9_999),
  ...change,
});
const kinds = (...members: WatchedMember[]) =>
  memberAlertsOf({ id: 'g', name: 'hq', members }, NOW).map(({ kind, details }) => [
    kind,
    details.members?.map(({ id }) => id).join(),
  ]);

describe('alerts about members', () => {
  it('are worse when nobody is left', () => {
    const away = { lastHeartbeatAt: ago(45) };
    expect(kinds(member('a'), member('b'))).toEqual([]);
    expect(kinds(member('a', away), member('b'))).toEqual([['member-offline', 'a']]);
    expect(kinds(member('a', away), member('b', away))).toEqual([['gateway-offline', 'a,b']]);
  });

  it('are not about members that somebody disabled, nor about those just installed', () => {
    const away = { lastHeartbeatAt: null };
    expect(kinds(member('a', { ...away, enabled: false }))).toEqual([]);
    expect(kinds(member('a', { ...away, enabled: false }), member('b', away))).toEqual([['gateway-offline', 'b']]);
    expect(kinds(member('a', { ...away, createdAt: ago(44) }))).toEqual([]);
    expect(kinds()).toEqual([]);
  });

  it('tell of those that do not believe the recovery key, disabled or not, and of no other condition', () => {
    const untrusting = { conditions: ['disk-full', 'recovery-key-untrusted'] };
    expect(kinds(member('a', { conditions: ['disk-full'] }))).toEqual([]);
    expect(kinds(member('a', { ...untrusting, enabled: false }), member('b'), member('c', untrusting))).toEqual([
      ['recovery-key-untrusted', 'a,c'],
    ]);
  });

  it('tell of those that do not follow the root', () => {
    expect(kinds(member('a', { conditions: ['root-untrusted'] }), member('b'))).toEqual([['root-untrusted', 'a']]);
  });

  it('tell of those that come and go, present or not', () => {
    const flapping = { flaps: 3, flapsSince: ago(100) };
    expect(kinds(member('a', flapping), member('b'))).toEqual([['member-flapping', 'a']]);
    expect(kinds(member('a', { ...flapping, lastHeartbeatAt: ago(50) }), member('b'))).toEqual([
      ['member-offline', 'a'],
      ['member-flapping', 'a'],
    ]);
  });
});
