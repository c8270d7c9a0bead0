import { sql } from 'kysely';
import type { ColumnKind } from '../sql/column-kind.js';
import type { SqlAggregates, SqlExpressions, SqlFunctions, SqlMoments } from '../sql/dialect.js';
import { bound, identifier, list, type Fragment } from '../sql/fragment.js';
import { columnLiteral, freeLiteral } from './sqlserver-literals.js';
import { isReadAsText, sqlServerType } from './sqlserver-types.js';

const whole = (value: number): Fragment => sql.raw(String(Math.trunc(value)));

/** LEN passes over blanks at the end. */
const length = (text: Fragment): Fragment => sql`(LEN(${text} + N'.') - 1)`;
const notBelowZero = (value: Fragment): Fragment => sql`CASE WHEN ${value} < 0 THEN 0 ELSE ${value} END`;
const inUtc = (moment: Fragment, kind: ColumnKind): Fragment =>
  kind === 'timestamptz' ? sql`SWITCHOFFSET(${moment}, '+00:00')` : moment;

/** An empty text is in every text, at its beginning; CHARINDEX does not find it. */
const orEmpty = (found: Fragment, subject: Fragment, value: Fragment): Fragment =>
  sql`(${found} OR (DATALENGTH(${value}) = 0 AND ${subject} IS NOT NULL))`;

/** SQL Server 2017 and later. A text is compared as its collation says, most often without case. */
export const SQLSERVER_EXPRESSIONS: SqlExpressions = {
  constant: (value) => (value ? sql`1 = 1` : sql`1 = 0`),
  // INTERSECT takes two nulls for alike; IS DISTINCT FROM came with SQL Server 2022.
  isDistinct: (left, right) => sql`NOT EXISTS (SELECT ${left} INTERSECT SELECT ${right})`,
  isNotDistinct: (left, right) => sql`EXISTS (SELECT ${left} INTERSECT SELECT ${right})`,
  isNotTrue: (condition) => sql`CASE WHEN ${condition} THEN 1 ELSE 0 END = 0`,
  textTest: (test, subject, value) => {
    if (test === 'contains') return orEmpty(sql`CHARINDEX(${value}, ${subject}) > 0`, subject, value);
    if (test === 'startswith') return orEmpty(sql`CHARINDEX(${value}, ${subject}) = 1`, subject, value);
    return sql`(${length(subject)} >= ${length(value)} AND RIGHT(${subject}, ${length(value)}) = ${value})`;
  },
  ownLiteral: columnLiteral,
  rowLiteral: (text, column) => columnLiteral(text, column) ?? bound(text, column.name),
  literal: freeLiteral,
  asText: (column) => column,
  asNumber: (value, kind) => {
    if (kind === 'float') return sql`CAST(${value} AS float)`;
    // Sums of the source's own integers would overflow; bigint has 19 digits.
    return kind === 'integer' ? sql`CAST(${value} AS decimal(20, 0))` : value;
  },
  asWhole: (value) => sql`CAST(${value} AS int)`,
  output: (column) =>
    isReadAsText(column) ? sql`CAST(${identifier(column.name)} AS nvarchar(max))` : identifier(column.name),
  // Nulls are the least values here by themselves.
  order: (column, descending) => (descending ? sql`${identifier(column.name)} DESC` : identifier(column.name)),
  page: ({ order, limit, offset }) => {
    const isPaged = limit !== undefined || offset !== undefined;
    if (order.length === 0 && !isPaged) return sql``;
    // A page has to have an order, even one that says nothing.
    const by = sql` ORDER BY ${order.length === 0 ? sql`(SELECT NULL)` : list(order)}`;
    if (!isPaged) return by;
    const skip = sql`${by} OFFSET ${whole(offset ?? 0)} ROWS`;
    return limit === undefined ? skip : sql`${skip} FETCH NEXT ${whole(limit)} ROWS ONLY`;
  },
  comparesRows: false,
};

