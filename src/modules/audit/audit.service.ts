import { Injectable } from '@nestjs/common';
import type { Transaction } from '../../common/prisma/transaction.js';
import { currentRequest } from '../../common/request-context.js';
import { FIRST_PREV_HASH } from '../../contract/audit-entry.js';
import { chainRows } from './audit-row.js';
import type { AuditRecord } from './audit.types.js';

export type { AuditRecord } from './audit.types.js';

/**
 * The append-only record of changes and refusals: the database itself refuses to change or delete a line, and the lines
 * of a tenant are chained, so that a change made past the database shows.
 */
@Injectable()
export class AuditService {
  /**
   * Takes the lock under which the tenant's chain grows and keeps it until the transaction ends: nothing that takes time
   * or another lock comes after it.
   *
   * @param tx the transaction of the change itself, so that neither happens without the other
   */
  async record(tx: Transaction, record: AuditRecord): Promise<void> {
    await this.recordAll(tx, record.tenantId, [record]);
  }

  /** @param records of this tenant, in the order they are to stand in */
  async recordAll(tx: Transaction, tenantId: string, records: readonly AuditRecord[]): Promise<void> {
    if (records.length === 0) return;
    const [begin] = await tx.$queryRaw<{ seq: bigint; hash: Uint8Array; ids: bigint[] }[]>`
      INSERT INTO audit_chain ("tenantId", seq, hash) VALUES (${tenantId}::uuid, 0, ${new Uint8Array(FIRST_PREV_HASH)})
      ON CONFLICT ("tenantId") DO UPDATE SET seq = audit_chain.seq
      RETURNING seq, hash, ARRAY(
        SELECT nextval('audit_entry_id_seq') FROM generate_series(1, ${records.length}::int)
      ) AS ids`;
    if (!begin) throw new Error('the audit chain did not answer');
    const { traceId } = currentRequest();
    const { rows, end } = chainRows(records, begin, { ids: begin.ids, at: new Date(), traceId });
    await tx.$executeRaw`
      WITH moved AS (
        UPDATE audit_chain SET seq = ${end.seq}, hash = ${new Uint8Array(end.hash)} WHERE "tenantId" = ${tenantId}::uuid
      )
      INSERT INTO audit_entry (
        id, "tenantId", seq, "prevHash", hash, at, "actorId", "actorType", action, result, "gatewayId", "subjectType",
        "subjectId", "traceId", details, count
      )
      SELECT
        id, "tenantId", seq, "prevHash", hash, at, "actorId", "actorType", action, result, "gatewayId", "subjectType",
        "subjectId", "traceId", details, count
      FROM jsonb_populate_recordset(NULL::audit_entry, ${JSON.stringify(rows)}::jsonb)`;
  }
}
