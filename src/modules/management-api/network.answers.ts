import { z } from 'zod';

export const networkSchema = z
  .object({
    hosts: z.array(z.object({ name: z.string(), ports: z.array(z.int()), what: z.string() })),
    /** Null where the operator provides no list of them. */
    addresses: z.array(z.object({ prefix: z.string(), service: z.string() })).nullable(),
    serviceTags: z.object({ changeNumber: z.int(), cloud: z.string() }).nullable(),
  })
  .meta({ id: 'NetworkNeeds' });
