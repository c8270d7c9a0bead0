import { sql } from 'kysely';
import type { Operation } from '../../../contract/operations.js';
import type { CatalogColumn, CatalogTable } from './catalog-table.js';
import { OVERLAP_MICROS, type ChangedRowsState } from './changed-rows-state.js';
import type { SqlDialect } from './dialect.js';
import { compile, identifier, list, type Fragment, type Statement } from './fragment.js';
import { behind } from './keyset.js';
import { chosenOf } from './list-statements.js';
import { FIRST_WINDOW, type NewRowsState } from './new-rows-state.js';
import { condition, orderOf, outputList, tableSource, whereClause } from './row-source.js';

export type PollItems = Extract<Operation, { name: 'pollItems' }>;

/** Rows to hand out, each followed by what tells its place. */
export interface PollStatement {
  readonly statement: Statement;
  readonly columns: readonly CatalogColumn[];
}

/** Longest list of values that every source takes in one IN (Oracle's). */
const MAX_LIST = 1000;
const OVERLAP_SECONDS = Number(OVERLAP_MICROS / 1_000_000n);
const OR = sql.raw(' OR ');

/** Digits of a number are safe as text of a statement, and there may be more of them than a source binds. */
function digits(value: bigint): Fragment {
  return sql.raw(value < 0n ? `(${value})` : String(value));
}

/** Keys of the rows below which the first watch begins. */
export function firstKeys(table: CatalogTable, column: CatalogColumn, dialect: SqlDialect): Statement {
  const [key, { from }] = [identifier(column.name), tableSource(table)];
  const page = dialect.expressions.page({ order: [key] });
  const window = digits(FIRST_WINDOW);
  return compile(
    dialect.compiler,
    sql`SELECT ${dialect.expressions.output(column)} FROM ${from} WHERE ${key} > (SELECT max(${key}) FROM ${from}) - ${window}${page}`,
  );
}

/** Keys that are there now and were not when the state was made, in order. */
export function newKeys(
  table: CatalogTable,
  column: CatalogColumn,
  { state, limit }: { readonly state: NewRowsState; readonly limit: number },
  dialect: SqlDialect,
): Statement {
  const key = identifier(column.name);
  const watched = [
    sql`${key} > ${digits(state.last)}`,
    ...state.gaps.map(({ from, to }) => sql`${key} BETWEEN ${digits(from)} AND ${digits(to)}`),
  ];
  // The lowest number watched for: it lets an index leave out what lies below.
  const lowest = digits(state.gaps[0]?.from ?? state.last + 1n);
  const where = whereClause([sql`${key} >= ${lowest}`, sql`(${list(watched, OR)})`]);
  const page = dialect.expressions.page({ order: [key], limit });
  const text = sql`SELECT ${dialect.expressions.output(column)} FROM ${tableSource(table).from}${where}${page}`;
  return compile(dialect.compiler, text);
}

/** Rows of some keys, as far as the caller's filter lets them through. */
export function newRows(
  table: CatalogTable,
  column: CatalogColumn,
  { keys, poll }: { readonly keys: readonly bigint[]; readonly poll: PollItems },
  dialect: SqlDialect,
): PollStatement {
  const source = tableSource(table);
  const columns = chosenOf(source, poll.select).map((each) => each.column);
  const key = identifier(column.name);
  const parts: Fragment[] = [];
  for (let at = 0; at < keys.length; at += MAX_LIST) {
    parts.push(sql`${key} IN (${list(keys.slice(at, at + MAX_LIST).map(digits))})`);
  }
  const where = whereClause([
    sql`(${list(parts, OR)})`,
    ...(poll.filter ? [sql`(${condition(source, poll.filter, dialect)})`] : []),
  ]);
  const page = dialect.expressions.page({ order: [key], limit: poll.top + 1 });
  const text = sql`SELECT ${outputList([...columns, column], dialect)} FROM ${source.from}${where}${page}`;
  return { statement: compile(dialect.compiler, text), columns };
}

/** Changes of the last minutes before the latest, from the latest back. */
export function latestChanges(
  table: CatalogTable,
  column: CatalogColumn,
  limit: number,
  dialect: SqlDialect,
): Statement {
  const name = identifier(column.name);
  const { from } = tableSource(table);
  const isDue = dialect.moments.isDue(column);
  const latest = sql`(SELECT max(${name}) FROM ${from} WHERE ${isDue})`;
  const where = whereClause([isDue, sql`${name} > ${dialect.moments.earlier(latest, OVERLAP_SECONDS)}`]);
  const order = [column, ...table.key].map((each) => sql`${identifier(each.name)} DESC`);
  const page = dialect.expressions.page({ order, limit });
  return compile(dialect.compiler, sql`SELECT ${placeList(table, column, dialect)} FROM ${from}${where}${page}`);
}

/** Changes since the window of the state began, in order, those handed out already among them. */
export function changedRows(
  table: CatalogTable,
  column: CatalogColumn,
  { state, poll }: { readonly state: ChangedRowsState; readonly poll: PollItems },
  dialect: SqlDialect,
): PollStatement {
  const { expressions, moments } = dialect;
  const source = tableSource(table);
  const columns = chosenOf(source, poll.select).map((each) => each.column);
  // Rows without a time are never due, so it counts as one that is never null.
  const terms = [{ ...column, nullable: false }, ...table.key].map((each) => ({ column: each, descending: false }));
  const [latest] = state.latest?.place ?? [];
  const where = whereClause([
    moments.isDue(column),
    ...(latest === undefined
      ? []
      : [
          sql`${identifier(column.name)} > ${moments.earlier(expressions.rowLiteral(latest, column), OVERLAP_SECONDS)}`,
        ]),
    ...(state.floor ? [behind(JSON.stringify(terms.map((_, at) => state.floor?.[at] ?? '')), terms, dialect)] : []),
    ...(poll.filter ? [sql`(${condition(source, poll.filter, dialect)})`] : []),
  ]);
  const page = expressions.page({ order: orderOf(terms, dialect), limit: state.seen.length + poll.top + 1 });
  const all = list([...columns.map((each) => expressions.output(each)), placeList(table, column, dialect)]);
  return { statement: compile(dialect.compiler, sql`SELECT ${all} FROM ${source.from}${where}${page}`), columns };
}

/** Microseconds, time and key. */
function placeList(table: CatalogTable, column: CatalogColumn, { expressions, moments }: SqlDialect): Fragment {
  return list([moments.micros(column), ...[column, ...table.key].map((each) => expressions.output(each))]);
}
