import { useQuery, useQueryClient } from '@tanstack/react-query';
import { items } from '../../../../src/client/pages.js';
import type { AnswerOf } from '../../../../src/client/tidegate-client.js';
import { usePortal } from '../../app/use-portal.js';

export type Gateway = AnswerOf<'get', '/v1/gateways/{gatewayId}'> & {
  /** Absent on control planes that are older than these. */
  readonly description?: string | null;
  readonly department?: string | null;
  readonly contactInformation?: readonly string[];
  readonly settingsTag?: string;
};
export type Member = AnswerOf<'get', '/v1/gateways/{gatewayId}/members'>['value'][number];

/** Load and work under way come with heartbeats, which nobody announces. */
const MEMBERS_MS = 5_000;

export function useGateway(gatewayId: string) {
  const { client } = usePortal();
  return useQuery({
    queryKey: ['gateways', gatewayId],
    queryFn: async (): Promise<Gateway> => client.get('/v1/gateways/{gatewayId}', { params: { path: { gatewayId } } }),
  });
}

/** Members, the first installed first. A gateway has at most ten. */
export function useMembers(gatewayId: string) {
  const { client } = usePortal();
  return useQuery({
    queryKey: ['gateways', gatewayId, 'members'],
    queryFn: () => everythingOf(items(client, '/v1/gateways/{gatewayId}/members', { params: { path: { gatewayId } } })),
    refetchInterval: MEMBERS_MS,
  });
}

/** Asks again for everything of the gateway. */
export function useGatewayRefresh(gatewayId: string): () => Promise<void> {
  const queries = useQueryClient();
  return async () => {
    await queries.invalidateQueries({ queryKey: ['gateways', gatewayId] });
  };
}

/** More than this is no longer read by a person; lists here are short. */
const MAX_ROWS = 500;

export async function everythingOf<Item>(list: AsyncIterable<Item>): Promise<readonly Item[]> {
  const found: Item[] = [];
  for await (const item of list) {
    found.push(item);
    if (found.length >= MAX_ROWS) break;
  }
  return found;
}
