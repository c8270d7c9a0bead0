import { z } from 'zod';
import { operationNameSchema } from '../../contract/operations.js';
import { RULE_NAMES } from '../admission/admission.types.js';

const ruleNameSchema = z.enum(RULE_NAMES);
const named = { id: z.guid(), displayName: z.string() };
const personSchema = z.object({ ...named, upn: z.string().optional() });

const ruleSchema = z.object({
  rule: ruleNameSchema,
  verdict: z.enum(['passed', 'refused', 'unknown']),
  code: z.string().optional(),
  reason: z.string(),
  remedy: z.string().optional(),
  changeableBy: z.array(z.object({ role: z.string(), people: z.array(personSchema) })),
});

export const explanationSchema = z
  .object({
    user: personSchema,
    gateway: z.object({ ...named, region: z.string() }),
    connection: z.object(named).optional(),
    environment: z.object({ ...named, region: z.string() }).optional(),
    operation: operationNameSchema,
    isAllowed: z.boolean(),
    decidedBy: ruleNameSchema.optional(),
    rules: z.array(ruleSchema),
  })
  .meta({ id: 'Explanation' });
