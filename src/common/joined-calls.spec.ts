import { describe, expect, it, vi } from 'vitest';
import { JoinedCalls, type JoinedCallsSettings } from './joined-calls.js';

class Down extends Error {}

/** Statements that the test answers by hand. */
function joined(settings: Partial<JoinedCallsSettings<string, string>> = {}) {
  const statements: { calls: readonly string[]; answer: () => void; fail: (error: Error) => void }[] = [];
  const calls = new JoinedCalls<string, string>({
    together: (asked) =>
      new Promise((resolve, reject) => {
        statements.push({
          calls: asked,
          answer: () => {
            resolve(asked.map((call) => call.toUpperCase()));
          },
          fail: reject,
        });
      }),
    isCommon: (error) => error instanceof Down,
    maxCalls: 3,
    gatherMs: 0,
    ...settings,
  });
  const turn = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  return { calls, statements, turn };
}

describe('calls that come together', () => {
  it('share a statement, and each gets its own answer', async () => {
    const { calls, statements, turn } = joined();
    const answers = Promise.all([calls.ask('a'), calls.ask('b')]);
    await turn();
    statements[0]?.answer();
    expect(await answers).toEqual(['A', 'B']);
    expect(statements.map((statement) => statement.calls)).toEqual([['a', 'b']]);
  });

  it('never join one that has begun: they gather for the next, no more than it may hold', async () => {
    const { calls, statements, turn } = joined();
    const first = calls.ask('a');
    await turn();
    const later = ['b', 'c', 'd', 'e'].map((call) => calls.ask(call));
    await turn();
    expect(statements).toHaveLength(1);
    statements[0]?.answer();
    await first;
    await turn();
    expect(statements[1]?.calls).toEqual(['b', 'c', 'd']);
    statements[1]?.answer();
    await turn();
    expect(statements[2]?.calls).toEqual(['e']);
    statements[2]?.answer();
    expect(await Promise.all(later)).toEqual(['B', 'C', 'D', 'E']);
    const again = calls.ask('f');
    await turn();
    statements[3]?.answer();
    expect(await again).toBe('F');
  });

  it('gather as long as they are told to, or until they are enough', async () => {
    const { calls, statements, turn } = joined({ gatherMs: 30 });
    const slow = Promise.all([calls.ask('a')]);
    await turn();
    expect(statements).toHaveLength(0);
    const more = calls.ask('b');
    await vi.waitFor(() => expect(statements[0]?.calls).toEqual(['a', 'b']));
    const next = Promise.all(['c', 'd', 'e'].map((call) => calls.ask(call)));
    statements[0]?.answer();
    await Promise.all([slow, more]);
    await turn();
    expect(statements[1]?.calls).toEqual(['c', 'd', 'e']);
    statements[1]?.answer();
    await next;
  });

  it('stay apart, in their order, when they are about the same', async () => {
    const { calls, statements, turn } = joined({ apart: (call) => call.charAt(0) });
    const answers = Promise.all(['a1', 'a2', 'b1', 'a3'].map((call) => calls.ask(call)));
    for (let index = 0; index < 3; index += 1) {
      await turn();
      statements[index]?.answer();
    }
    await answers;
    expect(statements.map((statement) => statement.calls)).toEqual([['a1', 'b1'], ['a2'], ['a3']]);
  });

  it('do not suffer from what one of them causes', async () => {
    const { calls, statements, turn } = joined();
    const answers = Promise.allSettled([calls.ask('a'), calls.ask('poison'), calls.ask('b')]);
    await turn();
    statements[0]?.fail(new Error('bad value'));
    for (const index of [1, 2, 3]) {
      await turn();
      const statement = statements[index];
      if (statement?.calls[0] === 'poison') statement.fail(new Error('bad value'));
      else statement?.answer();
    }
    expect((await answers).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('hear at once, those who wait too, that there is no database', async () => {
    const { calls, statements, turn } = joined();
    const answers = Promise.allSettled(['a', 'b', 'c', 'd', 'e'].map((call) => calls.ask(call)));
    await turn();
    statements[0]?.fail(new Down());
    expect((await answers).every(({ status }) => status === 'rejected')).toBe(true);
    expect(statements).toHaveLength(1);
  });

  it('do not wait for ever for a statement that never ends', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const { calls, statements, turn } = joined();
      const stuck = Promise.allSettled([calls.ask('a'), calls.ask('a2')]);
      await turn();
      vi.advanceTimersByTime(10_000);
      const reason = { code: 'DATABASE_UNAVAILABLE' };
      expect(await stuck).toMatchObject([{ reason }, { reason }]);
      const next = calls.ask('b');
      await turn();
      statements[1]?.answer();
      expect(await next).toBe('B');
    } finally {
      vi.useRealTimers();
    }
  });

  it('are refused at once when more wait than could be answered in time', async () => {
    const { calls, statements, turn } = joined({ maxCalls: 10_000 });
    const waiting = Array.from({ length: 5_000 }, (_, index) => calls.ask(String(index)));
    await expect(calls.ask('one more')).rejects.toMatchObject({ code: 'TOO_MANY_ATTEMPTS', retryAfterSeconds: 15 });
    await turn();
    const later = calls.ask('later');
    statements[0]?.answer();
    expect(await Promise.all(waiting)).toHaveLength(5_000);
    await turn();
    statements[1]?.answer();
    expect(await later).toBe('LATER');
  });

  it('are refused at once when those before them wait too long', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    try {
      const { calls, statements, turn } = joined();
      const first = calls.ask('a');
      await turn();
      const second = calls.ask('b');
      vi.advanceTimersByTime(3_001);
      await expect(calls.ask('c')).rejects.toMatchObject({ code: 'TOO_MANY_ATTEMPTS' });
      for (const index of [0, 1]) {
        statements[index]?.answer();
        await turn();
      }
      expect(await Promise.all([first, second])).toEqual(['A', 'B']);
      const later = calls.ask('d');
      await turn();
      statements[2]?.answer();
      expect(await later).toBe('D');
    } finally {
      vi.useRealTimers();
    }
  });
});
