import { z } from 'zod';
import { alertKindSchema } from '../alerts/alerts.types.js';

export const meSchema = z
  .object({
    id: z.guid(),
    displayName: z.string(),
    /** Of people only. */
    userPrincipalName: z.string().nullable(),
    tenantId: z.guid(),
    isTenantAdministrator: z.boolean(),
  })
  .meta({ id: 'Me' });

const attentionSchema = z.object({
  kind: z.union([alertKindSchema, z.literal('connection-failing')]),
  severity: z.enum(['critical', 'warning']),
  name: z.string(),
  title: z.string(),
  remedy: z.string(),
  gatewayId: z.guid().optional(),
  connectionId: z.guid().optional(),
  alertId: z.guid().optional(),
});

export const overviewSchema = z
  .object({
    gateways: z.object({ online: z.int(), degraded: z.int(), offline: z.int() }),
    members: z.object({ online: z.int(), offline: z.int(), drained: z.int(), disabled: z.int() }),
    connections: z.object({ total: z.int(), failing: z.int() }),
    attention: z.array(attentionSchema),
  })
  .meta({ id: 'Overview' });
