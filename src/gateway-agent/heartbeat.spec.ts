import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { HeartbeatResponse } from '../contract/membership.js';
import { ControlPlaneError, type ControlPlane } from './control-plane.js';
import { Heartbeat } from './heartbeat.js';
import { HeartbeatSchedule } from './heartbeat-schedule.js';
import type { MachineLoad } from './machine-load.js';
import { ServerClock } from './server-clock.js';

const ANSWER: HeartbeatResponse = {
  serverTime: new Date(0).toISOString(),
  epoch: 1,
  enabled: true,
  receiveReads: true,
  newestVersion: '1',
};

/** Without chance: the second at 7.5 s, then every 15 s. */
class EvenSchedule extends HeartbeatSchedule {
  constructor() {
    super(() => 0.5);
  }
}

describe('the heartbeat', () => {
  let sent: number[];
  let failure: Error | undefined;
  let heartbeat: Heartbeat;
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] });
    sent = [];
    failure = undefined;
    const begun = performance.now();
    const quiet = () => undefined;
    heartbeat = new Heartbeat({
      controlPlane: {
        heartbeat: () => {
          sent.push(performance.now() - begun);
          return failure ? Promise.reject(failure) : Promise.resolve(ANSWER);
        },
      } as unknown as ControlPlane,
      capabilities: { contractVersions: [1], operations: {}, features: [] },
      load: {
        read: () => Promise.resolve({ cpuPercent: 0, memoryPercent: 0, diskFreeBytes: 1 }),
      } as unknown as MachineLoad,
      clock: new ServerClock(),
      state: () => ({
        epoch: 1,
        receiving: true,
        draining: false,
        inFlight: 0,
        conditions: [],
        keyIds: [],
        update: undefined,
      }),
      onAnswer: quiet,
      onSuperseded: quiet,
      log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
      schedule: new EvenSchedule(),
    });
    heartbeat.start();
  });
  afterEach(async () => {
    await heartbeat.stop();
    vi.useRealTimers();
  });

  it('goes out at once, then at a time of its own, then regularly', async () => {
    await vi.advanceTimersByTimeAsync(40_000);
    expect(sent).toEqual([0, 7_500, 22_500, 37_500]);
  });

  it('goes out in between when something changed, and the regular ones keep their time', async () => {
    await vi.advanceTimersByTimeAsync(10_000);
    heartbeat.now();
    await vi.advanceTimersByTimeAsync(30_000);
    expect(sent).toEqual([0, 7_500, 10_000, 22_500, 37_500]);
  });

  it('waits as long as the control plane asked, and comes back to its rhythm', async () => {
    failure = new ControlPlaneError('unavailable', 'busy', { status: 503, retryAfterMs: 20_000 });
    await vi.advanceTimersByTimeAsync(8_000);
    failure = undefined;
    await vi.advanceTimersByTimeAsync(46_000);
    expect(sent).toEqual([0, 7_500, 38_750, 53_750]);
  });

  it('is not silent for long after a wait that was cut short', async () => {
    failure = new ControlPlaneError('unavailable', 'busy', { status: 503, retryAfterMs: 60_000 });
    await vi.advanceTimersByTimeAsync(8_000);
    failure = undefined;
    heartbeat.now();
    await vi.advanceTimersByTimeAsync(16_000);
    expect(sent).toEqual([0, 7_500, 8_000, 23_000]);
  });
});
