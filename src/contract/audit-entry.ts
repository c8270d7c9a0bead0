import { createHash } from 'node:crypto';
import { z } from 'zod';
import { key32Schema } from './registration.js';

/** Version of the bytes that are hashed. Another layout is another version, and old entries keep theirs. */
export const AUDIT_VERSION = 1;

/** Begins what is hashed: the hash of an entry is never that of anything else. */
export const AUDIT_DOMAIN = 'tidegate-audit/1\0';
const HASH_BYTES = 32;

/** What stands before the first entry of a chain. */
export const FIRST_PREV_HASH = Buffer.alloc(HASH_BYTES);

/** One entry of a tenant's audit record, as it is exported. The three fields of the chain are null on older entries. */
export const auditEntrySchema = z.strictObject({
  id: z.int().min(1),
  tenantId: z.guid(),
  seq: z.int().min(1).nullable(),
  prevHash: key32Schema.nullable(),
  hash: key32Schema.nullable(),
  at: z.iso.datetime({ precision: 3 }),
  actorId: z.guid(),
  actorType: z.string(),
  action: z.string(),
  result: z.string(),
  gatewayId: z.guid().nullable(),
  subjectType: z.string(),
  subjectId: z.string().nullable(),
  traceId: z.string(),
  details: z.record(z.string(), z.json()),
  count: z.int().min(1),
});
export type ExportedAuditEntry = z.infer<typeof auditEntrySchema>;

/** What is hashed of an entry: everything but the hashes. */
export type HashedAuditEntry = Omit<ExportedAuditEntry, 'seq' | 'prevHash' | 'hash'> & { readonly seq: number };

/** @param prevHash of the entry before: whoever changes one entry has to change all after it. @returns SHA-256 */
export function hashEntry(entry: HashedAuditEntry, prevHash: Uint8Array): Buffer {
  return createHash('sha256').update(AUDIT_DOMAIN).update(prevHash).update(canonicalEntry(entry)).digest();
}

/** An array and not an object: the order of fields is part of the layout. */
function canonicalEntry(entry: HashedAuditEntry): string {
  return JSON.stringify([
    AUDIT_VERSION,
    entry.tenantId,
    entry.seq,
    entry.id,
    entry.at,
    entry.actorId,
    entry.actorType,
    entry.action,
    entry.result,
    entry.gatewayId,
    entry.subjectType,
    entry.subjectId,
    entry.traceId,
    sorted(entry.details),
    entry.count,
  ]);
}

/** The database keeps no order of keys, so their own order is taken, at every level. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, inner]) => [name, sorted(inner)]));
}
