import { describe, expect, it } from 'vitest';
import { OFFLINE_AFTER_SECONDS } from '../contract/membership.js';
import { HeartbeatSchedule, MAX_RETRY_AFTER_MS, RETRY_CEILING_MS, RETRY_FLOOR_MS } from './heartbeat-schedule.js';

const MEMBERS = 10_000;
const SLOT_MS = 100;

/** Mulberry32: the same numbers in every run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One member in virtual time: when it tries, and when it was answered. The control plane is away from 0 to `awayMs`. */
function lifeOf(schedule: HeartbeatSchedule, startedAt: number, awayMs: number, retryAfterMs?: number) {
  let now = startedAt;
  let heardAt = startedAt;
  let due = schedule.afterStartMs();
  while (now + due < 0) {
    now += due;
    heardAt = now;
    due = schedule.afterAnswerMs();
  }
  const tries: number[] = [];
  for (now += due; now < awayMs; now += schedule.afterFailureMs(retryAfterMs)) tries.push(now);
  return { tries, backAfterMs: now - awayMs, silentMs: now - heardAt };
}

function fleet(awayMs: number, { retryAfterMs, startedAt }: { retryAfterMs?: number; startedAt?: number } = {}) {
  const random = seeded(4);
  const schedule = new HeartbeatSchedule(random);
  return Array.from({ length: MEMBERS }, () =>
    lifeOf(schedule, startedAt ?? -600_000 * random() - 60_000, awayMs, retryAfterMs),
  );
}

/** The busiest slot as a multiple of the mean, over the time in which they came back. */
function peakOf(instants: readonly number[]): number {
  const lengthMs = Math.max(...instants);
  const slots = new Array<number>(Math.floor(lengthMs / SLOT_MS) + 1).fill(0);
  for (const instant of instants) {
    const slot = Math.floor(instant / SLOT_MS);
    slots[slot] = (slots[slot] ?? 0) + 1;
  }
  return Math.max(...slots) / (instants.length / slots.length);
}

describe('when ten thousand heartbeats are due', () => {
  it.each([1, 5, 10, 15, 40, 600])('they drizzle back after %i s without a control plane', (awaySeconds) => {
    const back = fleet(awaySeconds * 1000).map(({ backAfterMs }) => backAfterMs);
    expect(Math.max(...back)).toBeLessThan(60_000);
    expect(peakOf(back)).toBeLessThan(2);
  });

  it('nobody was silent long enough to count as offline when it was away for ten seconds', () => {
    const silent = fleet(10_000).map(({ silentMs }) => silentMs);
    expect(Math.max(...silent)).toBeLessThan(OFFLINE_AFTER_SECONDS * 1000);
  });

  it('they try hardly more often while there is nobody', () => {
    const tries = fleet(60_000).reduce((sum, life) => sum + life.tries.length, 0);
    expect(tries / MEMBERS).toBeLessThan(6.5);
  });

  it('they go apart within a minute though all started in the same moment', () => {
    const back = fleet(10_000, { startedAt: -60_000 }).map(({ backAfterMs }) => backAfterMs);
    expect(peakOf(back)).toBeLessThan(3);
  });

  it('they wait as long as they are asked to, and no longer than a minute more', () => {
    const schedule = new HeartbeatSchedule(() => 0);
    expect(schedule.afterFailureMs(30_000)).toBe(30_000 + RETRY_FLOOR_MS);
    expect(schedule.afterFailureMs(86_400_000)).toBe(MAX_RETRY_AFTER_MS + RETRY_FLOOR_MS);
    expect(new HeartbeatSchedule(() => 1).afterFailureMs(1_000)).toBe(1_000 + RETRY_CEILING_MS);
    expect(new HeartbeatSchedule(() => 0.5).afterFailureMs()).toBe(11_250);
  });

  it('a regular one comes every fifteen seconds, a tenth more or less', () => {
    expect(new HeartbeatSchedule(() => 0).afterAnswerMs()).toBeCloseTo(13_500);
    expect(new HeartbeatSchedule(() => 1).afterAnswerMs()).toBeCloseTo(16_500);
  });
});
