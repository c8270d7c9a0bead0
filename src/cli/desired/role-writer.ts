import type { components } from '../../client/schema.js';
import type { TidegateClient } from '../../client/tidegate-client.js';
import type { Principal } from '../principal.js';

type GatewayRole = components['schemas']['GatewayRoleAssignment'];
type ConnectionRole = components['schemas']['ConnectionRoleAssignment'];

/** Where roles are; a connection that is still to be made has no id yet. */
export type RolePlace = { readonly gatewayId: string } | { readonly connectionId: () => string };

interface Role {
  readonly role: string;
  readonly allowedKinds?: string[] | null;
}

/** Gives, changes and takes roles in one place. */
export interface RoleWriter {
  give(principal: Principal, role: Role): Promise<void>;
  change(principal: Pick<Principal, 'id'>, role: Role): Promise<void>;
  take(principal: Pick<Principal, 'id'>): Promise<void>;
}

export function roleWriter(client: TidegateClient, place: RolePlace): RoleWriter {
  return 'gatewayId' in place ? gatewayRoles(client, place.gatewayId) : connectionRoles(client, place.connectionId);
}

function gatewayRoles(client: TidegateClient, gatewayId: string): RoleWriter {
  const all = '/v1/gateways/{gatewayId}/roleAssignments';
  const one = '/v1/gateways/{gatewayId}/roleAssignments/{principalId}';
  // The file's words were checked, and the API checks the kinds, which it alone knows.
  const bodyOf = ({ role, allowedKinds }: Role) => ({
    role: role as GatewayRole['role'],
    ...(allowedKinds !== undefined && {
      allowedKinds: allowedKinds as NonNullable<GatewayRole['allowedKinds']> | null,
    }),
  });
  return {
    give: async (principal, role) => {
      await client.post(all, { params: { path: { gatewayId } }, body: { principal, ...bodyOf(role) } });
    },
    change: async ({ id: principalId }, role) => {
      await client.patch(one, { params: { path: { gatewayId, principalId } }, body: bodyOf(role) });
    },
    take: async ({ id: principalId }) => {
      await client.delete(one, { params: { path: { gatewayId, principalId } } });
    },
  };
}

function connectionRoles(client: TidegateClient, id: () => string): RoleWriter {
  const all = '/v1/connections/{connectionId}/roleAssignments';
  const one = '/v1/connections/{connectionId}/roleAssignments/{principalId}';
  const bodyOf = ({ role }: Role) => ({ role: role as ConnectionRole['role'] });
  return {
    give: async (principal, role) => {
      await client.post(all, { params: { path: { connectionId: id() } }, body: { principal, ...bodyOf(role) } });
    },
    change: async ({ id: principalId }, role) => {
      await client.patch(one, { params: { path: { connectionId: id(), principalId } }, body: bodyOf(role) });
    },
    take: async ({ id: principalId }) => {
      await client.delete(one, { params: { path: { connectionId: id(), principalId } } });
    },
  };
}
