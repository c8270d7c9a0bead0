import type { Aggregation } from '../../src/contract/aggregation.js';
import {
  COMPARISON_OPERATORS,
  TEXT_FUNCTIONS,
  VALUE_FUNCTIONS,
  type Expression,
  type Filter,
  type FilterValue,
  type ValueFunction,
} from '../../src/contract/filter.js';
import type { CatalogColumn, CatalogTable } from '../../src/gateway-agent/connectors/sql/catalog-table.js';
import type { ColumnKind } from '../../src/gateway-agent/connectors/sql/column-kind.js';
import type { SqlDialect } from '../../src/gateway-agent/connectors/sql/dialect.js';
import { compile, type Statement } from '../../src/gateway-agent/connectors/sql/fragment.js';
import {
  countStatement,
  listStatement,
  type ListItems,
} from '../../src/gateway-agent/connectors/sql/list-statements.js';
import {
  changedRows,
  firstKeys,
  latestChanges,
  newKeys,
  newRows,
  type PollItems,
} from '../../src/gateway-agent/connectors/sql/poll-statements.js';
import {
  createItemPlan,
  deleteItemStatement,
  getItemStatement,
  updateItemPlan,
} from '../../src/gateway-agent/connectors/sql/table-statements.js';

/** A statement under the name of what asks for it. */
export interface GoldenCase {
  readonly name: string;
  readonly statement: Statement;
}

const column = (name: string, kind: ColumnKind, more: Partial<CatalogColumn> = {}): CatalogColumn => ({
  ...{ name, kind, castType: CAST[kind], sourceType: CAST[kind], typeId: 0, isArray: false, elementKind: 'other' },
  ...{ nullable: true, hasDefault: false, readOnly: false, keyOrder: undefined, maxLength: undefined },
  ...{ selectable: true, comparable: true },
  ...more,
});

/** Names of types that the databases served have in common, as far as they do. */
const CAST: Readonly<Record<ColumnKind, string>> = {
  integer: 'integer',
  decimal: 'numeric',
  float: 'float',
  money: 'money',
  boolean: 'boolean',
  text: 'varchar',
  date: 'date',
  timestamp: 'timestamp',
  timestamptz: 'timestamptz',
  time: 'time',
  uuid: 'uuid',
  binary: 'binary',
  json: 'json',
  other: 'other',
};

const ID = column('id', 'integer', {
  ...{ nullable: false, keyOrder: 1, isSerial: true, hasDefault: true },
  range: { least: -(2n ** 31n), most: 2n ** 31n - 1n },
});
const KINDS: readonly ColumnKind[] = [
  ...(['decimal', 'float', 'boolean', 'text', 'date', 'timestamp', 'timestamptz', 'time', 'uuid', 'binary'] as const),
];
const COLUMNS = [ID, ...KINDS.map((kind) => column(kind, kind)), column('a"b]c`.odd', 'text')];
/** Every part of its name is odd. */
const TABLE: CatalogTable = { schema: 's.odd"]`', name: 'a"b]c`.odd', columns: COLUMNS, key: [ID] };
const PAIR_KEY = [column('a', 'integer', { nullable: false }), column('b', 'text', { nullable: false })];
const PAIR: CatalogTable = { schema: 's', name: 'pair', columns: PAIR_KEY, key: PAIR_KEY };

const list = (more: Partial<Extract<ListItems, { name: 'queryItems' }>>): ListItems => ({
  name: 'queryItems',
  table: 't',
  select: ['id'],
  ...more,
});
const where = (filter: Filter): ListItems => list({ filter });
const of = (name: string): Expression => ({ kind: 'column', column: name });
const text = (value: string): FilterValue => ({ type: 'string', value });
const number = (value: string): FilterValue => ({ type: 'number', value });
const value = (literal: FilterValue): Expression => ({ kind: 'value', value: literal });
const compare = (left: Expression, literal: FilterValue): Filter => ({
  ...{ kind: 'compare', operator: 'eq', left, right: value(literal) },
});
const poll: PollItems = { name: 'pollItems', table: 't', what: 'new', select: ['id', 'text'], top: 10 };

