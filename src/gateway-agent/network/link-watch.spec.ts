import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { IDLE_SILENCE_MS, LinkWatch, OWED_SILENCE_MS, PROBE_TIMEOUT_MS, TICK_MS } from './link-watch.js';

/** A question that ends only with its signal, as one into a black hole. */
const unanswered = (signal: AbortSignal) =>
  new Promise((_, reject) => {
    signal.addEventListener('abort', () => {
      reject(new Error('aborted'));
    });
  });

describe('watching a link', () => {
  const onSilence = vi.fn();
  const onFailure = vi.fn();
  let probe = vi.fn((_: AbortSignal) => Promise.resolve<unknown>(undefined));
  let watch: LinkWatch;
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout', 'performance'] });
    vi.clearAllMocks();
    probe = vi.fn(() => Promise.resolve<unknown>(undefined));
    watch = new LinkWatch({ probe: (signal) => probe(signal), onSilence, onFailure });
  });
  afterEach(() => {
    watch.stop();
    vi.useRealTimers();
  });

  it('asks an idle link after a while of silence, and is content with an answer', async () => {
    await vi.advanceTimersByTimeAsync(IDLE_SILENCE_MS - TICK_MS);
    expect(probe).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(TICK_MS);
    expect(probe).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(probe.mock.calls.length).toBeGreaterThan(5);
    expect(onSilence).not.toHaveBeenCalled();
  });

  it('finds out about a black hole within 15 s', async () => {
    probe.mockImplementation(unanswered);
    await vi.advanceTimersByTimeAsync(IDLE_SILENCE_MS + PROBE_TIMEOUT_MS + TICK_MS);
    expect(onSilence).toHaveBeenCalledTimes(1);
    expect(IDLE_SILENCE_MS + PROBE_TIMEOUT_MS + TICK_MS).toBeLessThan(15_000);
  });

  it('asks sooner when an answer is owed', async () => {
    probe.mockImplementation(unanswered);
    void watch.expect(new Promise(() => undefined));
    await vi.advanceTimersByTimeAsync(OWED_SILENCE_MS + PROBE_TIMEOUT_MS + TICK_MS);
    expect(onSilence).toHaveBeenCalledTimes(1);
  });

  it('asks nothing while answers come', async () => {
    for (let i = 0; i < 30; i += 1) {
      await watch.expect(Promise.resolve());
      await vi.advanceTimersByTimeAsync(1_000);
    }
    expect(probe).not.toHaveBeenCalled();
  });

  it('does not take what arrives for a failed send as an answer', async () => {
    probe.mockImplementation(unanswered);
    for (let i = 0; i < 14; i += 1) {
      await watch.expect(Promise.reject(new Error('no'))).catch(() => undefined);
      await vi.advanceTimersByTimeAsync(1_000);
    }
    expect(onSilence).toHaveBeenCalled();
  });

  it('lets another answer count while a probe is late', async () => {
    probe.mockImplementation(unanswered);
    await vi.advanceTimersByTimeAsync(IDLE_SILENCE_MS);
    await vi.advanceTimersByTimeAsync(2_000);
    await watch.expect(Promise.resolve());
    await vi.advanceTimersByTimeAsync(PROBE_TIMEOUT_MS);
    expect(onSilence).not.toHaveBeenCalled();
  });

  it('passes on what the relay answers to a probe when it is no', async () => {
    const moved = new Error('gone');
    probe.mockRejectedValue(moved);
    await vi.advanceTimersByTimeAsync(IDLE_SILENCE_MS);
    expect(onFailure).toHaveBeenCalledWith(moved);
    expect(onSilence).not.toHaveBeenCalled();
  });

  it('asks again instead of judging when this machine itself stood still', async () => {
    let now = 0;
    watch.stop();
    watch = new LinkWatch({ probe: (signal) => probe(signal), onSilence, onFailure, now: () => now });
    const step = async (ms: number) => {
      now += ms;
      await vi.advanceTimersByTimeAsync(TICK_MS);
    };
    probe.mockImplementation(unanswered);
    for (let i = 0; i < IDLE_SILENCE_MS / TICK_MS; i += 1) await step(TICK_MS);
    expect(probe).toHaveBeenCalledTimes(1);
    await step(60_000);
    for (let i = 0; i < PROBE_TIMEOUT_MS / TICK_MS; i += 1) await step(TICK_MS);
    expect(onSilence).not.toHaveBeenCalled();
    for (let i = 0; i < (PROBE_TIMEOUT_MS + IDLE_SILENCE_MS) / TICK_MS; i += 1) await step(TICK_MS);
    expect(probe.mock.calls.length).toBeGreaterThan(1);
    expect(onSilence).toHaveBeenCalled();
  });

  it('asks nothing after it was stopped', async () => {
    watch.stop();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(probe).not.toHaveBeenCalled();
  });
});
