import { z } from 'zod';
import { pageSchema } from '../../common/http/page-schema.js';
import { sourceKindSchema } from '../../contract/targets.js';
import { GATEWAY_ROLES } from '../administrators/gateway-roles.types.js';
import { CONNECTION_ROLES } from '../connections/connections.types.js';
import { PRINCIPAL_TYPES } from '../identity/principal.types.js';

const principalSchema = z
  .object({
    id: z.guid(),
    type: z.enum(PRINCIPAL_TYPES),
    displayName: z.string().optional(),
    userDetails: z.object({ userPrincipalName: z.string() }).optional(),
    servicePrincipalDetails: z.object({ aadAppId: z.string() }).optional(),
  })
  .meta({ id: 'FabricPrincipal' });

export const gatewayRoleAssignmentSchema = z
  .object({
    id: z.guid(),
    principal: principalSchema,
    role: z.enum(GATEWAY_ROLES),
    allowedKinds: z.array(sourceKindSchema).optional(),
  })
  .meta({ id: 'GatewayRoleAssignment' });
export const gatewayRoleAssignmentPageSchema = pageSchema(gatewayRoleAssignmentSchema);

export const connectionRoleAssignmentSchema = z
  .object({ id: z.guid(), principal: principalSchema, role: z.enum(CONNECTION_ROLES) })
  .meta({ id: 'ConnectionRoleAssignment' });
export const connectionRoleAssignmentPageSchema = pageSchema(connectionRoleAssignmentSchema);