const OWN_VALUES: Readonly<Partial<Record<ColumnKind, FilterValue>>> = {
  decimal: number('12345678901234567890123456789012345678'),
  float: number('1.5'),
  boolean: { type: 'boolean', value: true },
  text: text("hostile'; --"),
  date: { type: 'date', value: '2026-01-02' },
  timestamp: { type: 'dateTime', value: '2026-01-02T03:04:05.1234567Z' },
  timestamptz: { type: 'dateTime', value: '2026-01-02T03:04:05.1234567+02:00' },
  time: text('03:04:05'),
  uuid: { type: 'guid', value: '91d0f6b8-7f52-4c61-8f0e-3d1a2b4c5d04' },
  binary: text('3q0='),
};

/** How each function is called: arithmetic on numbers, the rest on texts or times. */
function operandsOf(name: ValueFunction): Expression[] {
  const [most = 0] = VALUE_FUNCTIONS[name].slice(-1);
  const first: Partial<Record<ValueFunction, string>> = {
    ...{ year: 'timestamptz', month: 'date', day: 'timestamp', hour: 'timestamptz', minute: 'time', second: 'time' },
    ...{ date: 'timestamptz', add: 'id', sub: 'decimal', mul: 'float', div: 'id', mod: 'decimal' },
    ...{ negate: 'decimal', round: 'decimal', floor: 'float', ceiling: 'id' },
  };
  const rest: Partial<Record<ValueFunction, FilterValue[]>> = {
    ...{ add: [number('1')], sub: [number('1.5')], mul: [number('2')], div: [number('2')], mod: [number('7')] },
    substring: [number('1'), number('2')],
  };
  const others = rest[name] ?? Array.from({ length: 2 }, (_, at) => text(`hostile${at}`));
  return [of(first[name] ?? 'text'), ...others.map(value)].slice(0, most);
}

const COMPARED_WITH: Partial<Record<ValueFunction, FilterValue>> = {
  ...Object.fromEntries(
    ['replace', 'substring', 'tolower', 'toupper', 'trim', 'concat'].map((each) => [each, text('x')]),
  ),
  date: { type: 'date', value: '2026-01-02' },
  now: { type: 'dateTime', value: '2026-01-02T00:00:00Z' },
};

function filters(): readonly (readonly [string, Filter])[] {
  const comparisons = COMPARISON_OPERATORS.map(
    (operator) => [`column ${operator}`, { kind: 'comparison', operator, column: 'id', value: number('5') }] as const,
  );
  return [
    ...comparisons,
    ...comparisons.map(([name, operand]) => [`not ${name}`, { kind: 'not', operand }] as const),
    ['null', { kind: 'comparison', operator: 'eq', column: 'text', value: { type: 'null' } }],
    ['never', { kind: 'comparison', operator: 'gt', column: 'text', value: { type: 'null' } }],
    ['beyond the integers', { kind: 'comparison', operator: 'lt', column: 'id', value: number('99999999999') }],
    ...KINDS.map(
      (kind) =>
        [
          `literal ${kind}`,
          { kind: 'comparison', operator: 'ge', column: kind, value: OWN_VALUES[kind] ?? text('') },
        ] as const,
    ),
    ...TEXT_FUNCTIONS.flatMap((each) => {
      const plain: Filter = { kind: 'text', function: each, column: 'a"b]c`.odd', value: 'hostile%_[' };
      return [[each, plain] as const, [`not ${each}`, { kind: 'not', operand: plain }] as const];
    }),
    ['two columns', { kind: 'compare', operator: 'eq', left: of('text'), right: of('a"b]c`.odd') }],
    ['two columns differ', { kind: 'compare', operator: 'ne', left: of('id'), right: of('decimal') }],
    ...(Object.keys(VALUE_FUNCTIONS) as ValueFunction[]).map((each) => {
      const call: Expression = { kind: 'call', function: each, operands: operandsOf(each) };
      return [`function ${each}`, compare(call, COMPARED_WITH[each] ?? number('1'))] as const;
    }),
  ];
}

