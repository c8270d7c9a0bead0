import { HEARTBEAT_SECONDS } from '../contract/membership.js';

const INTERVAL_MS = HEARTBEAT_SECONDS * 1000;
/** Part of the interval by which each one is early or late: agents that fell into step fall out of it again. */
const JITTER = 0.1;
/**
 * Longest wait after a failure. Not longer than the interval: a member that was last heard an interval before the control
 * plane went away for ten seconds is back before it counts as offline.
 */
export const RETRY_CEILING_MS = INTERVAL_MS;
/** Shortest: those who have just failed would come back in a crowd, most of them while the control plane is still cold. */
export const RETRY_FLOOR_MS = INTERVAL_MS / 2;
/** A control plane may ask for this much patience; more would make a healthy member look dead. */
export const MAX_RETRY_AFTER_MS = 60_000;

/** When the next heartbeat is due. Ten thousand agents follow it, so every answer has chance in it. */
export class HeartbeatSchedule {
  constructor(private readonly random: () => number = Math.random) {}

  /** From the one sent at the start to the next: any time, so that agents started together go apart at once. */
  afterStartMs(): number {
    return this.random() * INTERVAL_MS;
  }

  afterAnswerMs(): number {
    return INTERVAL_MS * (1 - JITTER + 2 * JITTER * this.random());
  }

  /** Jitter, on top of the time that the control plane asked for. */
  afterFailureMs(retryAfterMs = 0): number {
    const jitter = RETRY_FLOOR_MS + this.random() * (RETRY_CEILING_MS - RETRY_FLOOR_MS);
    return Math.min(retryAfterMs, MAX_RETRY_AFTER_MS) + jitter;
  }
}
