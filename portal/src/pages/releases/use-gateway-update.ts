import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { AnswerOf } from '../../../../src/client/tidegate-client.js';
import { usePortal } from '../../app/use-portal.js';

export type Rollout = AnswerOf<'get', '/v1/gateways/{gatewayId}/rollouts'>['value'][number];

/** How often an update under way is looked at: its steps are of the members' heartbeats, which nobody announces. */
const UNDER_WAY_MS = 2_000;

/** Members with their versions, and updates, the newest first. */
export function useGatewayUpdate(gatewayId: string) {
  const { client } = usePortal();
  const queries = useQueryClient();
  const init = { params: { path: { gatewayId } } };
  const rollouts = useQuery({
    queryKey: ['releases', 'rollouts', gatewayId],
    queryFn: () => client.get('/v1/gateways/{gatewayId}/rollouts', init),
    refetchInterval: ({ state }) => (state.data?.value.some((one) => one.state === 'running') ? UNDER_WAY_MS : false),
  });
  const isUnderWay = rollouts.data?.value.some((one) => one.state === 'running') ?? false;
  const members = useQuery({
    queryKey: ['gateways', gatewayId, 'upgrades'],
    queryFn: async () => {
      const [named, upgrades] = await Promise.all([
        client.get('/v1/gateways/{gatewayId}/members', init),
        client.get('/v1/gateways/{gatewayId}/upgrades', init),
      ]);
      const names = new Map(named.value.map(({ id, displayName }) => [id, displayName]));
      return upgrades.value.map((one) => ({ ...one, name: names.get(one.memberId) ?? one.memberId }));
    },
    refetchInterval: isUnderWay ? UNDER_WAY_MS : false,
  });
  const refresh = () => queries.invalidateQueries({ queryKey: ['releases', 'rollouts', gatewayId] });
  const order = useMutation({
    mutationFn: (wanted: { version: string; memberIds?: string[] }) =>
      client.post('/v1/gateways/{gatewayId}/rollouts', { ...init, body: wanted }),
    onSuccess: refresh,
  });
  const cancel = useMutation({
    mutationFn: (rolloutId: string) =>
      client.post('/v1/gateways/{gatewayId}/rollouts/{rolloutId}/cancellation', {
        params: { path: { gatewayId, rolloutId } },
      }),
    onSuccess: refresh,
  });
  return { rollouts, members, order, cancel, isUnderWay };
}

export type GatewayUpdateState = ReturnType<typeof useGatewayUpdate>;
export type UpgradableMember = NonNullable<GatewayUpdateState['members']['data']>[number];
