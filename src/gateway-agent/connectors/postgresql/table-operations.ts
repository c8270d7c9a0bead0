import type { Operation } from '../../../contract/operations.js';
import type { ConnectorAnswer } from '../connector.js';
import { SourceError } from '../source-error.js';
import type { CatalogTable } from './catalog-table.js';
import { READ, READ_BY_KEY, type DatabaseWork, type Purpose } from './database-work.js';
import { itemMissing } from './item-key.js';
import { itemWriter } from './json-rows.js';
import { FIRST_BATCH_ROWS } from './row-stream.js';
import { rowBody } from './row-body.js';
import type { Lease } from './running-statement.js';
import type { Statement } from './statement.js';
import {
  chosenColumns,
  countStatement,
  createItemStatement,
  deleteItemStatement,
  getItemStatement,
  listItemsStatement,
  updateItemStatement,
} from './table-statements.js';

type Op<N extends Operation['name']> = Extract<Operation, { name: N }>;

const JSON_MEDIA_TYPE = 'application/json';
const WRITE: Purpose = { badValue: 'VALIDATION_FAILED', isWrite: true, isNative: false };
const DELETE: Purpose = { badValue: 'ITEM_NOT_FOUND', isWrite: true, isNative: false };

/** An answer that is there already. */
export function bytesAnswer(text: string): ConnectorAnswer {
  return {
    mediaType: JSON_MEDIA_TYPE,
    body: (async function* () {
      yield Buffer.from(text);
    })(),
  };
}

function asReusable(statement: Statement, mayReuse: boolean): Statement {
  return mayReuse ? statement : { ...statement, isRepeated: false };
}

export function getItem(work: DatabaseWork, operation: Op<'getItem'>): Promise<ConnectorAnswer> {
  return work.withTable(operation.table, true, async (table, mayReuse) => {
    const statement = asReusable(getItemStatement(table, operation.key), mayReuse);
    return oneItem(table, (await work.query(statement, READ_BY_KEY)).rows[0]);
  });
}

export function createItem(work: DatabaseWork, operation: Op<'createItem'>): Promise<ConnectorAnswer> {
  return work.withTable(operation.table, false, async (table, mayReuse) => {
    const statement = asReusable(createItemStatement(table, operation.row), mayReuse);
    const { rows } = await work.query(statement, WRITE);
    // A rule or trigger of the source may take a row without storing it where it was asked to.
    return rows[0] ? oneItem(table, rows[0]) : bytesAnswer('{}');
  });
}

export function updateItem(work: DatabaseWork, operation: Op<'updateItem'>): Promise<ConnectorAnswer> {
  return work.withTable(operation.table, false, async (table, mayReuse) => {
    const statement = asReusable(updateItemStatement(table, operation.key, operation.row), mayReuse);
    const purpose: Purpose = { ...WRITE, keyFrom: statement.values.length - table.key.length };
    return oneItem(table, (await work.query(statement, purpose)).rows[0]);
  });
}

export function deleteItem(work: DatabaseWork, operation: Op<'deleteItem'>): Promise<ConnectorAnswer> {
  return work.withTable(operation.table, false, async (table, mayReuse) => {
    const { rowCount } = await work.query(asReusable(deleteItemStatement(table, operation.key), mayReuse), DELETE);
    if (rowCount === 0) throw itemMissing(table);
    return { body: (async function* () {})() };
  });
}

function oneItem(table: CatalogTable, row: readonly (string | null)[] | undefined): ConnectorAnswer {
  if (!row) throw itemMissing(table);
  return bytesAnswer(itemWriter(chosenColumns(table, undefined))(row));
}

export function listItems(work: DatabaseWork, operation: Op<'listItems'>): Promise<ConnectorAnswer> {
  return work.withTable(operation.table, true, async (table) => {
    const statement = listItemsStatement(table, operation);
    const write = itemWriter(chosenColumns(table, operation.select));
    const lease = await work.lease();
    try {
      const count = operation.count ? await beginAndCount(work, lease, table, operation) : undefined;
      // What fits into the first batch needs no cursor, and so no second round trip to close one.
      const limit = operation.top ?? Number.POSITIVE_INFINITY;
      const running = work.run(lease, statement, READ, limit < FIRST_BATCH_ROWS ? 'at-once' : 'cursor');
      const first = await running.next();
      let hasMore = false;
      const onEnd = async (rowsSeen: number): Promise<void> => {
        hasMore = rowsSeen > limit;
        if (operation.count) await lease.session.command('COMMIT');
        lease.release();
      };
      return {
        mediaType: JSON_MEDIA_TYPE,
        body: rowBody({ running, first, write, limit, prefix: '[', suffix: ']', onEnd }),
        trailer: () => ({ hasMore, ...(count === undefined ? {} : { count }) }),
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
  operation: Op<'listItems'>,
): Promise<number> {
  const statement = countStatement(table, operation);
  await lease.session.command('BEGIN ISOLATION LEVEL REPEATABLE READ');
  const [row] = await work.run(lease, statement, READ, 'at-once').all();
  if (!row?.[0]) throw new SourceError('SOURCE_FAILED', 'The data source did not count.', { hop: 'source' });
  return Number(row[0]);
}

async function endTransaction(lease: Lease, isOpen: boolean): Promise<void> {
  if (isOpen && lease.session.isUsable) await lease.releaseReset();
  else lease.release();
}
