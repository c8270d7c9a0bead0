import type { Operation } from '../../../contract/operations.js';
import { aggregateSource } from './aggregate-source.js';
import type { CatalogColumn, CatalogTable } from './catalog-table.js';
import { behind, isTotal } from './keyset.js';
import {
  condition,
  findColumn,
  orderClause,
  orderTerms,
  outputList,
  tableSource,
  type OrderTerm,
  type RowSource,
} from './row-source.js';
import { Binding, type Statement } from './statement.js';

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
export function listStatement(table: CatalogTable, operation: ListItems): ListStatement {
  const binding = new Binding();
  const source = sourceOf(table, operation, binding);
  const columns = chosenOf(source, operation.select);
  const terms = orderTerms(source, operation.orderBy);
  const order = operation.top !== undefined && isTotal(source, terms) ? terms : [];
  const { list, place } = withPlace(columns, order);
  const conditions = [
    ...(operation.filter ? [condition(source, operation.filter, binding)] : []),
    ...(operation.name === 'queryItems' && operation.after !== undefined
      ? [behind(operation.after, terms, binding)]
      : []),
  ];
  const where = conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
  let text = `SELECT ${outputList(list)} FROM ${source.from}${where}${orderClause(terms)}`;
  if (operation.top !== undefined) text += ` LIMIT ${binding.add(String(operation.top + 1))}::int8`;
  if (operation.skip) text += ` OFFSET ${binding.add(String(operation.skip))}::int8`;
  const isItems = operation.name === 'listItems' || operation.aggregation === undefined;
  return { statement: binding.statement(text, false), columns, place: order.length > 0 ? place : undefined, isItems };
}

/** All that match, on whichever page. */
export function countStatement(table: CatalogTable, operation: ListItems): Statement {
  const binding = new Binding();
  const source = sourceOf(table, operation, binding);
  const where = operation.filter ? ` WHERE ${condition(source, operation.filter, binding)}` : '';
  return binding.statement(`SELECT count(*) FROM ${source.from}${where}`, false);
}

/** Columns of an answer: all that the login may read, or those chosen, once each. */
export function chosenOf(source: RowSource, select: readonly string[] | undefined): readonly NamedColumn[] {
  const all = [...source.columns].map(([name, column]) => ({ name, column }));
  if (!select || select.length === 0) return all.filter(({ column }) => column.selectable);
  return [...new Set(select)].map((name) => ({ name, column: findColumn(source, name) }));
}

function sourceOf(table: CatalogTable, operation: ListItems, binding: Binding): RowSource {
  return operation.name === 'queryItems' && operation.aggregation
    ? aggregateSource(table, operation.aggregation, binding)
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
