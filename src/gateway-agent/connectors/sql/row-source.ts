import { sql } from 'kysely';
import type { Filter } from '../../../contract/filter.js';
import type { OrderBy } from '../../../contract/operations.js';
import { SourceError } from '../source-error.js';
import type { CatalogColumn, CatalogTable } from './catalog-table.js';
import type { SqlDialect } from './dialect.js';
import { compileFilter } from './filter-sql.js';
import { identifier, list, type Fragment } from './fragment.js';

/** What rows are read from: a table, or what was computed over one. */
export interface RowSource {
  /** What stands after FROM. */
  readonly from: Fragment;
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

export function qualified(table: CatalogTable): Fragment {
  return identifier(table.schema, table.name);
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

export function condition(source: RowSource, filter: Filter, dialect: SqlDialect): Fragment {
  return compileFilter(filter, (name) => findColumn(source, name), dialect);
}

/** A blank in front; nothing without conditions. */
export function whereClause(conditions: readonly Fragment[]): Fragment {
  return conditions.length === 0 ? sql`` : sql` WHERE ${list(conditions, sql.raw(' AND '))}`;
}

export function outputList(
  columns: readonly CatalogColumn[],
  { expressions }: Pick<SqlDialect, 'expressions'>,
): Fragment {
  return columns.length === 0 ? sql`NULL` : list(columns.map((column) => expressions.output(column)));
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

export function orderOf(terms: readonly OrderTerm[], { expressions }: SqlDialect): readonly Fragment[] {
  return terms.map(({ column, descending }) => expressions.order(column, descending));
}
