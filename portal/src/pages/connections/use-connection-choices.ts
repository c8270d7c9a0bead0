import { useQuery } from '@tanstack/react-query';
import { usePortal } from '../../app/use-portal.js';
import { items } from '../../../../src/client/pages.js';

/** Gateways offered in a list to choose from; more are found by the page of the gateway. */
const MAX_CHOICES = 2_000;

/** What a connection can be made of: gateways, kinds of sources, environments and regions. */
export function useConnectionChoices(gatewayId: string) {
  const { client } = usePortal();
  const gateways = useQuery({
    queryKey: ['gateways', 'choices'],
    queryFn: () => firstOf(items(client, '/v1/gateways')),
  });
  const environments = useQuery({
    queryKey: ['environments', 'choices'],
    queryFn: () => firstOf(items(client, '/v1/environments')),
  });
  const regions = useQuery({
    queryKey: ['regions'],
    queryFn: () => client.get('/v1/regions'),
    staleTime: Infinity,
  });
  const types = useQuery({
    queryKey: ['gateways', gatewayId, 'connection-types'],
    queryFn: async () => {
      const params = { query: gatewayId === '' ? {} : { gatewayId } };
      return (await client.get('/v1/connections/supportedConnectionTypes', { params })).value;
    },
  });
  return { gateways, environments, regions, types };
}

/** The list as far as it can be offered. */
export async function firstOf<Item>(list: AsyncIterable<Item>): Promise<readonly Item[]> {
  const found: Item[] = [];
  for await (const item of list) {
    found.push(item);
    if (found.length >= MAX_CHOICES) break;
  }
  return found;
}
