import { z } from 'zod/mini';
import type { TidegateClient } from '../../../src/client/tidegate-client.js';
import { untypedGet } from './untyped.js';

const lastTestSchema = z.object({ at: z.string(), ok: z.boolean(), code: z.optional(z.string()) });
const summarySchema = z.object({
  id: z.string(),
  displayName: z.string(),
  kind: z.string(),
  path: z.string(),
  gatewayId: z.string(),
  gatewayName: z.string(),
  credentialType: z.string(),
  status: z.string(),
  lastTest: z.nullable(lastTestSchema),
  lastUsedAt: z.nullable(z.string()),
  canManage: z.boolean(),
});
export type ConnectionSummary = z.infer<typeof summarySchema>;

const pageSchema = z.object({ value: z.array(summarySchema), continuationToken: z.optional(z.string()) });
export type ConnectionSummaryPage = z.infer<typeof pageSchema>;

export interface ConnectionFilter {
  readonly search?: string;
  readonly kind?: string;
  readonly gatewayId?: string;
  readonly status?: string;
}

/** Rows of one request. */
const PAGE_ROWS = 200;

/** One page of the connections that the person may see. @throws ApiError */
export async function readConnectionSummaries(
  client: TidegateClient,
  filter: ConnectionFilter,
  continuationToken?: string,
): Promise<ConnectionSummaryPage> {
  const given = Object.entries(filter).filter(([, value]) => value !== '' && value !== undefined);
  const query = { ...Object.fromEntries(given), top: PAGE_ROWS, ...(continuationToken && { continuationToken }) };
  return pageSchema.parse(await untypedGet(client)('/v1/connectionSummaries', { params: { query } }));
}
