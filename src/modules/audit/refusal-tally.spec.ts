import { describe, expect, it } from 'vitest';
import type { Refusal } from '../../common/errors/refusal-sink.js';
import { MAX_KINDS, MAX_KINDS_PER_ACTOR, RefusalTally } from './refusal-tally.js';

const refusal = (changes: Partial<Refusal> = {}): Refusal => ({
  tenantId: 't',
  actor: { id: 'a', type: 'User' },
  action: 'GET /v1/things',
  code: 'ROLE_MISSING',
  subject: { type: 'gateway', id: 'g' },
  details: { role: 'Admin' },
  traceId: 'trace',
  ...changes,
});

describe('refusals', () => {
  it('that are equal are counted, and others kept apart', () => {
    const tally = new RefusalTally();
    for (let n = 0; n < 500; n += 1) tally.add(refusal({ traceId: `trace ${n}` }), 0);
    tally.add(refusal(), 60);
    tally.add(refusal({ actor: { id: 'b', type: 'User' } }), 0);
    tally.add(refusal({ code: 'LICENCE_REQUIRED' }), 0);
    tally.add(refusal({ subject: { type: 'gateway', id: 'h' } }), 0);
    tally.add(refusal({ gatewayId: 'g' }), 0);
    const taken = tally.take(60);
    expect(taken.map(({ count, window }) => [count, window])).toEqual([
      [500, 0],
      [1, 60],
      [1, 0],
      [1, 0],
      [1, 0],
      [1, 0],
    ]);
    expect(taken[0]?.refusal.traceId).toBe('trace 0');
    expect(tally.take(60)).toEqual([]);
  });

  it('that were not written are counted on', () => {
    const tally = new RefusalTally();
    tally.add(refusal(), 0);
    const taken = tally.take(0);
    tally.add(refusal(), 0);
    tally.giveBack(taken);
    expect(tally.take(60).map(({ count }) => count)).toEqual([2]);
    tally.giveBack(taken);
    expect(tally.take(60).map(({ count, window }) => [count, window])).toEqual([[1, 0]]);
  });

  it('of one caller who tries ids out are counted together after the first', () => {
    const tally = new RefusalTally();
    for (let n = 0; n < 1_000; n += 1) tally.add(refusal({ subject: { type: 'gateway', id: String(n) } }), 0);
    tally.add(refusal({ actor: { id: 'b', type: 'User' } }), 0);
    const taken = tally.take(0);
    expect(taken).toHaveLength(MAX_KINDS_PER_ACTOR + 2);
    const together = taken.find((entry) => entry.refusal.action === 'various');
    expect(together).toMatchObject({
      count: 1_000 - MAX_KINDS_PER_ACTOR,
      refusal: { actor: { id: 'a' }, details: {} },
    });
  });

  it('of more kinds than are kept apart are counted by tenant and code, and none is lost', () => {
    const tally = new RefusalTally();
    const total = MAX_KINDS + 500;
    for (let n = 0; n < total; n += 1) tally.add(refusal({ actor: { id: String(n), type: 'User' } }), 0);
    const taken = tally.take(60);
    expect(taken).toHaveLength(MAX_KINDS + 1);
    expect(taken.at(-1)).toMatchObject({ count: 500, refusal: { actor: { type: 'Various' } } });
    expect(taken.reduce((sum, { count }) => sum + count, 0)).toBe(total);
    tally.add(refusal(), 60);
    expect(tally.take(60)[0]?.refusal.actor.id).toBe('a');
  });
});
