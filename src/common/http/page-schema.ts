import { z } from 'zod';

/** A page of a list as `showPage` writes it. */
export function pageSchema(item: z.ZodType) {
  return z.object({
    value: z.array(item),
    continuationToken: z.string().optional(),
    continuationUri: z.url().optional(),
  });
}
