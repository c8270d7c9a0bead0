import { Prisma } from '../../generated/prisma/client.js';
import type { PrismaService } from '../../common/prisma/prisma.service.js';
import { OFFLINE_AFTER_SECONDS, type HeartbeatRequest } from '../../contract/membership.js';
import type { StandingOrders } from './directives.service.js';
import { FLAP_GAP_SECONDS } from './flapping.policy.js';
import type { AuthenticatedMember, GatewayState, LoadBalancing, MemberState } from './gateways.types.js';
import { refusalsOf } from './refusals.policy.js';

interface Row extends MemberState, StandingOrders {
  readonly gatewayId: string;
  readonly instance: number;
  readonly version: string;
  readonly epoch: number;
  readonly loadBalancing: LoadBalancing;
  readonly isWritten: boolean;
}

/** What a heartbeat has to say, with the conditions that the control plane found. */
export interface Beat {
  readonly member: Pick<AuthenticatedMember, 'id' | 'tenantId' | 'gatewayId' | 'instance'>;
  readonly request: HeartbeatRequest;
  readonly conditions: readonly string[];
  readonly now: Date;
}

/** A member as it was just before a heartbeat. */
export interface BeatenMember extends MemberState, StandingOrders {
  /** Whether it said itself that it drains. */
  readonly saidDraining: boolean;
  readonly version: string;
}

/** A gateway as far as a heartbeat asks about it: the member, and the older ones where they go before it. */
export type BeatenGateway = GatewayState<BeatenMember>;

/** `busy`: somebody else has the member's row at this moment. */
export type BeatResult = BeatenGateway | 'busy' | null;

/** Greatest `integer` of PostgreSQL: a member that counts further is taken to be there. */
const MAX_INTEGER = 2_147_483_647;

/**
 * Writes heartbeats, each of another gateway, and reads the state of those gateways, in one statement. A member that was
 * offline and is heard again is counted here as one that came back: see `flapping.policy.ts`.
 *
 * @param isWaiting waits for rows that others have, which only a statement of one heartbeat may do: with several, two
 * transactions could wait for each other
 * @returns for each the gateway as it was just before; null when the member is gone or a newer start replaced it
 */
export async function recordHeartbeats(
  prisma: PrismaService,
  beats: readonly Beat[],
  isWaiting: boolean,
): Promise<BeatResult[]> {
  // A statement that writes in WITH shows the rows as they were before it: hence the old state beside the new row.
  // An update is reported as long as the member runs; of another version than the one ordered it says nothing.
  const rows = await prisma.$queryRaw<Row[]>`
    WITH beat AS MATERIALIZED (
      SELECT * FROM json_to_recordset(${JSON.stringify(beats.map(toRecord))}::json) AS beat(
        id uuid, "tenantId" uuid, "gatewayId" uuid, instance int, at timestamptz, "silentSince" timestamptz,
        "soonSince" timestamptz, version text, capabilities jsonb, epoch int, receiving boolean, draining boolean,
        "inFlight" int, load jsonb, conditions text[], refusals jsonb, "keyIds" text[], "updateVersion" text,
        "updateState" text, "updateReason" text)),
    taken AS MATERIALIZED (
      SELECT m.id FROM member m JOIN beat b ON m.id = b.id AND m."tenantId" = b."tenantId" AND m.instance = b.instance
      FOR NO KEY UPDATE OF m ${isWaiting ? Prisma.empty : Prisma.sql`SKIP LOCKED`}),
    written AS (
      UPDATE member m SET version = b.version, capabilities = b.capabilities,
        "lastHeartbeatAt" = b.at, "connectedEpoch" = b.epoch, receiving = b.receiving,
        draining = b.draining, "inFlight" = b."inFlight", load = b.load,
        conditions = b.conditions, refusals = b.refusals, "keyIds" = coalesce(b."keyIds", m."keyIds"),
        "updateState" = CASE WHEN "orderedVersion" = b."updateVersion" THEN b."updateState" ELSE m."updateState" END,
        "updateReason" = CASE WHEN "orderedVersion" = b."updateVersion" THEN b."updateReason" ELSE m."updateReason" END,
        flaps = CASE WHEN "lastHeartbeatAt" > b."silentSince" OR "lastHeartbeatAt" IS NULL OR m.version <> b.version THEN flaps
          WHEN "flapsSince" >= b."soonSince" THEN flaps + 1 ELSE 1 END,
        "flapsSince" = CASE WHEN "lastHeartbeatAt" > b."silentSince" OR "lastHeartbeatAt" IS NULL OR m.version <> b.version THEN "flapsSince"
          ELSE b.at END
      FROM beat b JOIN taken ON taken.id = b.id
      WHERE m.id = b.id AND m."tenantId" = b."tenantId" AND m.instance = b.instance
      RETURNING m.id)
    SELECT m.id, m."gatewayId", m.instance, m.enabled, m.draining, m."drainDeadline",
      coalesce(m.conditions, '{}') AS conditions, m.version, m.flaps, m."flapsSince", m.revision,
      m."lastHeartbeatAt", m."connectedEpoch", m."createdAt", g."cpuThreshold", g."memoryThreshold",
      g.epoch, g."loadBalancing"::text AS "loadBalancing", written.id IS NOT NULL AS "isWritten"
    FROM beat b
      JOIN gateway g ON g.id = b."gatewayId" AND g."tenantId" = b."tenantId"
      JOIN member m ON m."gatewayId" = g.id AND (m.id = b.id OR g."loadBalancing" = 'Failover')
      LEFT JOIN written ON written.id = m.id`;
  const byGateway = new Map<string, Row[]>();
  for (const row of rows) {
    const known = byGateway.get(row.gatewayId);
    if (known) known.push(row);
    else byGateway.set(row.gatewayId, [row]);
  }
  return beats.map(({ member }) => resultOf(member, byGateway.get(member.gatewayId) ?? []));
}

function resultOf(member: Beat['member'], rows: readonly Row[]): BeatResult {
  const self = rows.find(({ id }) => id === member.id);
  if (self?.instance !== member.instance) return null;
  if (!self.isWritten) return 'busy';
  const { epoch, loadBalancing } = self;
  const members = rows.map((row) => ({
    ...row,
    saidDraining: row.draining,
    draining: row.draining || row.drainDeadline !== null,
  }));
  return { id: member.gatewayId, epoch, loadBalancing, members };
}

/** As the statement reads it; what is missing becomes null. */
function toRecord({ member, request, conditions, now }: Beat): object {
  const { id, tenantId, gatewayId, instance } = member;
  const { version, capabilities, epoch, receiving, draining, inFlight, load, keyIds, update } = request;
  return {
    id,
    tenantId,
    gatewayId,
    instance,
    at: now,
    silentSince: new Date(now.getTime() - OFFLINE_AFTER_SECONDS * 1000),
    soonSince: new Date(now.getTime() - FLAP_GAP_SECONDS * 1000),
    version,
    capabilities,
    epoch: epoch === undefined ? undefined : Math.min(epoch, MAX_INTEGER),
    receiving,
    draining,
    inFlight: Math.min(inFlight, MAX_INTEGER),
    load,
    conditions,
    refusals: refusalsOf(request),
    keyIds,
    updateVersion: update?.version,
    updateState: update?.state,
    updateReason: update?.reason,
  };
}
