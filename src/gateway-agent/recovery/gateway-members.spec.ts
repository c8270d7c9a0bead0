import { pino } from 'pino';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { MemberList } from '../../contract/recovery.js';
import { GatewayMembers } from './gateway-members.js';
import { RecoveryTrust } from './recovery-trust.js';

/** Time, in which nothing passes by itself. */
const clock = vi.hoisted(() => {
  const waits: { ms: number; end: () => void }[] = [];
  const passes = async () => {
    const before = waits.length;
    await vi.waitFor(() => expect(waits.length).toBeGreaterThan(before > 0 ? before - 1 : 0));
    waits.at(-1)?.end();
    await vi.waitFor(() => expect(waits.length).toBeGreaterThan(before));
  };
  return { waits, passes };
});
vi.mock('../pause.js', () => ({
  pause: (ms: number, signal: AbortSignal) =>
    new Promise<void>((end) => {
      clock.waits.push({ ms, end });
      signal.addEventListener('abort', () => {
        end();
      });
    }),
}));

const PINNED = { proofKey: 'p'.repeat(43), recoveryKey: 'r'.repeat(43) };
const log = pino({ level: 'silent' });
const showing = (proofKey: string): MemberList => ({ members: [], handovers: [], proofKey });

describe('the recovery key that a member is shown', () => {
  beforeEach(() => {
    clock.waits.length = 0;
  });
  const watch = () => {
    const seen = { shown: PINNED.proofKey, told: [] as boolean[], looks: 0 };
    const fetch = () => {
      seen.looks += 1;
      return Promise.resolve(showing(seen.shown));
    };
    const trust = new RecoveryTrust('gateway', PINNED, () => Promise.resolve());
    const members: GatewayMembers = new GatewayMembers(fetch, trust, log, () => seen.told.push(members.isUntrusted));
    return { seen, members };
  };

  it('is told of once when nobody handed over to it, and once when it is believed again', async () => {
    const { seen, members } = watch();
    await members.read();
    expect(seen.told).toEqual([]);
    seen.shown = 'x'.repeat(43);
    for (let times = 0; times < 3; times += 1) await expect(members.read()).rejects.toThrow('nobody handed over to');
    expect(seen.told).toEqual([true]);
    seen.shown = PINNED.proofKey;
    await members.read();
    expect(seen.told).toEqual([true, false]);
  });

  it('is looked at every few hours, and every few minutes while it is not believed', async () => {
    const { seen, members } = watch();
    seen.shown = 'x'.repeat(43);
    members.start();
    await clock.passes();
    seen.shown = PINNED.proofKey;
    await clock.passes();
    await clock.passes();
    await vi.waitFor(() => expect(clock.waits).toHaveLength(4));
    const [, ...afterLooks] = clock.waits;
    expect(afterLooks.map(({ ms }) => ms / 60_000)).toEqual([5, 360, 360]);
    expect(seen.told).toEqual([true, false]);
    await members.stop();
  });
});
