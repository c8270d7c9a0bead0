import type { PrismaService } from '../../common/prisma/prisma.service.js';
import { NOTICES } from '../../contract/directive.js';
import { OFFLINE_AFTER_SECONDS } from '../../contract/membership.js';
import { MEMBER_KINDS } from './member-health.policy.js';

/** A gateway that may have something to report, or of which something stands reported. */
export interface TroubledGateway {
  readonly tenantId: string;
  readonly id: string;
}

/** The next of them of all tenants, in order of id: most gateways are well, and are not read. */
export function troubledGateways(
  prisma: PrismaService,
  page: { readonly after: string; readonly take: number; readonly now: Date },
): Promise<TroubledGateway[]> {
  const silentSince = new Date(page.now.getTime() - OFFLINE_AFTER_SECONDS * 1000);
  return prisma.$queryRaw<TroubledGateway[]>`
    SELECT DISTINCT "tenantId"::text, id::text FROM (
      SELECT m."tenantId", m."gatewayId" AS id FROM member m
      WHERE m."gatewayId" > ${page.after}::uuid AND (m.conditions && ${[...NOTICES]}::text[] OR m.enabled
        AND (coalesce(m."lastHeartbeatAt", m."createdAt") <= ${silentSince} OR m.flaps > 1))
      UNION ALL
      SELECT a."tenantId", a."gatewayId" FROM alert a
      WHERE a."gatewayId" > ${page.after}::uuid AND a."openKey" IS NOT NULL AND a.kind = ANY (${[...MEMBER_KINDS]}::text[])
    ) AS troubled
    ORDER BY id LIMIT ${page.take}`;
}
