import { OFFLINE_AFTER_SECONDS } from '../../contract/membership.js';

/** A member that came back this often, each time soon after the last, comes and goes: thrice within ten minutes. */
export const FLAPS = 3;

/** What counts as soon. Every heartbeat counts by it, in SQL. */
export const FLAP_GAP_SECONDS = 5 * 60;
const GAP_MS = FLAP_GAP_SECONDS * 1000;

/** Such a member takes work again after this long without another gap: 60 s of heartbeats. */
export const STEADY_MS = 60_000;

/** How often a member came back lately, and when it did last. */
export interface Flaps {
  readonly flaps: number;
  readonly flapsSince: Date | null;
}

/**
 * Whether a member that is heard came back from an absence; the heartbeat's statement asks the same. Not when it is new, and
 * not with another version: that start was somebody's order or hand, however long it took.
 */
export function isReturn(
  before: { readonly lastHeartbeatAt: Date | null; readonly version: string },
  version: string,
  now: Date,
): boolean {
  const { lastHeartbeatAt } = before;
  if (lastHeartbeatAt === null || before.version !== version) return false;
  return now.getTime() - lastHeartbeatAt.getTime() >= OFFLINE_AFTER_SECONDS * 1000;
}

/** What becomes of the count when a member that was offline is heard again; the heartbeat's statement does the same. */
export function afterReturn({ flaps, flapsSince }: Flaps, now: Date): { flaps: number; flapsSince: Date } {
  const isSoon = flapsSince !== null && now.getTime() - flapsSince.getTime() <= GAP_MS;
  return { flaps: isSoon ? flaps + 1 : 1, flapsSince: now };
}

/** Whether the member comes and goes. It is trusted again once it stayed for as long as two gaps may be apart. */
export function isFlapping({ flaps, flapsSince }: Flaps, now: Date): boolean {
  return flaps >= FLAPS && flapsSince !== null && now.getTime() - flapsSince.getTime() <= GAP_MS;
}

/** Whether the member came back a moment ago and may be gone again in another. */
export function isSettling(member: Flaps, now: Date): boolean {
  return (
    isFlapping(member, now) && member.flapsSince !== null && now.getTime() - member.flapsSince.getTime() < STEADY_MS
  );
}
