import { sql } from 'kysely';
import type { Operation } from '../../../contract/operations.js';
import { aggregateSource } from './aggregate-source.js';
import type { CatalogColumn, CatalogTable } from './catalog-table.js';
import type { SqlDialect } from './dialect.js';
import { compile, type Statement } from './fragment.js';
import { behind, isTotal } from './keyset.js';
import {
  condition,
  findColumn,
  orderOf,
  orderTerms,
  outputList,
  tableSource,
  whereClause,
  type OrderTerm,
  type RowSource,
} from './row-source.js';

export type ListItems = Extract<Operation, { name: 'listItems' | 'queryItems' }>;

/** A column of an answer under the name that the caller knows. */
export interface NamedColumn {
  readonly name: string;
  readonly column: CatalogColumn;
}

/** A list as it is asked of the source, and what is in its rows. */
export interface ListStatement {
  readonly statement: Statement;
  /** Columns of the answer, the first in each row. */
  readonly columns: readonly NamedColumn[];
  /** Where in a row its place in the order stands; undefined when there is nothing to go on from. */
  readonly place: readonly number[] | undefined;
  /** Rows of the table itself, and not something computed over them. */
  readonly isItems: boolean;
}

/** One row more than asked for is fetched: it tells whether there are more. */
export function listStatement(table: CatalogTable, operation: ListItems, dialect: SqlDialect): ListStatement {
  const source = sourceOf(table, operation, dialect);
  const columns = chosenOf(source, operation.select);
  const terms = orderTerms(source, operation.orderBy);
  const order = operation.top !== undefined && isTotal(source, terms) ? terms : [];
  const { list, place } = withPlace(columns, order);
  const where = whereClause([
    ...(operation.filter ? [condition(source, operation.filter, dialect)] : []),
    ...(operation.name === 'queryItems' && operation.after !== undefined
      ? [behind(operation.after, terms, dialect)]
      : []),
  ]);
  const page = dialect.expressions.page({
    order: orderOf(terms, dialect),
    limit: operation.top === undefined ? undefined : operation.top + 1,
    offset: operation.skip === 0 ? undefined : operation.skip,
  });
  const text = sql`SELECT ${outputList(list, dialect)} FROM ${source.from}${where}${page}`;
  const isItems = operation.name === 'listItems' || operation.aggregation === undefined;
  const statement = compile(dialect.compiler, text);
  return { statement, columns, place: order.length > 0 ? place : undefined, isItems };
}

/** All that match, on whichever page. */
export function countStatement(table: CatalogTable, operation: ListItems, dialect: SqlDialect): Statement {
  const source = sourceOf(table, operation, dialect);
  const where = whereClause(operation.filter ? [condition(source, operation.filter, dialect)] : []);
  return compile(dialect.compiler, sql`SELECT count(*) FROM ${source.from}${where}`);
}

/** Columns of an answer: all that the login may read, or those chosen, once each. */
export function chosenOf(source: RowSource, select: readonly string[] | undefined): readonly NamedColumn[] {
  const all = [...source.columns].map(([name, column]) => ({ name, column }));
  if (!select || select.length === 0) return all.filter(({ column }) => column.selectable);
  return [...new Set(select)].map((name) => ({ name, column: findColumn(source, name) }));
}

function sourceOf(table: CatalogTable, operation: ListItems, dialect: SqlDialect): RowSource {
  return operation.name === 'queryItems' && operation.aggregation
    ? aggregateSource(table, operation.aggregation, dialect)
    : tableSource(table);
}

/** Columns of the order that the answer does not show are read behind those that it shows. */
function withPlace(
  columns: readonly NamedColumn[],
  terms: readonly OrderTerm[],
): { list: readonly CatalogColumn[]; place: readonly number[] } {
  const list = columns.map(({ column }) => column);
  const place = terms.map(({ column }) => {
    const known = list.findIndex(({ name }) => name === column.name);
    return known === -1 ? list.push(column) - 1 : known;
  });
  return { list, place };
}
