import {
  connectionEncryptionSchema,
  credentialTypeSchema,
  sourceKindSchema,
  targetSchema,
} from '../../contract/targets.js';
import { z } from 'zod';
import type { Prisma } from '../../generated/prisma/client.js';
import { PRIVACY_LEVELS, type ConnectionView } from './connections.types.js';

/** Columns of a connection that its owners may see: the credential is not among them. */
export const CONNECTION_VIEW = {
  id: true,
  gatewayId: true,
  displayName: true,
  kind: true,
  target: true,
  credentialType: true,
  encryption: true,
  privacyLevel: true,
  createdAt: true,
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
  return {
    id: row.id,
    gatewayId: row.gatewayId,
    displayName: row.displayName,
    createdAt: row.createdAt,
    environmentIds: row.bindings.map((binding) => binding.environmentId),
    ...checkedColumnsSchema.parse(row),
  };
}