const AGGREGATION: Aggregation = {
  filter: { kind: 'comparison', operator: 'gt', column: 'decimal', value: number('0') },
  groupBy: ['text', 'date'],
  aggregates: [
    { method: 'count', as: 'hostile count' },
    { method: 'countdistinct', column: 'uuid', as: 'distinct' },
    { method: 'sum', column: 'decimal', as: 'sum' },
    { method: 'sum', column: 'float', as: 'float sum' },
    { method: 'average', column: 'id', as: 'average' },
    { method: 'min', column: 'timestamptz', as: 'first' },
    { method: 'max', column: 'text', as: 'last' },
  ],
};

/** One of every statement that the shared operations make. */
export function goldenCases(dialect: SqlDialect): readonly GoldenCase[] {
  const listed = (operation: ListItems, table = TABLE): Statement => listStatement(table, operation, dialect).statement;
  const [first] = COLUMNS;
  const moments = COLUMNS.filter(({ kind }) => kind === 'timestamp' || kind === 'timestamptz');
  if (!first) throw new Error('There are columns.');
  const candidates = [
    { schema: 's', table: 'hostile t' },
    { schema: undefined, table: 's.hostile t' },
  ];
  const place = { place: ['2026-01-02 03:04:05', '7'], micros: 5n };
  const { catalog, compiler } = dialect;
  const cases: [string, Statement][] = [
    ['list tables', compile(compiler, catalog.listTables())],
    ['describe a table', compile(compiler, catalog.describeTable(candidates))],
    ['list procedures', compile(compiler, catalog.listProcedures())],
    ['describe a procedure', compile(compiler, catalog.describeProcedure(candidates))],
    ['get', getItemStatement(TABLE, '5', dialect)],
    ['get by two columns', getItemStatement(PAIR, '5,hostile', dialect)],
    ['delete', deleteItemStatement(TABLE, '5', dialect)],
    ['insert', compile(compiler, createItemPlan(TABLE, { text: 'hostile', decimal: 1.5 }, dialect).write)],
    ['insert nothing', compile(compiler, createItemPlan(TABLE, {}, dialect).write)],
    ['update', compile(compiler, updateItemPlan(TABLE, '5', { 'a"b]c`.odd': 'hostile', date: null }, dialect).write)],
    ['list all', listed({ name: 'listItems', table: 't' })],
    ['list a page', listed(list({ top: 10, skip: 20 }))],
    ['list in an order', listed(list({ top: 10, orderBy: [{ column: 'text', descending: true }] }))],
    ['list behind a place', listed(list({ top: 10, after: '["5"]' }))],
    [
      'list behind a place, nulls first',
      listed(list({ top: 10, orderBy: [{ column: 'text', descending: false }], after: '[null,"5"]' })),
    ],
    ['list behind a place of two', listed(list({ top: 10, select: ['a'], after: '["5","hostile"]' }), PAIR)],
    [
      'count',
      countStatement(TABLE, where({ kind: 'comparison', operator: 'gt', column: 'id', value: number('5') }), dialect),
    ],
    ['aggregate', listed({ name: 'queryItems', table: 't', aggregation: AGGREGATION, top: 5 })],
    ...filters().map(([name, filter]): [string, Statement] => [name, listed(where(filter))]),
    ['first keys', firstKeys(TABLE, first, dialect)],
    ['new keys', newKeys(TABLE, first, { state: { last: 9n, gaps: [{ from: -3n, to: 4n }] }, limit: 5 }, dialect)],
    ['new rows', newRows(TABLE, first, { keys: [-1n, 7n], poll }, dialect).statement],
    ...moments.flatMap((moment): [string, Statement][] => [
      [`latest changes by ${moment.name}`, latestChanges(TABLE, moment, 5, dialect)],
      [
        `changed rows by ${moment.name}`,
        changedRows(TABLE, moment, { state: { latest: place, floor: place.place, seen: ['12345678'] }, poll }, dialect)
          .statement,
      ],
    ]),
  ];
  return cases.map(([name, statement]) => ({ name, statement }));
}

/** The cases as a file: what is asked, the statement, the values beneath it. */
export function goldenText(dialect: SqlDialect): string {
  return goldenCases(dialect)
    .map(({ name, statement: { text: sql, values } }) => `-- ${name}\n${sql.trim()};\n-- ${JSON.stringify(values)}\n`)
    .join('\n');
}
