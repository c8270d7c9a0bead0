import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import { judge } from '../licences/licences.policy.js';
import type { TenantPolicy } from '../tenant-policy/tenant-policy.types.js';
import type { PolicySubjects } from './policy-preview.types.js';

/** Rows of one kind that are looked at. */
export const MAX_SUBJECTS = 20_000;
/** One more tells that there are more. */
const TAKEN = MAX_SUBJECTS + 1;

const plansSchema = z.array(
  z.object({ servicePlanId: z.string(), servicePlanName: z.string(), skuPartNumber: z.string() }),
);

/** Reads what a change of the policy could affect, and only that. */
@Injectable()
export class PolicySubjectsService {
  constructor(private readonly prisma: PrismaService) {}

  async read(tenantId: string, before: TenantPolicy, after: TenantPolicy): Promise<PolicySubjects> {
    const areKindsSame = before.allowedKinds?.join() === after.allowedKinds?.join();
    const isNumberSame = before.minimumAdministrators === after.minimumAdministrators;
    const isInstallingSame = installing(before) === installing(after);
    const areRulesSame = before.licenceRules === after.licenceRules;
    const [connections, gateways, installers, joinTokens, licensed] = await Promise.all([
      areKindsSame ? [] : this.connections(tenantId),
      isNumberSame ? [] : this.gateways(tenantId),
      isInstallingSame ? [] : this.installers(tenantId),
      isInstallingSame ? [] : this.joinTokens(tenantId),
      areRulesSame ? [] : this.licensed(tenantId, before, after),
    ]);
    return { connections, gateways, installers, joinTokens, licensed };
  }

  private connections(tenantId: string): Promise<PolicySubjects['connections']> {
    return this.prisma.connection.findMany({
      where: { tenantId },
      orderBy: { displayName: 'asc' },
      take: TAKEN,
      select: { id: true, displayName: true, kind: true },
    });
  }

  private gateways(tenantId: string): Promise<PolicySubjects['gateways']> {
    return this.prisma.$queryRaw<PolicySubjects['gateways']>`
      SELECT g.id::text, g.name AS "displayName", held.administrators, held.groups
      FROM gateway g CROSS JOIN LATERAL (
        SELECT count(*) FILTER (WHERE r."principalType" <> 'Group' AND p.state = 'Active')::int AS administrators,
          count(*) FILTER (WHERE r."principalType" = 'Group')::int AS groups
        FROM gateway_role r LEFT JOIN principal p ON p."tenantId" = r."tenantId" AND p.id = r."principalId"
        WHERE r."gatewayId" = g.id AND r."tenantId" = g."tenantId" AND r.role = 'Admin') held
      WHERE g."tenantId" = ${tenantId}::uuid ORDER BY g.name LIMIT ${TAKEN}::int`;
  }

  private installers(tenantId: string): Promise<PolicySubjects['installers']> {
    return this.prisma.$queryRaw<PolicySubjects['installers']>`
      SELECT DISTINCT r."principalId"::text AS id, coalesce(p."displayName", r."principalId"::text) AS "displayName"
      FROM gateway_role r LEFT JOIN principal p ON p."tenantId" = r."tenantId" AND p.id = r."principalId"
      WHERE r."tenantId" = ${tenantId}::uuid AND r.role = 'Admin' AND r."principalType" <> 'Group'
      ORDER BY "displayName", id LIMIT ${TAKEN}::int`;
  }

  private async joinTokens(tenantId: string): Promise<PolicySubjects['joinTokens']> {
    const rows = await this.prisma.joinToken.findMany({
      where: { tenantId, consumedAt: null, expiresAt: { gt: new Date() } },
      orderBy: { createdAt: 'asc' },
      take: TAKEN,
      select: { id: true, gatewayName: true, createdBy: true, byTenantAdministrator: true },
    });
    return rows.map(({ id, gatewayName: displayName, createdBy, byTenantAdministrator: isByTenantAdministrator }) => {
      return { id, displayName, createdBy, isByTenantAdministrator };
    });
  }

  private async licensed(
    tenantId: string,
    before: TenantPolicy,
    after: TenantPolicy,
  ): Promise<PolicySubjects['licensed']> {
    const rows = await this.prisma.$queryRaw<{ id: string; displayName: string; plans: unknown }[]>`
      SELECT l."userId"::text AS id, coalesce(p."displayName", l."userId"::text) AS "displayName", l.plans
      FROM licence_record l LEFT JOIN principal p ON p."tenantId" = l."tenantId" AND p.id = l."userId"
      WHERE l."tenantId" = ${tenantId}::uuid ORDER BY "displayName", id LIMIT ${TAKEN}::int`;
    return rows.map(({ id, displayName, plans }) => {
      const held = plansSchema.parse(plans);
      const [isEligibleNow, isEligibleThen] = [judge(held, before.licenceRules), judge(held, after.licenceRules)].map(
        ({ isEligible }) => isEligible,
      );
      return { id, displayName, isEligibleNow: isEligibleNow ?? false, isEligibleThen: isEligibleThen ?? false };
    });
  }
}

function installing({ installers, joinTokenCreators, listedInstallers }: TenantPolicy): string {
  return JSON.stringify([installers, joinTokenCreators, listedInstallers.map(({ id }) => id).sort()]);
}
