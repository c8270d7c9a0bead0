import { z } from 'zod';
import type { PrismaService } from '../../common/prisma/prisma.service.js';
import { capabilitiesSchema } from '../../contract/capabilities.js';
import {
  connectionEncryptionSchema,
  credentialTypeSchema,
  sourceKindSchema,
  targetSchema,
} from '../../contract/targets.js';
import { GATEWAY_ROLES } from '../administrators/gateway-roles.types.js';
import { CONNECTION_ROLES } from './connections.types.js';

const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

const memberSchema = z.object({
  id: z.string(),
  name: z.string(),
  enabled: z.boolean(),
  draining: z.boolean(),
  receiving: z.boolean(),
  conditions: z.array(z.string()),
  flaps: z.int(),
  flapsSince: instant.nullable(),
  lastHeartbeatAt: instant.nullable(),
  connectedEpoch: z.int().nullable(),
  version: z.string(),
  capabilities: capabilitiesSchema,
  keyIds: z.array(z.string()),
  createdAt: instant,
});

const routeRowSchema = z.object({
  id: z.string(),
  displayName: z.string(),
  kind: sourceKindSchema,
  target: targetSchema,
  credentialType: credentialTypeSchema,
  encryption: connectionEncryptionSchema,
  credential: z.instanceof(Uint8Array).nullable(),
  sealingKeyId: z.string().nullable(),
  isSetAside: z.boolean(),
  gatewayId: z.string(),
  gatewayName: z.string(),
  currentKeyId: z.string(),
  region: z.string(),
  namespace: z.string(),
  epoch: z.int(),
  loadBalancing: z.enum(['Failover', 'DistributeEvenly']),
  connectionRoles: z.array(z.enum(CONNECTION_ROLES)),
  gatewayRoles: z.array(z.enum(GATEWAY_ROLES)),
  members: z.array(memberSchema),
  environments: z.array(z.object({ id: z.string(), displayName: z.string(), region: z.string() })),
});
export type RouteRow = z.infer<typeof routeRowSchema>;

/** Names one route: whose question, about which connection. */
export interface RouteKey {
  readonly tenantId: string;
  /** Ids under which the caller can hold roles. */
  readonly holderIds: readonly string[];
  readonly connectionId: string;
}

/**
 * Reads connection, gateway, members, the roles of the caller and of their groups, and the bound environments in one round
 * trip. It is written in SQL because the client would ask once for every relation, and every flow request waits for this.
 * A member that confirmed a new sealing key has it, though its next heartbeat may be yet to say so.
 */
export async function queryRoute(prisma: PrismaService, key: RouteKey): Promise<RouteRow | null> {
  const { tenantId, holderIds, connectionId } = key;
  const rows = await prisma.$queryRaw<unknown[]>`
    SELECT c.id, c."displayName", c.kind, c.target, c."credentialType", c.encryption, c.credential,
      c."sealingKeyId", g."sealingKeyId" AS "currentKeyId",
      EXISTS (SELECT 1 FROM unopened_credential u
        WHERE u."tenantId" = c."tenantId" AND u."connectionId" = c.id AND u."credentialHash" = c."credentialHash"
          AND u."setAsideAt" IS NOT NULL) AS "isSetAside",
      g.id AS "gatewayId", g.name AS "gatewayName", g.region, g.namespace, g.epoch,
      g."loadBalancing"::text AS "loadBalancing",
      (SELECT coalesce(json_agg(r.role), '[]'::json) FROM connection_role r
        WHERE r."connectionId" = c.id AND r."principalId" = ANY(${holderIds}::uuid[])) AS "connectionRoles",
      (SELECT coalesce(json_agg(r.role), '[]'::json) FROM gateway_role r
        WHERE r."gatewayId" = g.id AND r."principalId" = ANY(${holderIds}::uuid[])) AS "gatewayRoles",
      (SELECT coalesce(json_agg(json_build_object('id', m.id, 'name', m.name, 'enabled', m.enabled,
          'draining', m.draining OR m."drainDeadline" IS NOT NULL, 'receiving', m.receiving,
          'conditions', coalesce(m.conditions, '{}'), 'flaps', m.flaps, 'flapsSince', m."flapsSince",
          'lastHeartbeatAt', m."lastHeartbeatAt",
          'connectedEpoch', m."connectedEpoch", 'version', m.version, 'capabilities', m.capabilities,
          'keyIds', CASE WHEN m."keyIds" IS NULL OR m."keyIds" = '{}' THEN '{}'
            ELSE m."keyIds" || array(SELECT r."newKeyId" FROM rotation r
              WHERE r."underWay" = m."gatewayId" AND r."tenantId" = m."tenantId" AND m.id = ANY(r.receipts)) END,
          'createdAt', m."createdAt") ORDER BY m."createdAt", m.id), '[]'::json)
        FROM member m WHERE m."gatewayId" = g.id) AS members,
      (SELECT coalesce(json_agg(json_build_object('id', e.id, 'displayName', e."displayName", 'region', e.region)
          ORDER BY e."displayName"), '[]'::json)
        FROM connection_environment b JOIN environment e ON e."tenantId" = b."tenantId" AND e.id = b."environmentId"
        WHERE b."connectionId" = c.id) AS environments
    FROM connection c JOIN gateway g ON g.id = c."gatewayId"
    WHERE c.id = ${connectionId}::uuid AND c."tenantId" = ${tenantId}::uuid AND g."tenantId" = ${tenantId}::uuid`;
  return rows.length === 0 ? null : routeRowSchema.parse(rows[0]);
}
