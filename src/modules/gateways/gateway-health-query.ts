import { NOTICES } from '../../contract/directive.js';
import { OFFLINE_AFTER_SECONDS } from '../../contract/membership.js';
import { Prisma } from '../../generated/prisma/client.js';
import { FLAPS, STEADY_MS } from './flapping.policy.js';

/** Whether a member `m` of gateway `g` was heard lately; `isOnline` says the same of one row. */
export function heardLately(now: Date): Prisma.Sql {
  const offlineBefore = new Date(now.getTime() - OFFLINE_AFTER_SECONDS * 1000);
  return Prisma.sql`coalesce(m."lastHeartbeatAt" > ${offlineBefore.toISOString()}::timestamptz, false)`;
}

/** Whether member `m` is one that is to drain, or says so. */
export const DRAINING = Prisma.sql`(m.draining OR m."drainDeadline" IS NOT NULL)`;

/**
 * Whether member `m` takes work for gateway `g` now. The database has to know, so that ten thousand gateways can be
 * counted and narrowed by health; a test holds it to `memberStateOf`.
 */
export function takesWork(now: Date): Prisma.Sql {
  const settlingAfter = new Date(now.getTime() - STEADY_MS);
  return Prisma.sql`(m.enabled AND NOT ${DRAINING} AND ${heardLately(now)}
    AND coalesce(m."connectedEpoch" = g.epoch, false)
    AND coalesce(m.conditions, '{}') <@ ${[...NOTICES]}::text[]
    AND NOT coalesce(m.flaps >= ${FLAPS}::int AND m."flapsSince" > ${settlingAfter.toISOString()}::timestamptz, false))`;
}
