import type { HashedAuditEntry } from '../../contract/audit-entry.js';
import { hashEntry } from '../../contract/audit-entry.js';
import type { AuditRecord } from './audit.types.js';

/** A row of the table as JSON for the database: bytes in its own spelling. */
export interface AuditRow extends HashedAuditEntry {
  readonly prevHash: string;
  readonly hash: string;
}

/** Where a chain stands. */
export interface ChainEnd {
  readonly seq: bigint;
  readonly hash: Uint8Array;
}

/** What every row of one write has in common. */
export interface RowBasis {
  readonly ids: readonly bigint[];
  readonly at: Date;
  readonly traceId: string;
}

/**
 * Makes the rows that follow `end`, one for each record.
 *
 * @returns the rows, and where the chain stands after them
 */
export function chainRows(
  records: readonly AuditRecord[],
  end: ChainEnd,
  { ids, at, traceId }: RowBasis,
): { readonly rows: AuditRow[]; readonly end: ChainEnd } {
  let { seq, hash } = end;
  const rows = records.map((record, index) => {
    seq += 1n;
    const entry: HashedAuditEntry = {
      id: Number(ids[index]),
      seq: Number(seq),
      tenantId: record.tenantId,
      at: (record.at ?? at).toISOString(),
      actorId: record.actor.id,
      actorType: record.actor.type,
      action: record.action,
      result: record.result ?? 'succeeded',
      gatewayId: record.gatewayId ?? null,
      subjectType: record.subject.type,
      subjectId: record.subject.id === undefined ? null : storable(record.subject.id),
      traceId: record.traceId ?? traceId,
      details: storableDetails(record.details ?? {}),
      count: record.count ?? 1,
    };
    const prevHash = hash;
    hash = hashEntry(entry, prevHash);
    return { ...entry, prevHash: bytea(prevHash), hash: bytea(hash) };
  });
  return { rows, end: { seq, hash } };
}

/** PostgreSQL stores neither NUL nor half of a surrogate pair; what callers named may hold both. */
function storable(text: string): string {
  return text.replace(/[\u0000\p{Cs}]/gu, '\uFFFD');
}

/** As the database gives it back: without what JSON leaves out, so that the hash can be computed again. */
function storableDetails(details: object): HashedAuditEntry['details'] {
  const text = JSON.stringify(details, (_name, value: unknown) =>
    typeof value === 'string' ? storable(value) : value,
  );
  return JSON.parse(text) as HashedAuditEntry['details'];
}

function bytea(bytes: Uint8Array): string {
  return `\\x${Buffer.from(bytes).toString('hex')}`;
}
