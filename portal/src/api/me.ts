import { useQuery } from '@tanstack/react-query';
import { z } from 'zod/mini';
import { usePortal } from '../app/use-portal.js';
import { untypedGet } from './untyped.js';

const meSchema = z.object({ id: z.string(), displayName: z.string(), isTenantAdministrator: z.boolean() });
export type Me = z.infer<typeof meSchema>;

/** Who the service takes the person for; undefined until it has said so. */
export function useMe(): Me | undefined {
  const { client } = usePortal();
  const { data } = useQuery({
    queryKey: ['me'],
    queryFn: async ({ signal }) => meSchema.parse(await untypedGet(client)('/v1/me', { signal })),
  });
  return data;
}
