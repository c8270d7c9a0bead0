import type { Aggregation, AggregateMethod } from '../../../contract/aggregation.js';
import { SourceError } from '../source-error.js';
import type { CatalogColumn, CatalogTable } from './catalog-table.js';
import type { ColumnKind } from './column-kind.js';
import { quoteIdentifier } from './identifier.js';
import { condition, findColumn, tableSource, type RowSource } from './row-source.js';
import type { Binding } from './statement.js';

type Aggregate = Aggregation['aggregates'][number];

const NUMBERS: ReadonlySet<ColumnKind> = new Set(['integer', 'decimal', 'float', 'money']);
/** Kinds of which the source knows a least and a greatest in every version served. */
const ORDERED: ReadonlySet<ColumnKind> = new Set([...NUMBERS, 'text', 'date', 'timestamp', 'timestamptz', 'time']);

/** Type oids of what aggregates yield. */
const TYPES = {
  bigint: { castType: 'bigint', sourceType: 'bigint', oid: 20, kind: 'integer' },
  numeric: { castType: 'numeric', sourceType: 'numeric', oid: 1700, kind: 'decimal' },
  float8: { castType: 'double precision', sourceType: 'double precision', oid: 701, kind: 'float' },
} as const;

/**
 * Rows put together, as something to read rows from. The caller's names never become SQL: inside they are numbered.
 *
 * @throws SourceError COLUMN_UNKNOWN, FILTER_INVALID, VALIDATION_FAILED
 */
export function aggregateSource(table: CatalogTable, aggregation: Aggregation, binding: Binding): RowSource {
  const { filter, groupBy, aggregates } = aggregation;
  const source = tableSource(table);
  const grouped = [...new Set(groupBy)].map((name) => ({ name, column: groupable(findColumn(source, name)) }));
  const names = [...grouped.map(({ name }) => name), ...aggregates.map(({ as }) => as)];
  if (names.length === 0) throw invalid('The aggregation asks for nothing.');
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated !== undefined) throw invalid(`Two results are called ${repeated}.`, repeated);

  const inner = (index: number): string => `c${index}`;
  const groups = grouped.map(({ name, column }, index) => {
    const sql = column.kind === 'money' ? `${quoteIdentifier(column.name)}::numeric` : quoteIdentifier(column.name);
    const type = column.kind === 'money' ? TYPES.numeric : {};
    return { name, sql, column: { ...column, ...type, name: inner(index) } };
  });
  const results = aggregates.map((aggregate, index) => {
    const { sql, column } = compute(
      aggregate,
      aggregate.column === undefined ? undefined : findColumn(source, aggregate.column),
    );
    return { name: aggregate.as, sql, column: { ...column, name: inner(groups.length + index) } };
  });
  const all = [...groups, ...results];
  const list = all.map(({ sql, column }) => `${sql} AS ${quoteIdentifier(column.name)}`).join(', ');
  const where = filter === undefined ? '' : ` WHERE ${condition(source, filter, binding)}`;
  const by = groups.length === 0 ? '' : ` GROUP BY ${groups.map((_, index) => index + 1).join(', ')}`;
  return {
    from: `(SELECT ${list} FROM ${source.from}${where}${by}) AS grouped`,
    columns: new Map(all.map(({ name, column }) => [name, column])),
    key: groups.map(({ column }) => column),
    name: table.name,
  };
}

function compute({ method, as }: Aggregate, of: CatalogColumn | undefined): { sql: string; column: CatalogColumn } {
  if (method === 'count') return { sql: 'count(*)', column: result(TYPES.bigint) };
  if (of === undefined) throw invalid(`The result ${as} names no column.`, as);
  const column = of.kind === 'money' ? { ...of, ...TYPES.numeric } : of;
  const name = quoteIdentifier(of.name);
  const sql = of.kind === 'money' ? `${name}::numeric` : name;
  switch (method) {
    case 'countdistinct':
      return { sql: `count(DISTINCT ${quoteIdentifier(groupable(of).name)})`, column: result(TYPES.bigint) };
    case 'sum':
    case 'average': {
      if (!NUMBERS.has(of.kind) || of.isArray) throw notFor(method, of);
      const word = method === 'sum' ? 'sum' : 'avg';
      if (of.kind === 'float') return { sql: `${word}(${sql}::float8)`, column: result(TYPES.float8) };
      return { sql: `${word}(${sql}::numeric)`, column: result(TYPES.numeric) };
    }
    case 'min':
    case 'max':
      if (!ORDERED.has(of.kind) || of.isArray) throw notFor(method, of);
      return { sql: `${method}(${sql})`, column: { ...result(column), castType: column.castType } };
  }
}

function groupable(column: CatalogColumn): CatalogColumn {
  if (column.kind !== 'json' && !column.isArray && column.comparable) return column;
  throw new SourceError('FILTER_INVALID', `Rows cannot be grouped by the column ${column.name}.`, {
    details: { column: column.name, type: column.sourceType },
  });
}

/** A column that no table has: never a key, never written, null where nothing was there to compute with. */
function result(type: Pick<CatalogColumn, 'castType' | 'sourceType' | 'oid' | 'kind'>): CatalogColumn {
  const { castType, sourceType, oid, kind } = type;
  const rest = { isArray: false, elementKind: 'other', hasDefault: false, readOnly: true } as const;
  const none = { keyOrder: undefined, maxLength: undefined };
  return {
    name: '',
    castType,
    sourceType,
    oid,
    kind,
    ...rest,
    ...none,
    nullable: true,
    selectable: true,
    comparable: true,
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
