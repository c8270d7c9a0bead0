import type { TestDatabase } from './database.js';
import { FIRST_PREV_HASH, hashEntry, type HashedAuditEntry } from '../../src/contract/audit-entry.js';

/** Somebody with every right in the database: past the trigger that keeps the record append-only. */
export class Tamperer {
  constructor(private readonly database: TestDatabase) {}

  async run(statement: string): Promise<void> {
    await this.database.query(
      `BEGIN; ALTER TABLE audit_entry DISABLE TRIGGER audit_entry_no_row_change; ${statement};
       ALTER TABLE audit_entry ENABLE ALWAYS TRIGGER audit_entry_no_row_change; COMMIT`,
    );
  }

  /** Changes what one entry says and computes every hash after it anew, and the chain's end. */
  async rewriteFrom(tenantId: string, seq: number, action: string): Promise<void> {
    const rows = await this.database.query<
      Omit<HashedAuditEntry, 'id' | 'seq' | 'at'> & { id: string; seq: string; at: Date; hash: Buffer }
    >('SELECT * FROM audit_entry WHERE "tenantId" = $1 AND seq >= $2 ORDER BY seq', [tenantId, seq - 1]);
    let prevHash: Buffer = seq === 1 ? FIRST_PREV_HASH : (rows.shift()?.hash ?? FIRST_PREV_HASH);
    const statements: string[] = [];
    for (const [index, row] of rows.entries()) {
      const changed = index === 0 ? { ...row, action } : row;
      const entry = { ...changed, id: Number(row.id), seq: Number(row.seq), at: row.at.toISOString() };
      const hash = hashEntry(entry, prevHash);
      statements.push(
        `UPDATE audit_entry SET action = '${changed.action}', "prevHash" = '\\x${prevHash.toString('hex')}',
         hash = '\\x${hash.toString('hex')}' WHERE id = ${row.id}`,
      );
      prevHash = hash;
    }
    statements.push(`UPDATE audit_chain SET hash = '\\x${prevHash.toString('hex')}' WHERE "tenantId" = '${tenantId}'`);
    await this.run(statements.join(';\n'));
  }
}
