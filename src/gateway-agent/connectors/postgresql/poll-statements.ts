import type { Operation } from '../../../contract/operations.js';
import { formatArrayLiteral } from './array-literal.js';
import type { CatalogColumn, CatalogTable } from './catalog-table.js';
import { OVERLAP_MICROS, type ChangedRowsState } from './changed-rows-state.js';
import { quoteIdentifier } from './identifier.js';
import { FIRST_WINDOW, type NewRowsState } from './new-rows-state.js';
import { condition, outputList, tableSource } from './row-source.js';
import { chosenOf } from './list-statements.js';
import { Binding, type Statement } from './statement.js';

export type PollItems = Extract<Operation, { name: 'pollItems' }>;

/** Rows to hand out, each followed by what tells its place. */
export interface PollStatement {
  readonly statement: Statement;
  readonly columns: readonly CatalogColumn[];
}

/** Keys of the rows below which the first watch begins. */
export function firstKeys(table: CatalogTable, column: CatalogColumn): Statement {
  const [name, { from }] = [quoteIdentifier(column.name), tableSource(table)];
  const text = `SELECT ${name} FROM ${from} WHERE ${name} > (SELECT max(${name}) FROM ${from}) - ${FIRST_WINDOW} ORDER BY ${name}`;
  return new Binding().statement(text, false);
}

/** Keys that are there now and were not when the state was made, in order. */
export function newKeys(table: CatalogTable, column: CatalogColumn, state: NewRowsState, limit: number): Statement {
  const binding = new Binding();
  const name = quoteIdentifier(column.name);
  const list = (values: readonly bigint[]): string => binding.add(formatArrayLiteral(values.map(String)));
  const gaps =
    state.gaps.length === 0
      ? ''
      : ` OR EXISTS (SELECT FROM unnest(${list(state.gaps.map(({ from }) => from))}::int8[], ${list(
          state.gaps.map(({ to }) => to),
        )}::int8[]) AS gap(low, high) WHERE ${name} BETWEEN low AND high)`;
  // The lowest number watched for: it lets an index leave out what lies below.
  const lowest = binding.add(String(state.gaps[0]?.from ?? state.last + 1n));
  const last = binding.add(String(state.last));
  const where = `${name} >= ${lowest}::int8 AND (${name} > ${last}::int8${gaps})`;
  const text = `SELECT ${name} FROM ${tableSource(table).from} WHERE ${where} ORDER BY ${name} LIMIT ${limit}`;
  return binding.statement(text, false);
}

/** Rows of some keys, as far as the caller's filter lets them through. */
export function newRows(
  table: CatalogTable,
  column: CatalogColumn,
  keys: readonly bigint[],
  poll: PollItems,
): PollStatement {
  const binding = new Binding();
  const source = tableSource(table);
  const columns = chosenOf(source, poll.select).map((each) => each.column);
  const name = quoteIdentifier(column.name);
  const filter = poll.filter ? ` AND (${condition(source, poll.filter, binding)})` : '';
  const among = binding.add(formatArrayLiteral(keys.map(String)));
  const where = `${name} = ANY(${among}::int8[])${filter}`;
  const text = `SELECT ${listOf(columns)}${name} FROM ${source.from} WHERE ${where} ORDER BY ${name} LIMIT ${poll.top + 1}`;
  return { statement: binding.statement(text, false), columns };
}

/** Changes of the last minutes before the latest, from the latest back. */
export function latestChanges(table: CatalogTable, column: CatalogColumn, limit: number): Statement {
  const name = quoteIdentifier(column.name);
  const { from } = tableSource(table);
  const isDue = dueCondition(column);
  const since = `(SELECT max(${name}) FROM ${from} WHERE ${isDue}) - ${OVERLAP}`;
  const order = [column, ...table.key].map((each) => `${quoteIdentifier(each.name)} DESC`).join(', ');
  const text = `SELECT ${placeList(table, column)} FROM ${from} WHERE ${isDue} AND ${name} > ${since} ORDER BY ${order} LIMIT ${limit}`;
  return new Binding().statement(text, false);
}

/** Changes since the window of the state began, in order, those handed out already among them. */
export function changedRows(
  table: CatalogTable,
  column: CatalogColumn,
  state: ChangedRowsState,
  poll: PollItems,
): PollStatement {
  const binding = new Binding();
  const source = tableSource(table);
  const columns = chosenOf(source, poll.select).map((each) => each.column);
  const order = [column, ...table.key];
  const names = order.map(({ name }) => quoteIdentifier(name)).join(', ');
  const conditions = [dueCondition(column)];
  const bind = (value: string, each: CatalogColumn): string => `${binding.add(value, each.name)}::${each.castType}`;
  const [latest] = state.latest?.place ?? [];
  if (latest !== undefined) conditions.push(`${quoteIdentifier(column.name)} > ${bind(latest, column)} - ${OVERLAP}`);
  if (state.floor) {
    conditions.push(`(${names}) > (${order.map((each, at) => bind(state.floor?.[at] ?? '', each)).join(', ')})`);
  }
  if (poll.filter) conditions.push(`(${condition(source, poll.filter, binding)})`);
  const limit = state.seen.length + poll.top + 1;
  const text = `SELECT ${listOf(columns)}${placeList(table, column)} FROM ${source.from} WHERE ${conditions.join(' AND ')} ORDER BY ${names} LIMIT ${limit}`;
  return { statement: binding.statement(text, false), columns };
}

const OVERLAP = `interval '${OVERLAP_MICROS / 1_000_000n} seconds'`;

/**
 * Times that lie ahead wait until they have come: one of them would move the window away from everything else. A time
 * without zone may be local, up to 14 hours ahead of UTC.
 */
function dueCondition({ name, kind }: CatalogColumn): string {
  const now = kind === 'timestamptz' ? 'now()' : `(now() AT TIME ZONE 'UTC') + interval '14 hours'`;
  return `isfinite(${quoteIdentifier(name)}) AND ${quoteIdentifier(name)} <= ${now}`;
}

/** Microseconds, time and key. */
function placeList(table: CatalogTable, column: CatalogColumn): string {
  const micros = `(extract(epoch FROM ${quoteIdentifier(column.name)}) * 1000000)::int8`;
  return [micros, ...[column, ...table.key].map(({ name }) => quoteIdentifier(name))].join(', ');
}

function listOf(columns: readonly CatalogColumn[]): string {
  return columns.length === 0 ? '' : `${outputList(columns)}, `;
}
