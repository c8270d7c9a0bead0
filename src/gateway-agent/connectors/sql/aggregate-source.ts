import { sql } from 'kysely';
import type { Aggregation, AggregateMethod } from '../../../contract/aggregation.js';
import { SourceError } from '../source-error.js';
import type { CatalogColumn, CatalogTable } from './catalog-table.js';
import type { ColumnKind } from './column-kind.js';
import type { Computed, SqlDialect } from './dialect.js';
import { identifier, list, type Fragment } from './fragment.js';
import { condition, findColumn, tableSource, whereClause, type RowSource } from './row-source.js';

type Aggregate = Aggregation['aggregates'][number];

const NUMBERS: ReadonlySet<ColumnKind> = new Set(['integer', 'decimal', 'float', 'money']);
/** Kinds of which every source knows a least and a greatest. */
const ORDERED: ReadonlySet<ColumnKind> = new Set([...NUMBERS, 'text', 'date', 'timestamp', 'timestamptz', 'time']);

/** A column of the result: the caller's name for it, and what stands for it inside. */
interface ResultColumn {
  readonly name: string;
  readonly sql: Fragment;
  readonly column: CatalogColumn;
}

/**
 * Rows put together, as something to read rows from. The caller's names never become SQL: inside they are numbered.
 *
 * @throws SourceError COLUMN_UNKNOWN, FILTER_INVALID, VALIDATION_FAILED
 */
export function aggregateSource(table: CatalogTable, aggregation: Aggregation, dialect: SqlDialect): RowSource {
  const { filter, groupBy, aggregates } = aggregation;
  const source = tableSource(table);
  const grouped = [...new Set(groupBy)];
  const names = [...grouped, ...aggregates.map(({ as }) => as)];
  const groups = grouped.map((name, index): ResultColumn => {
    const column = groupable(findColumn(source, name));
    const { sql: of, type } = plain(column, dialect);
    return { name, sql: of, column: { ...column, ...type, name: inner(index) } };
  });
  if (names.length === 0) throw invalid('The aggregation asks for nothing.');
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated !== undefined) throw invalid(`Two results are called ${repeated}.`, repeated);

  const results = aggregates.map((aggregate, index): ResultColumn => {
    const of = aggregate.column === undefined ? undefined : findColumn(source, aggregate.column);
    const computed = compute(aggregate, of, dialect);
    return { name: aggregate.as, sql: computed.sql, column: resultColumn(computed, inner(groups.length + index)) };
  });
  const all = [...groups, ...results];
  const selected = list(all.map(({ sql: of, column }) => sql`${of} AS ${identifier(column.name)}`));
  const where = whereClause(filter === undefined ? [] : [condition(source, filter, dialect)]);
  const by = groups.length === 0 ? sql`` : sql` GROUP BY ${list(groups.map(({ sql: of }) => of))}`;
  return {
    // No AS before the name: Oracle takes none.
    from: sql`(SELECT ${selected} FROM ${source.from}${where}${by}) ${identifier('grouped')}`,
    columns: new Map(all.map(({ name, column }) => [name, column])),
    key: groups.map(({ column }) => column),
    name: table.name,
  };
}

function inner(index: number): string {
  return `c${index}`;
}

function plain(column: CatalogColumn, { expressions }: SqlDialect): Computed {
  return expressions.readAs?.(column) ?? { sql: identifier(column.name), type: column };
}

function compute({ method, as }: Aggregate, of: CatalogColumn | undefined, dialect: SqlDialect): Computed {
  const { aggregates } = dialect;
  if (method === 'count') return { sql: sql`count(*)`, type: aggregates.count };
  if (of === undefined) throw invalid(`The result ${as} names no column.`, as);
  switch (method) {
    case 'countdistinct':
      return { sql: sql`count(DISTINCT ${identifier(groupable(of).name)})`, type: aggregates.count };
    case 'sum':
    case 'average':
      if (!NUMBERS.has(of.kind) || of.isArray) throw notFor(method, of);
      return method === 'sum' ? aggregates.sum(of) : aggregates.average(of);
    case 'min':
    case 'max': {
      if (!ORDERED.has(of.kind) || of.isArray) throw notFor(method, of);
      const { sql: value, type } = plain(of, dialect);
      return { sql: method === 'min' ? sql`min(${value})` : sql`max(${value})`, type };
    }
  }
}

function groupable(column: CatalogColumn): CatalogColumn {
  if (column.kind !== 'json' && !column.isArray && column.comparable) return column;
  throw new SourceError('FILTER_INVALID', `Rows cannot be grouped by the column ${column.name}.`, {
    details: { column: column.name, type: column.sourceType },
  });
}

/** A column that no table has: never a key, never written, null where nothing was there to compute with. */
function resultColumn({ type }: Computed, name: string): CatalogColumn {
  const { castType, sourceType, typeId, kind, isArray, elementKind, range } = type;
  return {
    ...{ name, castType, sourceType, typeId, kind, isArray, elementKind, range },
    ...{ nullable: true, hasDefault: false, readOnly: true, keyOrder: undefined, maxLength: undefined },
    ...{ selectable: true, comparable: true },
  };
}

function notFor(method: AggregateMethod, { name, sourceType }: CatalogColumn): SourceError {
  return new SourceError('FILTER_INVALID', `The column ${name} has no ${method}.`, {
    details: { column: name, type: sourceType, function: method },
  });
}

function invalid(message: string, name?: string): SourceError {
  return new SourceError('VALIDATION_FAILED', message, name === undefined ? {} : { details: { column: name } });
}
