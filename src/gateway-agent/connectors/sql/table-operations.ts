import type { Operation } from '../../../contract/operations.js';
import type { ConnectorAnswer } from '../connector.js';
import type { CatalogTable } from './catalog-table.js';
import { READ_BY_KEY, type DatabaseWork, type Purpose } from './database-work.js';
import type { WritePlan } from './dialect.js';
import { compile, type Statement } from './fragment.js';
import { itemMissing } from './item-key.js';
import { itemWriter } from './json-rows.js';
import type { Row } from './sql-session.js';
import {
  createItemPlan,
  deleteItemStatement,
  getItemStatement,
  readableColumns,
  updateItemPlan,
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
    const statement = asReusable(getItemStatement(table, operation.key, work.dialect), mayReuse);
    return oneItem(work, table, (await work.query(statement, READ_BY_KEY)).rows[0]);
  });
}

export function createItem(work: DatabaseWork, operation: Op<'createItem'>): Promise<ConnectorAnswer> {
  return work.withTable(operation.table, false, async (table, mayReuse) => {
    const row = await write(work, createItemPlan(table, operation.row, work.dialect), () => WRITE, mayReuse);
    // A rule or trigger of the source may take a row without storing it where it was asked to.
    return row ? oneItem(work, table, row) : bytesAnswer('{}');
  });
}

export function updateItem(work: DatabaseWork, operation: Op<'updateItem'>): Promise<ConnectorAnswer> {
  return work.withTable(operation.table, false, async (table, mayReuse) => {
    const plan = updateItemPlan(table, operation.key, operation.row, work.dialect);
    const purpose = ({ values }: Statement): Purpose => ({ ...WRITE, keyFrom: values.length - table.key.length });
    return oneItem(work, table, await write(work, plan, purpose, mayReuse));
  });
}

export function deleteItem(work: DatabaseWork, operation: Op<'deleteItem'>): Promise<ConnectorAnswer> {
  return work.withTable(operation.table, false, async (table, mayReuse) => {
    const statement = asReusable(deleteItemStatement(table, operation.key, work.dialect), mayReuse);
    const { rowCount } = await work.query(statement, DELETE);
    if (rowCount === 0) throw itemMissing(table);
    return { body: (async function* () {})() };
  });
}

/** Carries a plan out. @returns the row as it stands afterwards, as far as it can be known */
async function write(
  work: DatabaseWork,
  plan: WritePlan,
  purposeOf: (statement: Statement) => Purpose,
  mayReuse: boolean,
): Promise<Row | undefined> {
  const { compiler } = work.dialect;
  const statement = asReusable(compile(compiler, plan.write, true), mayReuse);
  const purpose = purposeOf(statement);
  const { read } = plan;
  if (!read) return (await work.query(statement, purpose)).rows[0];
  return work.together(async (query) => {
    const { rows, rowCount } = await query(statement, purpose);
    const reading = read(rows, rowCount);
    return reading && (await query(asReusable(compile(compiler, reading, true), mayReuse), WRITE)).rows[0];
  });
}

function oneItem(work: DatabaseWork, table: CatalogTable, row: Row | undefined): ConnectorAnswer {
  if (!row) throw itemMissing(table);
  return bytesAnswer(itemWriter(readableColumns(table), work.dialect)(row));
}
