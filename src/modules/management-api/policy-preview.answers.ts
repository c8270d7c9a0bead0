import { z } from 'zod';
import { AFFECTED_KINDS } from '../policy-preview/policy-preview.types.js';

export const policyPreviewSchema = z
  .object({
    value: z.array(
      z.object({ kind: z.enum(AFFECTED_KINDS), id: z.guid(), displayName: z.string(), effect: z.string() }),
    ),
    truncated: z.boolean(),
  })
  .meta({ id: 'PolicyPreview' });
