import { z } from 'zod';
import { pageSchema } from '../../common/http/page-schema.js';
import { credentialTypeSchema, sourceKindSchema } from '../../contract/targets.js';
import { CONNECTION_STATUSES } from '../connections/connection-summaries.types.js';
import { GATEWAY_STATUSES } from '../gateways/gateway-summaries.types.js';

export const gatewaySummaryPageSchema = pageSchema(
  z
    .object({
      id: z.guid(),
      displayName: z.string(),
      region: z.string(),
      status: z.enum(GATEWAY_STATUSES),
      version: z.string().nullable(),
      members: z.int(),
      membersOnline: z.int(),
      connections: z.int(),
      lastHeartbeatAt: z.iso.datetime().nullable(),
    })
    .meta({ id: 'GatewaySummary' }),
);

export const connectionSummaryPageSchema = pageSchema(
  z
    .object({
      id: z.guid(),
      displayName: z.string(),
      kind: sourceKindSchema,
      path: z.string(),
      gatewayId: z.guid(),
      gatewayName: z.string(),
      credentialType: credentialTypeSchema,
      status: z.enum(CONNECTION_STATUSES),
      lastTest: z.object({ at: z.iso.datetime(), ok: z.boolean(), code: z.string().optional() }).nullable(),
      lastUsedAt: z.iso.datetime().nullable(),
      canManage: z.boolean(),
    })
    .meta({ id: 'ConnectionSummary' }),
);
