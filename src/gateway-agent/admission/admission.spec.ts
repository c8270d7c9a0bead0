import { describe, expect, it } from 'vitest';
import { Admission } from './admission.js';
import { BodyPlaces } from './body-places.js';
import { ByteBudget } from './byte-budget.js';

const never = new AbortController().signal;
const LONG_MS = 60_000;

describe('places for requests', () => {
  it('one connection takes its share and no more, others are served at once', async () => {
    const admission = new Admission({ maxInFlight: 10, maxPerConnection: 6 }, { maxWaitMs: 20 });
    const flood = await Promise.all(Array.from({ length: 500 }, () => admission.enter('flood', never)));
    expect(flood.filter((place) => place !== undefined)).toHaveLength(6);
    expect(admission.waiting).toBe(0);
    expect(await admission.enter('other', never)).toBeDefined();
    expect(admission.inFlight).toBe(7);
  });

  it('what waits is bounded, of one connection and in all', async () => {
    const admission = new Admission({ maxInFlight: 1, maxPerConnection: 1 }, { maxWaitMs: 50 });
    const first = await admission.enter('a', never);
    const all = Array.from({ length: 1000 }, (_, index) => admission.enter(index < 500 ? 'a' : `b${index}`, never));
    expect(admission.waiting).toBe(96);
    const got = await Promise.all(all);
    expect(got.every((place) => place === undefined)).toBe(true);
    first?.leave();
    expect([admission.waiting, admission.inFlight]).toEqual([0, 0]);
    expect(await admission.enter('a', never)).toBeDefined();
  });

  it('places that become free go to the connections in turn', async () => {
    const admission = new Admission({ maxInFlight: 2, maxPerConnection: 2 }, { maxWaitMs: LONG_MS });
    const held = [await admission.enter('flood', never), await admission.enter('flood', never)];
    const order: string[] = [];
    const wait = async (id: string) => {
      const place = await admission.enter(id, never);
      order.push(id);
      place?.leave();
    };
    const waits = [...Array.from({ length: 10 }, () => wait('flood')), wait('b'), wait('c'), wait('b')];
    held[0]?.leave();
    await Promise.all(waits);
    expect(order.slice(0, 6)).toEqual(['flood', 'b', 'c', 'flood', 'b', 'flood']);
    held[1]?.leave();
    expect(admission.inFlight).toBe(0);
  });

  it('nobody waits for a connection whose places do not change hands', async () => {
    let now = 0;
    const admission = new Admission({ maxInFlight: 5, maxPerConnection: 2 }, { maxWaitMs: LONG_MS, now: () => now });
    const [first] = [await admission.enter('a', never), await admission.enter('a', never)];
    const waiting = admission.enter('a', never);
    now = 501;
    expect(await admission.enter('a', never)).toBeUndefined();
    expect(admission.waiting).toBe(1);
    first?.leave();
    expect(await waiting).toBeDefined();
    const later = admission.enter('a', never);
    expect(admission.waiting).toBe(1);
    (await waiting)?.leave();
    expect(await later).toBeDefined();
  });

  it('a place is given back once, and whoever goes away waits no more', async () => {
    const admission = new Admission({ maxInFlight: 1, maxPerConnection: 1 }, { maxWaitMs: LONG_MS });
    const place = await admission.enter('a', never);
    const gone = new AbortController();
    const waiting = admission.enter('a', gone.signal);
    gone.abort();
    expect(await waiting).toBeUndefined();
    place?.leave();
    place?.leave();
    expect([admission.inFlight, admission.waiting]).toEqual([0, 0]);
  });
});

describe('memory for bodies', () => {
  it('is full for a connection at half of it, and for all at the whole', () => {
    const budget = new ByteBudget(100);
    const [a, b] = [budget.accountOf('a'), budget.accountOf('b')];
    a.add(50);
    expect([a.isFull, b.isFull]).toEqual([true, false]);
    b.add(49);
    expect(b.isFull).toBe(false);
    b.add(1);
    expect(b.isFull).toBe(true);
    a.remove(50);
    expect([a.isFull, budget.heldBytes]).toEqual([false, 50]);
  });

  it('takes as many streamed bodies as it has windows, a connection three quarters of them', () => {
    const places = new BodyPlaces(24 * 1024 * 1024);
    expect(places.hasRoom('a', ['a', 'a'])).toBe(true);
    expect(places.hasRoom('a', ['a', 'a', 'a'])).toBe(false);
    expect(places.hasRoom('b', ['a', 'a', 'a'])).toBe(true);
    expect(places.hasRoom('b', ['a', 'a', 'a', 'b'])).toBe(false);
  });
});
