import type { HeartbeatRequest } from '../../contract/membership.js';

/** Kinds of rules are named by a word. Anything else could be a piece of a policy, which is not to leave its machine. */
const KIND = /^[a-z][A-Za-z]{0,31}$/;
/** Twice what agents have today. */
const MAX_KINDS = 32;

/** What is kept of the refusals that a member tells, sorted; undefined when it tells none. */
export function refusalsOf({ refusals = {} }: HeartbeatRequest): Readonly<Record<string, number>> | undefined {
  const told = Object.entries(refusals).filter(([kind, count]) => KIND.test(kind) && count > 0);
  if (told.length === 0) return undefined;
  return Object.fromEntries(told.sort(([a], [b]) => (a < b ? -1 : 1)).slice(0, MAX_KINDS));
}
