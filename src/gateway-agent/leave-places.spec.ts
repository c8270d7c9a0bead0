import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ControlPlaneError } from './control-plane.js';
import { leavePlaces } from './leave-places.js';

const busy = (retryAfterMs: number) => new ControlPlaneError('unavailable', 'too soon', { status: 429, retryAfterMs });

describe('leaving places on the relay', () => {
  const moveSession = vi.fn<(epoch: number) => Promise<void>>();
  const warned: string[] = [];
  const log = pino({ level: 'warn' }, { write: (line: string) => void warned.push(line) });
  const leave = (signal = new AbortController().signal) => leavePlaces({ moveSession }, 7, log, signal);
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    moveSession.mockReset().mockResolvedValue();
    warned.length = 0;
  });
  afterEach(() => vi.useRealTimers());

  it('is asked for again when the gateway moved a moment ago, not sooner than it may', async () => {
    moveSession.mockRejectedValueOnce(busy(2_000));
    const left = leave();
    await vi.advanceTimersByTimeAsync(1_999);
    expect(moveSession).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(1);
    await left;
    expect(moveSession.mock.calls).toEqual([[7], [7]]);
    expect(warned).toEqual([]);
  });

  it.each([
    ['a refusal', new ControlPlaneError('refused', 'no', { status: 403 }), 1],
    ['a wait that is longer than what it saves', busy(60_000), 1],
    ['one wait after another', busy(1_000), 3],
  ])('is given up after %s, and said', async (_, error, asked) => {
    moveSession.mockRejectedValue(error);
    const left = leave();
    await vi.advanceTimersByTimeAsync(60_000);
    await left;
    expect(moveSession).toHaveBeenCalledTimes(asked);
    expect(warned.join()).toContain('places-kept');
  });

  it('waits no longer than the agent runs', async () => {
    moveSession.mockRejectedValue(busy(5_000));
    const stopping = new AbortController();
    const left = leave(stopping.signal);
    await vi.advanceTimersByTimeAsync(10);
    stopping.abort();
    await left;
    expect(moveSession).toHaveBeenCalledTimes(1);
  });
});
