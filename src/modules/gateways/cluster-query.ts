import type { PrismaService } from '../../common/prisma/prisma.service.js';
import { momentOrNull, rowsIn, type InText, type RowsInText } from '../../common/prisma/rows-in-text.js';
import type { GatewayRow } from './gateway-view.js';
import type { MemberRow } from './member-view.js';

/** Which gateways are read, by name. Undefined: whatever it is. */
export interface ClusterFilter {
  readonly tenantId: string;
  readonly id?: string | undefined;
  /** Ids of which one has to hold a role there. */
  readonly holderIds?: readonly string[] | undefined;
  readonly region?: string | undefined;
  /** Only those whose name comes behind this one. */
  readonly after?: string | undefined;
  /** How many are passed over before the first one. */
  readonly skip?: number | undefined;
  readonly take: number;
}

type StoredMember = Omit<MemberRow, 'gateway'>;

interface Stored extends GatewayRow {
  readonly epoch: number;
  readonly members: readonly InText<StoredMember>[];
}

/** A gateway with its members, the first installed first. */
export interface ClusterRow {
  readonly gateway: GatewayRow;
  readonly members: readonly MemberRow[];
}

/**
 * Reads gateways and their members in one statement. An index alone tells which ones: what stands before the part is
 * counted there, never read.
 */
export async function queryClusters(prisma: PrismaService, filter: ClusterFilter): Promise<ClusterRow[]> {
  const { tenantId, id = null, region = null, after = null, skip = 0, take } = filter;
  const holderIds = filter.holderIds === undefined ? null : [...filter.holderIds];
  const rows = await prisma.$queryRaw<RowsInText[]>`
    WITH part AS MATERIALIZED (
      SELECT g.id, row_number() OVER (ORDER BY g.name) AS place
      FROM gateway g
      WHERE g."tenantId" = ${tenantId}::uuid
        AND (${id}::uuid IS NULL OR g.id = ${id}::uuid)
        AND (${region}::text IS NULL OR g.region = ${region}::text)
        AND (${after}::text IS NULL OR g.name > ${after}::text)
        AND (${holderIds}::uuid[] IS NULL OR g.id IN (
          SELECT r."gatewayId" FROM gateway_role r
          WHERE r."tenantId" = ${tenantId}::uuid AND r."principalId" = ANY (${holderIds}::uuid[])))
      ORDER BY g.name
      LIMIT ${skip + take}::int)
    SELECT coalesce(json_agg(found ORDER BY found.name), '[]'::json)::text AS rows
    FROM (
      SELECT g.id, g.name, g.region, g."loadBalancing", g."sealingKey", g."sealingKeyId", g."allowCloudConnectionRefresh",
        g."allowCustomConnectors", g."cpuThreshold", g."memoryThreshold", g.description, g.department,
        coalesce(g."contactInformation", '{}') AS "contactInformation", g.epoch,
        (SELECT coalesce(json_agg(member ORDER BY member."createdAt", member.id), '[]'::json)
         FROM (
           SELECT m.id, m.name, m.version, m.enabled, m.draining, m."drainDeadline",
             coalesce(m.conditions, '{}') AS conditions, m.flaps, m."flapsSince", m."lastHeartbeatAt", m."connectedEpoch",
             m."createdAt", m."inFlight", m.load, m.refusals
           FROM member m WHERE m."gatewayId" = g.id AND m."tenantId" = g."tenantId") member) AS members
      FROM part JOIN gateway g ON g.id = part.id AND g."tenantId" = ${tenantId}::uuid
      WHERE part.place > ${skip}::int) found`;
  return rowsIn<Stored>(rows).map(({ epoch, members, ...gateway }) => ({
    gateway,
    members: members.map((member) => toMemberRow(member, epoch)),
  }));
}

function toMemberRow(row: InText<StoredMember>, epoch: number): MemberRow {
  return {
    ...row,
    drainDeadline: momentOrNull(row.drainDeadline),
    flapsSince: momentOrNull(row.flapsSince),
    lastHeartbeatAt: momentOrNull(row.lastHeartbeatAt),
    createdAt: new Date(row.createdAt),
    gateway: { epoch },
  };
}
