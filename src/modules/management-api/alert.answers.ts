import { z } from 'zod';
import { pageSchema } from '../../common/http/page-schema.js';
import { ALERT_STATES, alertKindSchema } from '../alerts/alerts.types.js';

const detailsSchema = z.object({
  name: z.string(),
  principals: z
    .array(z.object({ id: z.guid(), displayName: z.string(), state: z.enum(['Disabled', 'Gone']) }))
    .optional(),
  members: z.array(z.object({ id: z.guid(), name: z.string() })).optional(),
});

export const alertSchema = z
  .object({
    id: z.guid(),
    kind: alertKindSchema,
    severity: z.enum(['critical', 'warning']),
    state: z.enum(ALERT_STATES),
    gatewayId: z.guid().optional(),
    connectionId: z.guid().optional(),
    text: z.string(),
    remedy: z.string(),
    details: detailsSchema,
    openedAt: z.iso.datetime(),
    acknowledgedAt: z.iso.datetime().optional(),
    acknowledgedBy: z.guid().optional(),
    resolvedAt: z.iso.datetime().optional(),
  })
  .meta({ id: 'Alert' });

export const alertPageSchema = pageSchema(alertSchema);
