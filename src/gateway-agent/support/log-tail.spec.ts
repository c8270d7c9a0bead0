import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { z } from 'zod';
import { LOG_TAIL_LINE, MAX_LOG_TAIL_MS } from '../../contract/log-tail.js';
import type { Question } from '../control-plane.js';
import { createLog } from '../log.js';
import { LogTail } from './log-tail.js';
import { LogTap } from './log-tap.js';

const NOW = Date.parse('2026-11-24T08:00:00Z');
const silent = createLog('silent');

describe('a log tail', () => {
  const allowed = randomUUID();
  const asked: { path: string; body: { state?: string; reason?: string; lines?: string[]; dropped?: number } }[] = [];
  let wanted = true;
  let tap: LogTap;
  let tail: LogTail;
  beforeEach(() => {
    vi.useFakeTimers();
    asked.length = 0;
    wanted = true;
    tap = new LogTap();
    const controlPlane = {
      ask: <T>(schema: z.ZodType<T>, { path, body }: Question): Promise<T> => {
        asked.push({ path, body: body as (typeof asked)[number]['body'] });
        return Promise.resolve(schema.parse(path.endsWith('/lines') ? { wanted } : undefined));
      },
    };
    tail = new LogTail({ tap, mayWatch: (id) => id === allowed, controlPlane, log: silent, now: () => NOW });
  });
  afterEach(() => vi.useRealTimers());

  const wish = (changes: Partial<{ id: string; requestedBy: string; seconds: number }> = {}) => ({
    id: changes.id ?? randomUUID(),
    requestedBy: changes.requestedBy ?? allowed,
    until: new Date(NOW + (changes.seconds ?? 60) * 1000).toISOString(),
  });
  const write = (fields: object) => tap.over({ write: () => undefined }).write(`${JSON.stringify(fields)}\n`);
  const lines = () => asked.flatMap(({ body }) => body.lines ?? []);
  const states = () => asked.flatMap(({ body: { state, reason } }) => (state === undefined ? [] : [reason === undefined ? state : `${state} ${reason}`])); // prettier-ignore

  it('is refused to everybody whom the operator did not allow, and nothing is shown', async () => {
    tail.want(wish({ requestedBy: randomUUID() }));
    write({ event: 'one' });
    await vi.advanceTimersByTimeAsync(5_000);
    expect(states()).toEqual(['refused policy']);
    expect(lines()).toEqual([]);
  });

  it('shows what is written from then on, redacted, and ends by itself', async () => {
    write({ event: 'before' });
    const one = wish({ seconds: 10 });
    tail.want(one);
    await vi.advanceTimersByTimeAsync(10);
    write({ event: 'during', msg: 'password=hunter2', row: 'Alice' });
    // The same wish comes with every heartbeat.
    tail.want(one);
    await vi.advanceTimersByTimeAsync(11_000);
    write({ event: 'after' });
    await vi.advanceTimersByTimeAsync(2_000);
    expect(states()).toEqual(['open', 'ended time-over']);
    expect(lines().map((line) => (JSON.parse(line) as { event: string }).event)).toEqual(['during']);
    expect(lines().join()).not.toMatch(/hunter2|Alice/);
    tail.want(one);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(states()).toHaveLength(2);
  });

  it('lasts five minutes at most, whatever the control plane says', async () => {
    tail.want(wish({ seconds: 3600 }));
    await vi.advanceTimersByTimeAsync(MAX_LOG_TAIL_MS - 2_000);
    expect(states()).toEqual(['open']);
    await vi.advanceTimersByTimeAsync(4_000);
    expect(states()).toEqual(['open', 'ended time-over']);
  });

  it('ends when nobody wants it any more, here or there', async () => {
    tail.want(wish());
    await vi.advanceTimersByTimeAsync(1_500);
    tail.want(undefined);
    await vi.advanceTimersByTimeAsync(100);
    expect(states()).toEqual(['open', 'ended stopped']);
    tail.want(wish());
    wanted = false;
    write({ event: 'one' });
    await vi.advanceTimersByTimeAsync(6_500);
    expect(states().slice(2)).toEqual(['open', 'ended stopped']);
  });

  it('leaves out what is too much, and says how much that was', async () => {
    tail.want(wish({ seconds: 30 }));
    await vi.advanceTimersByTimeAsync(10);
    for (let number = 0; number < 1_000; number += 1) write({ event: 'flood', msg: 'x '.repeat(LOG_TAIL_LINE) });
    await vi.advanceTimersByTimeAsync(1_100);
    const [first] = asked.filter(({ body }) => body.lines);
    expect(first?.body.lines).toHaveLength(200);
    expect(first?.body.dropped).toBe(600);
    expect(first?.body.lines?.every((line) => line.length <= LOG_TAIL_LINE)).toBe(true);
    for (let round = 0; round < 20; round += 1) {
      for (let number = 0; number < 400; number += 1) write({ event: 'flood', msg: 'x '.repeat(LOG_TAIL_LINE) });
      await vi.advanceTimersByTimeAsync(1_000);
    }
    expect(states()).toEqual(['open', 'ended enough']);
    expect(lines().reduce((sum, line) => sum + line.length, 0)).toBeLessThanOrEqual(1024 * 1024);
  });
});
