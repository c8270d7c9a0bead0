import type { PrismaService } from '../../common/prisma/prisma.service.js';
import type { HeartbeatRequest } from '../../contract/membership.js';
import type { AuthenticatedMember, GatewayState, LoadBalancing, MemberState } from './gateways.types.js';

interface Row extends MemberState {
  readonly epoch: number;
  readonly loadBalancing: LoadBalancing;
  readonly written: number;
}

/**
 * Writes a heartbeat and reads the whole gateway's state, in one statement.
 *
 * @returns the gateway as it was just before; null when the member is gone or a newer start replaced it
 */
export async function recordHeartbeat(
  prisma: PrismaService,
  member: AuthenticatedMember,
  beat: HeartbeatRequest,
  now: Date,
): Promise<GatewayState | null> {
  // A statement that writes in WITH shows the rows as they were before it: hence the old state beside the new row.
  const rows = await prisma.$queryRaw<Row[]>`
    WITH beat AS (
      UPDATE member SET version = ${beat.version}, capabilities = ${JSON.stringify(beat.capabilities)}::jsonb,
        "lastHeartbeatAt" = ${now}, "connectedEpoch" = ${beat.epoch ?? null}::int, receiving = ${beat.receiving},
        draining = ${beat.draining}, "inFlight" = ${beat.inFlight}, load = ${JSON.stringify(beat.load)}::jsonb
      WHERE id = ${member.id}::uuid AND "tenantId" = ${member.tenantId}::uuid AND instance = ${member.instance}
      RETURNING id)
    SELECT m.id, m.enabled, m.draining, m."lastHeartbeatAt", m."connectedEpoch", m."createdAt",
      g.epoch, g."loadBalancing"::text AS "loadBalancing", (SELECT count(*)::int FROM beat) AS written
    FROM member m JOIN gateway g ON g.id = m."gatewayId"
    WHERE m."gatewayId" = ${member.gatewayId}::uuid AND m."tenantId" = ${member.tenantId}::uuid`;
  const [first] = rows;
  if (!first || first.written === 0) return null;
  const { epoch, loadBalancing } = first;
  return { id: member.gatewayId, epoch, loadBalancing, members: rows };
}
