import { z } from 'zod';
import { pageSchema } from '../../common/http/page-schema.js';
import { RULE_SETS } from '../tenant-policy/tenant-policy.types.js';

const verdictSchema = z.object({
  user: z.object({ id: z.guid(), upn: z.string().optional(), displayName: z.string() }),
  isEligible: z.boolean(),
  ruleSet: z.enum(RULE_SETS),
  plan: z.string(),
});

export const userLicencesSchema = verdictSchema
  .extend({
    plans: z.array(
      z.object({
        servicePlanId: z.string(),
        servicePlanName: z.string(),
        skuPartNumber: z.string(),
        isSufficient: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'UserLicences' });

export const licencePageSchema = pageSchema(verdictSchema.meta({ id: 'UserVerdict' }));

export const connectionLicencesSchema = z
  .object({
    value: z.array(verdictSchema.extend({ via: z.string() })),
    refused: z.int(),
    isCut: z.boolean(),
  })
  .meta({ id: 'ConnectionLicences' });
