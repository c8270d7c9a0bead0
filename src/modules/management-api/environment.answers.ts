import { z } from 'zod';
import { pageSchema } from '../../common/http/page-schema.js';

export const environmentAnswerSchema = z
  .object({ id: z.guid(), displayName: z.string(), region: z.string() })
  .meta({ id: 'Environment' });

export const environmentPageSchema = pageSchema(environmentAnswerSchema);

export const importResultSchema = z
  .object({ created: z.int(), updated: z.int(), unchanged: z.int() })
  .meta({ id: 'ImportResult' });

export const regionMapSchema = z
  .object({
    version: z.object({ date: z.string(), source: z.string() }),
    environmentRegions: z.array(
      z.object({
        key: z.string(),
        displayName: z.string(),
        gatewayRegions: z.array(z.object({ key: z.string(), displayName: z.string(), isServed: z.boolean() })),
      }),
    ),
  })
  .meta({ id: 'RegionMap' });
