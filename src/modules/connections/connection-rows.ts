import {
  connectionEncryptionSchema,
  credentialTypeSchema,
  sourceKindSchema,
  targetSchema,
} from '../../contract/targets.js';
import { z } from 'zod';
import type { Prisma } from '../../generated/prisma/client.js';
import { PRIVACY_LEVELS, type ConnectionSummary, type ConnectionView } from './connections.types.js';

/** Columns of a connection that its owners may see: the credential is not among them. */
export const CONNECTION_SUMMARY = {
  id: true,
  gatewayId: true,
  displayName: true,
  kind: true,
  target: true,
  credentialType: true,
  encryption: true,
  privacyLevel: true,
  createdAt: true,
  annotation: true,
} satisfies Prisma.ConnectionSelect;

/** The same with the environments it is bound to. */
export const CONNECTION_VIEW = {
  ...CONNECTION_SUMMARY,
  bindings: { select: { environmentId: true }, orderBy: { environmentId: 'asc' } },
} satisfies Prisma.ConnectionSelect;

const checkedColumnsSchema = z.object({
  kind: sourceKindSchema,
  target: targetSchema,
  credentialType: credentialTypeSchema,
  encryption: connectionEncryptionSchema,
  privacyLevel: z.enum(PRIVACY_LEVELS),
});

export function toConnectionView(row: Prisma.ConnectionGetPayload<{ select: typeof CONNECTION_VIEW }>): ConnectionView {
  return { ...toConnectionSummary(row), environmentIds: row.bindings.map((binding) => binding.environmentId) };
}

export function toConnectionSummary(
  row: Prisma.ConnectionGetPayload<{ select: typeof CONNECTION_SUMMARY }>,
): ConnectionSummary {
  return {
    id: row.id,
    gatewayId: row.gatewayId,
    displayName: row.displayName,
    createdAt: row.createdAt,
    annotation: row.annotation,
    ...checkedColumnsSchema.parse(row),
  };
}