/** Blanks of every kind. */
const BLANKS = sql.raw('NCHAR(32) + NCHAR(9) + NCHAR(10) + NCHAR(11) + NCHAR(12) + NCHAR(13)');

export const SQLSERVER_FUNCTIONS: SqlFunctions = {
  arithmetic: (operator, left, right) =>
    sql`(${left} ${sql.raw({ add: '+', sub: '-', mul: '*', mod: '%' }[operator])} ${right})`,
  divide: (left, right, isWhole) => (isWhole ? sql`ROUND(${left} / ${right}, 0, 1)` : sql`(${left} / ${right})`),
  rounded: (how, value) => {
    if (how === 'round') return sql`ROUND(${value}, 0)`;
    return how === 'floor' ? sql`FLOOR(${value})` : sql`CEILING(${value})`;
  },
  length,
  indexOf: (text, wanted) => sql`CASE WHEN DATALENGTH(${wanted}) = 0 THEN 0 ELSE CHARINDEX(${wanted}, ${text}) - 1 END`,
  substring: (text, start, count) => {
    const many = count ? notBelowZero(count) : sql`CAST(DATALENGTH(${text}) AS int)`;
    return sql`SUBSTRING(${text}, ${notBelowZero(start)} + 1, ${many})`;
  },
  replace: (text, wanted, by) => sql`REPLACE(${text}, ${wanted}, ${by})`,
  changeCase: (to, text) => (to === 'lower' ? sql`LOWER(${text})` : sql`UPPER(${text})`),
  trim: (text) => sql`TRIM(${BLANKS} FROM ${text})`,
  concat: (left, right) => sql`(${left} + ${right})`,
  part: (part, moment, kind) => sql`DATEPART(${sql.raw(part)}, ${inUtc(moment, kind)})`,
  date: (moment, kind) => sql`CAST(${inUtc(moment, kind)} AS date)`,
  now: () => sql`SYSDATETIMEOFFSET()`,
};

const plain = { length: 0, precision: 38, scale: 10 };
const BIGINT = sqlServerType({ ...plain, name: 'bigint' });
const DECIMAL = sqlServerType({ ...plain, name: 'decimal' });
const FLOAT = sqlServerType({ ...plain, name: 'float' });

/** Types whose averages would be cut after four digits. */
const MONEY: ReadonlySet<string> = new Set(['money', 'smallmoney']);

export const SQLSERVER_AGGREGATES: SqlAggregates = {
  count: BIGINT,
  sum: (column) => {
    const name = identifier(column.name);
    if (column.kind === 'float') return { sql: sql`SUM(CAST(${name} AS float))`, type: FLOAT };
    if (column.kind === 'integer') return { sql: sql`SUM(CAST(${name} AS decimal(38, 0)))`, type: DECIMAL };
    return { sql: sql`SUM(${name})`, type: DECIMAL };
  },
  average: (column) => {
    const name = identifier(column.name);
    if (column.kind === 'float') return { sql: sql`AVG(CAST(${name} AS float))`, type: FLOAT };
    const isNarrow = column.kind === 'integer' || MONEY.has(String(column.typeId));
    return { sql: isNarrow ? sql`AVG(CAST(${name} AS decimal(38, 10)))` : sql`AVG(${name})`, type: DECIMAL };
  },
};

export const SQLSERVER_MOMENTS: SqlMoments = {
  micros: (column) => sql`DATEDIFF_BIG(microsecond, '1970-01-01', ${identifier(column.name)})`,
  earlier: (moment, seconds) => sql`DATEADD(second, -${whole(seconds)}, ${moment})`,
  isDue: (column) => {
    const now = column.kind === 'timestamp' ? sql`DATEADD(hour, 14, SYSUTCDATETIME())` : sql`SYSDATETIMEOFFSET()`;
    return sql`${identifier(column.name)} <= ${now}`;
  },
};
