import { z } from 'zod';
import { sourceKindSchema } from '../../contract/targets.js';
import { PRINCIPAL_TYPES } from '../identity/principal.types.js';
import { RULE_SETS } from '../tenant-policy/tenant-policy.types.js';

export const tenantPolicySchema = z
  .object({
    version: z.int(),
    installers: z.enum(['Open', 'Restricted']),
    /** For administrators of the tenant only. */
    listedInstallers: z.array(z.object({ id: z.guid(), type: z.enum(PRINCIPAL_TYPES) })).optional(),
    joinTokenCreators: z.enum(['Installers', 'TenantAdministrators']),
    minimumAdministrators: z.int(),
    licenceRules: z.enum(RULE_SETS),
    allowedKinds: z.array(sourceKindSchema).nullable(),
    limits: z.object({
      tenantRequestsPerMinute: z.int(),
      connectionRequestsPerMinute: z.int(),
      callerRequestsPerMinute: z.int(),
    }),
  })
  .meta({ id: 'TenantPolicy' });
