import { describe, expect, it } from 'vitest';
import { awaited, candidates, nextStep, type RotationFacts, type RotationMember } from './rotation.policy.js';

const NOW = new Date('2026-11-23T12:00:00Z');
const ago = (seconds: number) => new Date(NOW.getTime() - seconds * 1000);
const HOUR = 3_600;

function member(id: string, changes: Partial<RotationMember> = {}): RotationMember {
  const seen = { lastHeartbeatAt: ago(5), createdAt: ago(100 * HOUR), conditions: [] };
  return { id, enabled: true, hasCertificate: true, ...seen, ...changes };
}

function rotation(changes: Partial<RotationFacts> = {}): RotationFacts {
  return { state: 'distributing', hasGrace: true, receipts: [], resealedAt: null, delivery: null, ...changes };
}

const delivery = (...members: string[]) => ({
  by: 'a',
  at: ago(60),
  packages: members.map((memberId) => ({ memberId })),
  recoveryKey: 'r',
});

const step = (facts: RotationFacts, members: RotationMember[], remaining = 0, recoveryKey = 'r') =>
  nextStep(facts, { members, remaining, recoveryKey, now: NOW });

describe('while the key is handed out', () => {
  const given = rotation({ receipts: ['a'], delivery: delivery('a', 'b') });

  it.each([
    ['waits for a member that is there', [member('a'), member('b')], 'none'],
    ['goes on without one that is switched off', [member('a'), member('b', { enabled: false })], 'resealing'],
    ['waits nine minutes for one that is away', [member('a'), member('b', { lastHeartbeatAt: ago(540) })], 'none'],
    ['but not eleven', [member('a'), member('b', { lastHeartbeatAt: ago(660) })], 'resealing'],
    ['begins anew when its maker left', [member('b')], 'anew'],
    [
      'begins anew for a member that joined since',
      [member('a'), member('b'), member('c', { createdAt: ago(9) })],
      'anew',
    ],
    [
      'not for one that nobody vouched for',
      [member('a'), member('b', { enabled: false }), member('c', { createdAt: ago(9), hasCertificate: false })],
      'resealing',
    ],
  ])('%s', (_name, members, expected) => {
    expect(step(given, members)).toBe(expected);
  });

  it('begins anew when the recovery key is another one by now', () => {
    expect(step(given, [member('a'), member('b')], 0, 'changed')).toBe('anew');
  });

  it('does not wait for the absent after a compromise', () => {
    const hurried = { ...given, hasGrace: false };
    expect(awaited(hurried, [member('a'), member('b', { lastHeartbeatAt: ago(50) })], NOW)).toEqual([]);
    expect(awaited(given, [member('a'), member('b', { lastHeartbeatAt: ago(50) })], NOW)).toEqual(['b']);
  });
});

describe('afterwards', () => {
  it.each([
    ['resealing', 3, null, true, 'none'],
    ['resealing', 0, null, true, 'grace'],
    ['resealing', 0, null, false, 'done'],
    ['resealing', 0, ago(25 * HOUR), true, 'done'],
    ['grace', 0, ago(23 * HOUR), true, 'none'],
    ['grace', 0, ago(24 * HOUR), true, 'done'],
    ['grace', 1, ago(25 * HOUR), true, 'resealing'],
    ['done', 1, ago(25 * HOUR), true, 'none'],
  ] as const)('%s with %i left is followed by the right step', (state, remaining, resealedAt, hasGrace, expected) => {
    expect(step(rotation({ state, resealedAt, hasGrace }), [member('a')], remaining)).toBe(expected);
  });
});

describe('the leader', () => {
  it('holds the key already, or is the oldest; never one that is away, ill, off or unknown to the others', () => {
    const members = [
      member('young', { createdAt: ago(10) }),
      member('old'),
      member('off', { enabled: false }),
      member('away', { lastHeartbeatAt: ago(46) }),
      member('never', { lastHeartbeatAt: null }),
      member('ghost', { hasCertificate: false }),
      member('ill', { conditions: ['disk-full'] }),
    ];
    expect(candidates(rotation(), members, NOW)).toEqual(['old', 'young']);
    expect(candidates(rotation({ receipts: ['young'] }), members, NOW)).toEqual(['young', 'old']);
  });
});
