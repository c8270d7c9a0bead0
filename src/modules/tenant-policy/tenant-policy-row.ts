import type { AppConfig } from '../../config/env.js';
import { sourceKindSchema } from '../../contract/targets.js';
import type { Prisma } from '../../generated/prisma/client.js';
import { RULE_SETS, type TenantPolicy } from './tenant-policy.types.js';

export const POLICY = {
  version: true,
  installers: true,
  joinTokenCreators: true,
  minimumAdministrators: true,
  licenceRules: true,
  allowedKinds: true,
  tenantRequestsPerMinute: true,
  connectionRequestsPerMinute: true,
  callerRequestsPerMinute: true,
  listed: { select: { principalId: true, principalType: true }, orderBy: { principalId: 'asc' } },
} satisfies Prisma.TenantPolicySelect;

type PolicyRow = Prisma.TenantPolicyGetPayload<{ select: typeof POLICY }>;

/** @param row null while nothing was decided: the defaults hold then */
export function toTenantPolicy(
  row: PolicyRow | null,
  { licenceRules, defaultLimits }: Pick<AppConfig, 'licenceRules' | 'defaultLimits'>,
): TenantPolicy {
  const allowedKinds = row?.allowedKinds.map((kind) => sourceKindSchema.parse(kind)) ?? [];
  return {
    version: row?.version ?? 0,
    installers: row?.installers ?? 'Open',
    listedInstallers: row?.listed.map(({ principalId: id, principalType: type }) => ({ id, type })) ?? [],
    joinTokenCreators: row?.joinTokenCreators ?? 'Installers',
    minimumAdministrators: row?.minimumAdministrators ?? 1,
    licenceRules: RULE_SETS.find((rules) => rules === row?.licenceRules) ?? licenceRules,
    allowedKinds: allowedKinds.length > 0 ? allowedKinds : undefined,
    limits: {
      tenantRequestsPerMinute: lower(row?.tenantRequestsPerMinute, defaultLimits.tenantRequestsPerMinute),
      connectionRequestsPerMinute: lower(row?.connectionRequestsPerMinute, defaultLimits.connectionRequestsPerMinute),
      callerRequestsPerMinute: lower(row?.callerRequestsPerMinute, defaultLimits.callerRequestsPerMinute),
    },
  };
}

/** A tenant shares the service with others: it can set lower limits than the operator's, not higher ones. */
function lower(decided: number | null | undefined, limit: number): number {
  return Math.min(decided ?? limit, limit);
}
