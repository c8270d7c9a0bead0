import { useQuery } from '@tanstack/react-query';
import { z } from 'zod/mini';
import { untypedGet } from '../../api/untyped.js';
import { usePortal } from '../../app/use-portal.js';

const meSchema = z.object({ isTenantAdministrator: z.boolean() });
const pageSchema = z.object({
  value: z.array(z.object({ id: z.string(), displayName: z.string(), region: z.string(), status: z.string() })),
  continuationToken: z.optional(z.string()),
});
export type PlacedGateway = z.infer<typeof pageSchema>['value'][number];

/** More columns than this nobody compares. */
export const MAX_GATEWAYS = 2_000;

/** Gateways with region and status: all of the tenant for its administrators, for others their own. */
export function usePlacedGateways() {
  const { client } = usePortal();
  return useQuery({
    queryKey: ['gateways', 'placed'],
    queryFn: async () => {
      const get = untypedGet(client);
      const { isTenantAdministrator } = meSchema.parse(await get('/v1/me'));
      const gateways: PlacedGateway[] = [];
      let continuationToken: string | undefined;
      do {
        const query = {
          ...(isTenantAdministrator && { scope: 'tenant' }),
          ...(continuationToken && { continuationToken }),
        };
        const page = pageSchema.parse(await get('/v1/gatewaySummaries', { params: { query } }));
        gateways.push(...page.value);
        continuationToken = page.continuationToken;
      } while (continuationToken !== undefined && gateways.length < MAX_GATEWAYS);
      return { gateways, isCut: continuationToken !== undefined };
    },
  });
}
