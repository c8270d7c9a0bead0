import type { Operation } from '../../../contract/operations.js';
import type { ConnectorAnswer } from '../connector.js';
import type { CatalogTable } from './catalog-table.js';
import { READ_BY_KEY, type DatabaseWork, type Purpose } from './database-work.js';
import { itemMissing } from './item-key.js';
import { itemWriter } from './json-rows.js';
import type { Statement } from './statement.js';
import {
  createItemStatement,
  deleteItemStatement,
  getItemStatement,
  readableColumns,
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
  return bytesAnswer(itemWriter(readableColumns(table))(row));
}
