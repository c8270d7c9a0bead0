import type { Condition } from '../../contract/directive.js';
import type { HeartbeatRequest } from '../../contract/membership.js';
import { CONTRACT_VERSION } from '../../contract/version.js';

/** How far a member's clock may be off: requests live for two minutes, and their expiry is read by that clock. */
const MAX_CLOCK_SKEW_MS = 5 * 60_000;

/**
 * What is wrong with a member: what it says itself, and what shows in what it says. Sorted, so that the same state looks
 * the same.
 */
export function conditionsOf(beat: HeartbeatRequest, now: Date): readonly string[] {
  const seen: Condition[] = [];
  if (Math.abs(Date.parse(beat.sentAt) - now.getTime()) > MAX_CLOCK_SKEW_MS) seen.push('clock-off');
  if (!beat.capabilities.contractVersions.includes(CONTRACT_VERSION)) seen.push('version-unsupported');
  return [...new Set([...(beat.conditions ?? []), ...seen])].sort();
}
