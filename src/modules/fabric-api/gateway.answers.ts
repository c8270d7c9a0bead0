import { z } from 'zod';
import { pageSchema } from '../../common/http/page-schema.js';
import { sealingPublicKeySchema } from '../../contract/registration.js';
import { UPGRADE_STATES } from '../../contract/release.js';
import { LOAD_BALANCINGS } from '../gateways/gateways.types.js';

const percentSchema = z.int().min(0).max(100);

export const gatewaySchema = z
  .object({
    id: z.guid(),
    type: z.literal('OnPremises'),
    displayName: z.string(),
    publicKey: sealingPublicKeySchema,
    version: z.string(),
    numberOfMemberGateways: z.int().min(0),
    loadBalancingSetting: z.enum(LOAD_BALANCINGS),
    allowCloudConnectionRefresh: z.boolean(),
    allowCustomConnectors: z.boolean(),
    cpuThreshold: percentSchema,
    memoryThreshold: percentSchema,
    region: z.string(),
    keyId: z.string(),
    upgradeState: z.enum(UPGRADE_STATES),
    /** What it is for, whose it is, whom to ask. */
    description: z.string().nullable(),
    department: z.string().nullable(),
    contactInformation: z.array(z.string()),
    /** Names the settings as they are; `If-Match` of a change takes it. */
    settingsTag: z.string(),
  })
  .meta({ id: 'Gateway' });
export const gatewayPageSchema = pageSchema(gatewaySchema);

const loadSchema = z.object({ cpuPercent: z.number(), memoryPercent: z.number(), diskFreeBytes: z.number() });

export const memberSchema = z
  .object({
    id: z.guid(),
    displayName: z.string(),
    publicKey: sealingPublicKeySchema,
    version: z.string(),
    enabled: z.boolean(),
    state: z.enum(['online', 'offline', 'disabled', 'draining', 'attention']),
    lastHeartbeatAt: z.iso.datetime().nullable(),
    inFlight: z.int(),
    load: loadSchema.nullable(),
    conditions: z.array(z.string()),
    refusals: z.record(z.string(), z.int().min(0)),
    drainDeadline: z.iso.datetime().nullable(),
    upgradeState: z.enum(UPGRADE_STATES),
  })
  .meta({ id: 'GatewayMember' });
export const memberPageSchema = pageSchema(memberSchema);

export const gatewayStatusSchema = z
  .object({
    status: z.enum(['Online', 'Offline']),
    gatewayVersion: z.string().optional(),
    gatewayUpgradeState: z.enum(UPGRADE_STATES).optional(),
    errorDetails: z
      .array(
        z.object({
          errorCode: z.enum(['DMTS_GatewayIsDisabled', 'DM_GWPipeline_Client_GatewayUnreachable']),
          message: z.string(),
          relatedResource: z.object({ resourceId: z.guid(), resourceType: z.literal('Gateway') }),
        }),
      )
      .optional(),
  })
  .meta({ id: 'GatewayStatus' });
export type GatewayStatusAnswer = z.infer<typeof gatewayStatusSchema>;
