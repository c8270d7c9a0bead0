import { z } from 'zod';

/** A list as OData writes it. */
export function odataListSchema(item: z.ZodType) {
  return z.object({
    '@odata.context': z.url(),
    value: z.array(item),
    '@odata.nextLink': z.url().optional(),
  });
}

/** Entries of a list, with the address that says what they are. */
export function showList<T>(context: string, value: readonly T[]) {
  return { '@odata.context': context, value };
}
