import { sql } from 'kysely';
import type { SqlAggregates, SqlExpressions, SqlFunctions, SqlMoments } from '../sql/dialect.js';
import { bound, identifier, list, type Fragment } from '../sql/fragment.js';
import { columnLiteral, freeLiteral } from './mysql-literals.js';
import { isGeometry, mysqlType } from './mysql-types.js';

/** Most rows that a LIMIT can name: it has no word for "all", and OFFSET does not stand without it. */
const ALL_ROWS = '18446744073709551615';

/** Digits that a quotient gets beyond the four that a division adds by itself. */
const MORE_DIGITS = sql.raw('1.00000000000000000000');

const whole = (value: number): Fragment => sql.raw(String(Math.trunc(value)));

/**
 * A text is compared as its collation says, most often without case. Functions over positions, not LIKE: a pattern's
 * wildcards would have to be escaped in the value.
 */
export const MYSQL_EXPRESSIONS: SqlExpressions = {
  constant: (value) => (value ? sql`TRUE` : sql`FALSE`),
  isDistinct: (left, right) => sql`NOT (${left} <=> ${right})`,
  isNotDistinct: (left, right) => sql`(${left} <=> ${right})`,
  isNotTrue: (condition) => sql`(${condition}) IS NOT TRUE`,
  textTest: (test, subject, value) => {
    if (test === 'contains') return sql`LOCATE(${value}, ${subject}) > 0`;
    if (test === 'startswith') return sql`LOCATE(${value}, ${subject}) = 1`;
    // Blanks at the end count for nothing when texts are compared: a shorter text must not equal a longer one.
    return sql`(CHAR_LENGTH(${subject}) >= CHAR_LENGTH(${value}) AND RIGHT(${subject}, CHAR_LENGTH(${value})) = ${value})`;
  },
  ownLiteral: columnLiteral,
  rowLiteral: (text, column) => columnLiteral(text, column) ?? bound(text, column.name),
  literal: freeLiteral,
  asText: (column) => column,
  asNumber: (value, kind) => {
    if (kind === 'float') return sql`(${value} + 0e0)`;
    // Sums of the source's own integers would overflow.
    return kind === 'integer' ? sql`CAST(${value} AS DECIMAL(65, 0))` : value;
  },
  asWhole: (value) => sql`CAST(${value} AS SIGNED)`,
  output: (column) => (isGeometry(column) ? sql`ST_AsText(${identifier(column.name)})` : identifier(column.name)),
  // Nulls are the least values here by themselves.
  order: (column, descending) => (descending ? sql`${identifier(column.name)} DESC` : identifier(column.name)),
  page: ({ order, limit, offset }) => {
    const by = order.length === 0 ? sql`` : sql` ORDER BY ${list(order)}`;
    if (limit === undefined && offset === undefined) return by;
    const skip = offset === undefined ? sql`` : sql` OFFSET ${whole(offset)}`;
    return sql`${by} LIMIT ${limit === undefined ? sql.raw(ALL_ROWS) : whole(limit)}${skip}`;
  },
  // Understood, but no index serves it.
  comparesRows: false,
};

export const MYSQL_FUNCTIONS: SqlFunctions = {
  arithmetic: (operator, left, right) => {
    if (operator === 'mod') return sql`MOD(${left}, ${right})`;
    return sql`(${left} ${sql.raw({ add: '+', sub: '-', mul: '*' }[operator])} ${right})`;
  },
  // A quotient is cut after a few digits, and what rounds up there is no longer the whole part: hence DIV.
  divide: (left, right, isWhole) =>
    isWhole ? sql`(${left} DIV ${right})` : sql`(${left} * ${MORE_DIGITS} / ${right})`,
  rounded: (how, value) => {
    if (how === 'floor') return sql`FLOOR(${value})`;
    if (how === 'ceiling') return sql`CEILING(${value})`;
    // Floats would be rounded to the even neighbour.
    return sql`ROUND(CAST(${value} AS DECIMAL(65, 20)))`;
  },
  length: (text) => sql`CHAR_LENGTH(${text})`,
  indexOf: (text, wanted) => sql`(LOCATE(${wanted}, ${text}) - 1)`,
  substring: (text, start, length) => {
    const from = sql`GREATEST(${start}, 0) + 1`;
    return length ? sql`SUBSTRING(${text}, ${from}, GREATEST(${length}, 0))` : sql`SUBSTRING(${text}, ${from})`;
  },
  replace: (text, wanted, by) => sql`REPLACE(${text}, ${wanted}, ${by})`,
  changeCase: (to, text) => (to === 'lower' ? sql`LOWER(${text})` : sql`UPPER(${text})`),
  trim: (text) => sql`REGEXP_REPLACE(${text}, ${bound('^[[:space:]]+|[[:space:]]+$')}, '')`,
  concat: (left, right) => sql`CONCAT(${left}, ${right})`,
  // Sessions are in UTC, so times with a zone are read in it.
  part: (part, moment) => sql`${sql.raw(part.toUpperCase())}(${moment})`,
  date: (moment) => sql`DATE(${moment})`,
  now: () => sql`NOW(6)`,
};

const BIGINT = mysqlType({ dataType: 'bigint', columnType: 'bigint', isJson: false });
const DECIMAL = mysqlType({ dataType: 'decimal', columnType: 'decimal(65,30)', isJson: false });
const DOUBLE = mysqlType({ dataType: 'double', columnType: 'double', isJson: false });

export const MYSQL_AGGREGATES: SqlAggregates = {
  count: BIGINT,
  sum: (column) => ({
    sql: sql`SUM(${column.kind === 'float' ? sql`(${identifier(column.name)} + 0e0)` : identifier(column.name)})`,
    type: column.kind === 'float' ? DOUBLE : DECIMAL,
  }),
  average: (column) =>
    column.kind === 'float'
      ? { sql: sql`AVG(${identifier(column.name)} + 0e0)`, type: DOUBLE }
      : { sql: sql`AVG(${identifier(column.name)} * 1.0000000000)`, type: DECIMAL },
};

export const MYSQL_MOMENTS: SqlMoments = {
  micros: (column) => sql`TIMESTAMPDIFF(MICROSECOND, '1970-01-01 00:00:00', ${identifier(column.name)})`,
  earlier: (moment, seconds) => sql`(${moment} - INTERVAL ${whole(seconds)} SECOND)`,
  isDue: (column) => {
    const ahead = column.kind === 'timestamp' ? sql`NOW(6) + INTERVAL 14 HOUR` : sql`NOW(6)`;
    return sql`(${identifier(column.name)} >= '0001-01-01 00:00:00' AND ${identifier(column.name)} <= ${ahead})`;
  },
};
