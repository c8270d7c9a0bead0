import type { PrismaService } from '../../common/prisma/prisma.service.js';
import { OFFLINE_AFTER_SECONDS, type HeartbeatRequest } from '../../contract/membership.js';
import type { StandingOrders } from './directives.service.js';
import { FLAP_GAP_SECONDS } from './flapping.policy.js';
import type { AuthenticatedMember, GatewayState, LoadBalancing, MemberState } from './gateways.types.js';

interface Row extends MemberState, StandingOrders {
  readonly epoch: number;
  readonly loadBalancing: LoadBalancing;
  readonly written: number;
}

/** What a heartbeat has to say, with the conditions that the control plane found. */
export interface Beat {
  readonly request: HeartbeatRequest;
  readonly conditions: readonly string[];
  readonly now: Date;
}

/** A member as it was just before a heartbeat. */
export interface BeatenMember extends MemberState, StandingOrders {
  /** Whether it said itself that it drains. */
  readonly saidDraining: boolean;
}

export type BeatenGateway = GatewayState<BeatenMember>;

/**
 * Writes a heartbeat and reads the whole gateway's state, in one statement. A member that was offline and is heard again
 * is counted here as one that came back: see `flapping.policy.ts`.
 *
 * @returns the gateway as it was just before; null when the member is gone or a newer start replaced it
 */
export async function recordHeartbeat(
  prisma: PrismaService,
  member: AuthenticatedMember,
  { request: beat, conditions, now }: Beat,
): Promise<BeatenGateway | null> {
  const silentSince = new Date(now.getTime() - OFFLINE_AFTER_SECONDS * 1000);
  const soonSince = new Date(now.getTime() - FLAP_GAP_SECONDS * 1000);
  // A statement that writes in WITH shows the rows as they were before it: hence the old state beside the new row.
  // An update is reported as long as the member runs; of another version than the one ordered it says nothing.
  const rows = await prisma.$queryRaw<Row[]>`
    WITH beat AS (
      UPDATE member SET version = ${beat.version}, capabilities = ${JSON.stringify(beat.capabilities)}::jsonb,
        "lastHeartbeatAt" = ${now}, "connectedEpoch" = ${beat.epoch ?? null}::int, receiving = ${beat.receiving},
        draining = ${beat.draining}, "inFlight" = ${beat.inFlight}, load = ${JSON.stringify(beat.load)}::jsonb,
        conditions = ${[...conditions]}::text[], "keyIds" = coalesce(${beat.keyIds ?? null}::text[], "keyIds"),
        "updateState" = CASE WHEN "orderedVersion" = ${beat.update?.version ?? null}::text
          THEN ${beat.update?.state ?? null}::text ELSE "updateState" END,
        "updateReason" = CASE WHEN "orderedVersion" = ${beat.update?.version ?? null}::text
          THEN ${beat.update?.reason ?? null}::text ELSE "updateReason" END,
        flaps = CASE WHEN "lastHeartbeatAt" > ${silentSince} OR "lastHeartbeatAt" IS NULL THEN flaps
          WHEN "flapsSince" >= ${soonSince} THEN flaps + 1 ELSE 1 END,
        "flapsSince" = CASE WHEN "lastHeartbeatAt" > ${silentSince} OR "lastHeartbeatAt" IS NULL THEN "flapsSince"
          ELSE ${now}::timestamptz END
      WHERE id = ${member.id}::uuid AND "tenantId" = ${member.tenantId}::uuid AND instance = ${member.instance}
      RETURNING id)
    SELECT m.id, m.enabled, m.draining, m."drainDeadline", coalesce(m.conditions, '{}') AS conditions, m.flaps, m."flapsSince", m.revision,
      m."lastHeartbeatAt", m."connectedEpoch", m."createdAt", g."cpuThreshold", g."memoryThreshold",
      g.epoch, g."loadBalancing"::text AS "loadBalancing", (SELECT count(*)::int FROM beat) AS written
    FROM member m JOIN gateway g ON g.id = m."gatewayId"
    WHERE m."gatewayId" = ${member.gatewayId}::uuid AND m."tenantId" = ${member.tenantId}::uuid`;
  const [first] = rows;
  if (!first || first.written === 0) return null;
  const { epoch, loadBalancing } = first;
  const members = rows.map((row) => ({
    ...row,
    saidDraining: row.draining,
    draining: row.draining || row.drainDeadline !== null,
  }));
  return { id: member.gatewayId, epoch, loadBalancing, members };
}
