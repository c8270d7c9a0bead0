import { NOTICES, type Condition } from '../../contract/directive.js';
import type { HeartbeatRequest } from '../../contract/membership.js';
import { CONTRACT_VERSION } from '../../contract/version.js';

/** How far a member's clock may be off: requests live for two minutes, and their expiry is read by that clock. */
const MAX_CLOCK_SKEW_MS = 5 * 60_000;

/**
 * What is the matter with a member: what it says itself, and what shows in what it says. Sorted, so that the same state
 * looks the same.
 */
export function conditionsOf(beat: HeartbeatRequest, now: Date): readonly string[] {
  const seen: Condition[] = [];
  if (Math.abs(Date.parse(beat.sentAt) - now.getTime()) > MAX_CLOCK_SKEW_MS) seen.push('clock-off');
  if (!beat.capabilities.contractVersions.includes(CONTRACT_VERSION)) seen.push('version-unsupported');
  // Among the names that take a member out, one that is unknown here counts; among notices it says nothing.
  const notices = NOTICES.filter((name) => beat.notices?.includes(name));
  return [...new Set([...(beat.conditions ?? []), ...seen, ...notices])].sort();
}

/** Those of a member's conditions that take it out of work. */
export function faultsOf(conditions: readonly string[]): readonly string[] {
  const notices: readonly string[] = NOTICES;
  return conditions.filter((name) => !notices.includes(name));
}
