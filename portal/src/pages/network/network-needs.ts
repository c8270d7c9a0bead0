import { z } from 'zod/mini';
import type { TidegateClient } from '../../../../src/client/tidegate-client.js';
import { untypedGet } from '../../api/untyped.js';

const needsSchema = z.object({
  hosts: z.array(z.object({ name: z.string(), ports: z.array(z.number()), what: z.string() })),
  addresses: z.nullable(z.array(z.object({ prefix: z.string(), service: z.optional(z.string()) }))),
  serviceTags: z.nullable(z.object({ changeNumber: z.number(), cloud: z.string() })),
});
export type NetworkNeeds = z.infer<typeof needsSchema>;

/** What agents of a region have to reach. @throws ApiError */
export async function readNetworkNeeds(client: TidegateClient, region: string): Promise<NetworkNeeds> {
  return needsSchema.parse(await untypedGet(client)('/v1/network', { params: { query: { region } } }));
}
