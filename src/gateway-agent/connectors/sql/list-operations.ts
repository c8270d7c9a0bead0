import type { ConnectorAnswer } from '../connector.js';
import { SourceError } from '../source-error.js';
import type { CatalogTable } from './catalog-table.js';
import { READ, type DatabaseWork } from './database-work.js';
import { EarlyRows } from './early-rows.js';
import { groupWriter, itemWriter } from './json-rows.js';
import { placeOf } from './keyset.js';
import { countStatement, listStatement, type ListItems } from './list-statements.js';
import { refuseEarly, rowBody } from './row-body.js';
import type { Lease } from './running-statement.js';
import { FIRST_BATCH_ROWS, type Row } from './sql-session.js';

/** Rows as the reader takes them. */
export function listItems(work: DatabaseWork, operation: ListItems): Promise<ConnectorAnswer> {
  return work.withTable(operation.table, true, async (table) => {
    const { statement, columns, place, isItems } = listStatement(table, operation, work.dialect);
    const write = isItems
      ? itemWriter(
          columns.map(({ column }) => column),
          work.dialect,
        )
      : groupWriter(columns, work.dialect);
    const lease = await work.lease();
    try {
      const count = operation.count ? await beginAndCount(work, lease, table, operation) : undefined;
      // What fits into the first batch, but for the row that tells of more, needs no cursor and so no second round trip.
      const limit = operation.top ?? Number.POSITIVE_INFINITY;
      const early = limit <= FIRST_BATCH_ROWS ? new EarlyRows(write) : undefined;
      const running = early
        ? work.runEarly(lease, statement, READ, early.arrived)
        : work.run(lease, statement, READ, 'cursor');
      const first = await running.next();
      const { maxRows } = work;
      await refuseEarly(running, Math.min(first?.length ?? 0, limit), maxRows);
      let hasMore = false;
      let continuation: string | undefined;
      const onEnd = async (rowsSeen: number, last: Row | undefined): Promise<void> => {
        hasMore = rowsSeen > limit;
        if (hasMore && last && place) continuation = placeOf(last, place);
        if (operation.count) await lease.session.commit();
        lease.release();
      };
      return {
        mediaType: 'application/json',
        body: rowBody({ running, first, write: early?.take ?? write, limit, maxRows, prefix: '[', suffix: ']', onEnd }),
        trailer: () => ({
          hasMore,
          ...(count === undefined ? {} : { count }),
          ...(continuation === undefined ? {} : { continuation }),
        }),
      };
    } catch (error) {
      await endTransaction(lease, operation.count === true);
      throw error;
    }
  });
}

/** Rows and their count come from one snapshot, so that they agree. */
async function beginAndCount(
  work: DatabaseWork,
  lease: Lease,
  table: CatalogTable,
  operation: ListItems,
): Promise<number> {
  const statement = countStatement(table, operation, work.dialect);
  await lease.session.begin('snapshot');
  const [row] = await work.run(lease, statement, READ, 'at-once').all();
  if (!row?.[0]) throw new SourceError('SOURCE_FAILED', 'The data source did not count.', { hop: 'source' });
  return Number(row[0]);
}

async function endTransaction(lease: Lease, isOpen: boolean): Promise<void> {
  if (isOpen && lease.session.isUsable) await lease.releaseReset();
  else lease.release();
}
