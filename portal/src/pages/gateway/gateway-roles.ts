import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { items } from '../../../../src/client/pages.js';
import type { AnswerOf } from '../../../../src/client/tidegate-client.js';
import type { FoundPrincipal } from '../../api/directory-search.js';
import { usePortal } from '../../app/use-portal.js';
import { everythingOf } from './gateway-queries.js';

export type Assignment = AnswerOf<'get', '/v1/gateways/{gatewayId}/roleAssignments'>['value'][number];
export type GatewayRole = Assignment['role'];
export type SourceKind = NonNullable<Assignment['allowedKinds']>[number];
export const GATEWAY_ROLES: readonly GatewayRole[] = ['ConnectionCreator', 'ConnectionCreatorWithResharing', 'Admin'];

/** What somebody may do at a gateway. No kinds: connections of every kind. */
export interface Grant {
  readonly role: GatewayRole;
  readonly allowedKinds: readonly SourceKind[];
}

/** Who may do what at a gateway, and giving, changing and taking that. */
export function useGatewayRoles(gatewayId: string) {
  const { client } = usePortal();
  const queries = useQueryClient();
  const queryKey = ['gateways', gatewayId, 'roles'];
  const list = useQuery({
    queryKey,
    queryFn: () =>
      everythingOf(items(client, '/v1/gateways/{gatewayId}/roleAssignments', { params: { path: { gatewayId } } })),
  });
  const refresh = () => queries.invalidateQueries({ queryKey });
  const one = (principalId: string) => ({ params: { path: { gatewayId, principalId } } });
  const assign = useMutation({
    mutationFn: ({ principal: { id, type }, grant }: { principal: FoundPrincipal; grant: Grant }) =>
      client.post('/v1/gateways/{gatewayId}/roleAssignments', {
        params: { path: { gatewayId } },
        body: { principal: { id, type }, ...bodyOf(grant) },
      }),
    onSuccess: refresh,
  });
  const change = useMutation({
    mutationFn: ({ principalId, grant }: { principalId: string; grant: Grant }) =>
      client.patch('/v1/gateways/{gatewayId}/roleAssignments/{principalId}', {
        ...one(principalId),
        body: bodyOf(grant),
      }),
    onSettled: refresh,
  });
  const revoke = useMutation({
    mutationFn: (principalId: string) =>
      client.delete('/v1/gateways/{gatewayId}/roleAssignments/{principalId}', one(principalId)),
    onSettled: refresh,
  });
  return { list, assign, change, revoke };
}

export type GatewayRoles = ReturnType<typeof useGatewayRoles>;

/** Administrators are not limited to kinds. */
function bodyOf({ role, allowedKinds }: Grant) {
  const kinds = role === 'Admin' || allowedKinds.length === 0 ? null : [...allowedKinds];
  return { role, allowedKinds: kinds };
}
