import { z } from 'zod';
import { sourceKindSchema } from '../../contract/targets.js';
import { PRINCIPAL_TYPES } from '../identity/principal.types.js';
import { RULE_SETS } from '../tenant-policy/tenant-policy.types.js';

/** Longer lists belong into a group. */
const MAX_LISTED = 200;
/** A gateway with more administrators than this has none who feels responsible. */
const MAX_MINIMUM_ADMINISTRATORS = 10;
/** More than one replica can dispatch in a minute. */
const MAX_REQUESTS_PER_MINUTE = 10_000_000;

const limitSchema = z.int().min(1).max(MAX_REQUESTS_PER_MINUTE).nullable().optional();

/** Body of a change of the policy, and of a preview of one. */
export const policyChangeSchema = z.strictObject({
  version: z.int().min(0),
  installers: z.enum(['Open', 'Restricted']).optional(),
  listedInstallers: z
    .array(z.strictObject({ id: z.guid().toLowerCase(), type: z.enum(PRINCIPAL_TYPES) }))
    .max(MAX_LISTED)
    .optional(),
  joinTokenCreators: z.enum(['Installers', 'TenantAdministrators']).optional(),
  minimumAdministrators: z.int().min(1).max(MAX_MINIMUM_ADMINISTRATORS).optional(),
  licenceRules: z.enum(RULE_SETS).nullable().optional(),
  allowedKinds: z.array(sourceKindSchema).min(1).max(sourceKindSchema.options.length).nullable().optional(),
  limits: z
    .strictObject({
      tenantRequestsPerMinute: limitSchema,
      connectionRequestsPerMinute: limitSchema,
      callerRequestsPerMinute: limitSchema,
    })
    .optional(),
});
