import type { OrderBy } from '../../../contract/operations.js';
import { SourceError } from '../source-error.js';
import type { CatalogColumn, CatalogTable } from './catalog-table.js';
import { compileFilter } from './filter-sql.js';
import { quoteIdentifier } from './identifier.js';
import type { Binding } from './statement.js';
import type { Filter } from '../../../contract/filter.js';

/** What rows are read from: a table, or what was computed over one. */
export interface RowSource {
  /** What stands after FROM. */
  readonly from: string;
  /** Names that callers use, with the columns they stand for. */
  readonly columns: ReadonlyMap<string, CatalogColumn>;
  /** Columns that tell rows apart; empty when there are none. */
  readonly key: readonly CatalogColumn[];
  readonly name: string;
}

/** One column of an order. */
export interface OrderTerm {
  readonly column: CatalogColumn;
  readonly descending: boolean;
}

export function qualified(table: CatalogTable): string {
  return `${quoteIdentifier(table.schema)}.${quoteIdentifier(table.name)}`;
}

export function tableSource(table: CatalogTable): RowSource {
  const columns = new Map(table.columns.map((column) => [column.name, column]));
  return { from: qualified(table), columns, key: table.key, name: table.name };
}

/** @throws SourceError COLUMN_UNKNOWN, also for columns that the login may not read */
export function findColumn(source: RowSource, name: string): CatalogColumn {
  const column = source.columns.get(name);
  if (column) return column;
  throw new SourceError('COLUMN_UNKNOWN', `The table has no column ${name}.`, {
    details: { column: name, table: source.name },
  });
}

export function condition(source: RowSource, filter: Filter, binding: Binding): string {
  return compileFilter(filter, (name) => findColumn(source, name), binding);
}

/** Money prints with the server's currency sign; as numeric it is a number. */
export function outputList(columns: readonly CatalogColumn[]): string {
  if (columns.length === 0) return 'NULL';
  return columns
    .map(({ name, kind }) => (kind === 'money' ? `${quoteIdentifier(name)}::numeric` : quoteIdentifier(name)))
    .join(', ');
}

/** The order asked for, completed by the key: pages of a result whose order has ties would overlap. */
export function orderTerms(source: RowSource, orderBy: readonly OrderBy[] | undefined): readonly OrderTerm[] {
  const asked = new Map<string, OrderTerm>();
  for (const { column: name, descending } of orderBy ?? []) {
    const column = findColumn(source, name);
    if (!asked.has(column.name)) asked.set(column.name, { column, descending });
  }
  const rest = source.key.filter(({ name }) => !asked.has(name)).map((column) => ({ column, descending: false }));
  return [...asked.values(), ...rest];
}

/** Nulls come first, as OData orders them. */
export function orderClause(terms: readonly OrderTerm[]): string {
  const texts = terms.map(({ column, descending }) => {
    const nulls = column.nullable ? (descending ? ' NULLS LAST' : ' NULLS FIRST') : '';
    return `${quoteIdentifier(column.name)}${descending ? ' DESC' : ''}${nulls}`;
  });
  return texts.length === 0 ? '' : ` ORDER BY ${texts.join(', ')}`;
}
