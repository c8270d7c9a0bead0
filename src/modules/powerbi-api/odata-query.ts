import { z } from 'zod';
import { MAX_CLUSTERS } from '../gateways/clusters.service.js';

/** Lists that go by numbers end there: whoever has more gateways goes through `/v1`. */
const MAX_SKIP = 10_000;

/** As many as its own clients ask for at a time; they get a thousand, and the address of the rest. */
const MAX_TOP = 10_000;

const countSchema = (most: number) =>
  z
    .string()
    .regex(/^\d{1,5}$/)
    .transform(Number)
    .refine((number) => number <= most, `at most ${most}`);

/** What may stand beside a cluster. */
export const EXPANSIONS = ['permissions', 'memberGateways'] as const;
export type Expansion = (typeof EXPANSIONS)[number];

const expandSchema = z
  .string()
  .max(100)
  .transform((text) => text.split(',').map((name) => name.trim().toLowerCase()))
  .pipe(z.array(z.string()))
  .refine(
    (names) => names.every((name) => EXPANSIONS.some((known) => known.toLowerCase() === name)),
    `only ${EXPANSIONS.join(' and ')} can be expanded`,
  )
  .transform((names) => EXPANSIONS.filter((known) => names.includes(known.toLowerCase())));

/** A query that takes these options of OData and no others; what is no option of it is passed over. */
function optionsSchema<Shape extends z.ZodRawShape>(shape: Shape) {
  return z
    .object(shape)
    .catchall(z.unknown())
    .superRefine((query, context) => {
      for (const name of Object.keys(query).filter((each) => each.startsWith('$') && !(each in shape))) {
        context.addIssue({ code: 'custom', path: [name], message: 'this option is not supported here' });
      }
    });
}

/** No options at all. */
export const plainQuerySchema = optionsSchema({});
export type PlainQuery = z.infer<typeof plainQuerySchema>;

export const expandQuerySchema = optionsSchema({ $expand: expandSchema.optional() });
export type ExpandQuery = z.infer<typeof expandQuerySchema>;

export const clusterListQuerySchema = optionsSchema({
  $expand: expandSchema.optional(),
  $skip: countSchema(MAX_SKIP).optional(),
  $top: countSchema(MAX_TOP).optional(),
});
export type ClusterListQuery = z.infer<typeof clusterListQuerySchema>;

/** Whose gateways may install: `type eq 'Personal'`. */
const TYPE_FILTER = /^\s*type\s+eq\s+'(Resource|Personal)'\s*$/i;

export const installerQuerySchema = optionsSchema({
  $filter: z
    .string()
    .regex(TYPE_FILTER)
    .transform((text) => (/personal/i.test(text) ? ('Personal' as const) : ('Resource' as const)))
    .optional(),
});
export type InstallerQuery = z.infer<typeof installerQuerySchema>;

/** The profile of a service principal that a user may have; there are none here. */
export const userQuerySchema = optionsSchema({ profileId: z.string().max(64).optional() });
export type UserQuery = z.infer<typeof userQuerySchema>;

/** Where a list goes on, as far as it was asked for. */
export function nextLink(address: string, query: ClusterListQuery, shown: number): string | undefined {
  const { $skip = 0, $top, $expand } = query;
  const left = $top === undefined ? undefined : $top - shown;
  if (left === 0 || $skip + shown > MAX_SKIP) return undefined;
  const options = [
    ...($expand && $expand.length > 0 ? [`$expand=${$expand.join(',')}`] : []),
    `$skip=${$skip + shown}`,
    ...(left === undefined ? [] : [`$top=${left}`]),
  ];
  return `${address}?${options.join('&')}`;
}

/** Which part of the list a query asks for. */
export function partOf({ $skip = 0, $top = MAX_CLUSTERS }: ClusterListQuery): { skip: number; take: number } {
  return { skip: $skip, take: $top };
}
