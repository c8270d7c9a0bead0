import { describe, expect, it } from 'vitest';
import { isGivenUp } from './given-up.policy.js';
import type { RotationMember } from './rotation.policy.js';

const NOW = new Date('2026-11-23T12:00:00Z');
const ago = (seconds: number) => new Date(NOW.getTime() - seconds * 1000);

function member(id: string, changes: Partial<RotationMember> = {}): RotationMember {
  const seen = { lastHeartbeatAt: ago(5), createdAt: ago(1e6), conditions: [] };
  return { id, enabled: true, hasCertificate: true, ...seen, ...changes };
}

const given = (members: RotationMember[], changes: { reportedAt?: Date; isPatient?: boolean } = {}) => {
  const { reportedAt = ago(60), isPatient = true } = changes;
  return isGivenUp({ triedBy: ['a'], reportedAt }, members, { isPatient, now: NOW });
};

describe('a credential that one member could not open', () => {
  it.each([
    ['waits for another that is there', [member('a'), member('b')], false],
    ['waits for one that is switched off, which tries all the same', [member('a'), member('b', { enabled: false })], false], // prettier-ignore
    ['waits nine minutes for one that is away', [member('a'), member('b', { lastHeartbeatAt: ago(540) })], false],
    ['but not eleven', [member('a'), member('b', { lastHeartbeatAt: ago(660) })], true],
    ['never for one that nobody vouched for', [member('a'), member('b', { hasCertificate: false })], true],
    ['is given up when there is no other', [member('a')], true],
    ['is kept while nobody is there at all', [member('a', { lastHeartbeatAt: ago(660) })], false],
    ['waits for somebody when the one that tried has left', [], false],
  ])('%s', (_name, members, expected) => {
    expect(given(members)).toBe(expected);
  });

  it('does not wait for the absent after a compromise', () => {
    expect(given([member('a'), member('b', { lastHeartbeatAt: ago(50) })], { isPatient: false })).toBe(true);
  });

  it('waits a day at most for an agent that never says it tried', () => {
    expect(given([member('a'), member('b')], { reportedAt: ago(24 * 3600 - 1) })).toBe(false);
    expect(given([member('a'), member('b')], { reportedAt: ago(24 * 3600) })).toBe(true);
  });
});
