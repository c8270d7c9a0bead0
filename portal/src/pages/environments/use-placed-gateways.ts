import { useQuery } from '@tanstack/react-query';
import type { GatewaySummary } from '../../api/gateway-summaries.js';
import { usePortal } from '../../app/use-portal.js';

export type PlacedGateway = Pick<GatewaySummary, 'id' | 'displayName' | 'region' | 'status'>;

/** More columns than this nobody compares. */
export const MAX_GATEWAYS = 2_000;

/** Gateways with region and status: all of the tenant for its administrators, for others their own. */
export function usePlacedGateways() {
  const { client } = usePortal();
  return useQuery({
    queryKey: ['gateways', 'placed'],
    queryFn: async () => {
      const { isTenantAdministrator } = await client.get('/v1/me');
      const gateways: PlacedGateway[] = [];
      let continuationToken: string | undefined;
      do {
        const query = {
          ...(isTenantAdministrator && { scope: 'tenant' as const }),
          ...(continuationToken && { continuationToken }),
        };
        const page = await client.get('/v1/gatewaySummaries', { params: { query } });
        gateways.push(...page.value);
        continuationToken = page.continuationToken;
      } while (continuationToken !== undefined && gateways.length < MAX_GATEWAYS);
      return { gateways, isCut: continuationToken !== undefined };
    },
  });
}
