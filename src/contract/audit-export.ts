import { z } from 'zod';
import { auditKeySchema } from './audit-checkpoint.js';
import { AUDIT_VERSION, auditEntrySchema } from './audit-entry.js';
import { key32Schema } from './registration.js';

/** First line of an export. It is not signed itself: the key it names is worth as much as where its fingerprint was got. */
export const auditExportHeaderSchema = z.strictObject({
  kind: z.literal('header'),
  typ: z.literal('tidegate-audit-export'),
  version: z.literal(AUDIT_VERSION),
  tenantId: z.guid(),
  key: auditKeySchema,
  /** First entry asked for; 1 for everything, entries older than the chain included. */
  fromSeq: z.int().min(1),
});
export type AuditExportHeader = z.infer<typeof auditExportHeaderSchema>;

/** Last line: an export without it broke off. */
const endSchema = z.strictObject({
  kind: z.literal('end'),
  /** Last entry that belongs to it; 0: none. */
  seq: z.int().min(0),
  /** Its hash, where the export goes up to the chain's end. */
  hash: key32Schema.nullable(),
});

/** Every other line of an export. */
export const auditExportLineSchema = z.discriminatedUnion('kind', [
  auditEntrySchema.extend({ kind: z.literal('entry') }),
  z.strictObject({ kind: z.literal('checkpoint'), jws: z.string().max(2_048) }),
  endSchema,
]);
export type AuditExportLine = z.infer<typeof auditExportLineSchema>;
