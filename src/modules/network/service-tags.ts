import { z } from 'zod';

/** As Microsoft publishes it: `ServiceTags_Public_<date>.json`. */
export const serviceTagsSchema = z.object({
  changeNumber: z.int(),
  cloud: z.string(),
  values: z.array(
    z.object({
      name: z.string(),
      properties: z.object({ region: z.string(), addressPrefixes: z.array(z.union([z.cidrv4(), z.cidrv6()])) }),
    }),
  ),
});
export type ServiceTags = z.infer<typeof serviceTagsSchema>;

/** The one service of Azure with regional addresses that agents speak to. */
const RELAY = 'ServiceBus';
/** Where people and agents sign in; it has addresses for the world only. */
const SIGN_IN = 'AzureActiveDirectory';

/** Addresses of a region: the relay's there, or everywhere where Azure lists none for the region, and those of signing in. */
export function addressesIn({ values }: ServiceTags, region: string): { prefix: string; service: string }[] {
  const regional = values.find(({ name, properties }) => {
    return name.startsWith(`${RELAY}.`) && properties.region.toLowerCase() === region;
  });
  const tags = [regional ?? values.find(({ name }) => name === RELAY), values.find(({ name }) => name === SIGN_IN)];
  return tags.flatMap((tag) => {
    return tag === undefined ? [] : tag.properties.addressPrefixes.map((prefix) => ({ prefix, service: tag.name }));
  });
}
