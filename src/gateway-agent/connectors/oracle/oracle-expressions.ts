import { sql } from 'kysely';
import type { ColumnKind } from '../sql/column-kind.js';
import type { SqlAggregates, SqlExpressions, SqlFunctions, SqlMoments } from '../sql/dialect.js';
import { bound, identifier, list, type Fragment } from '../sql/fragment.js';
import { columnLiteral, FRACTION_FORM, freeLiteral, SECOND_FORM, ZONED_FORM } from './oracle-literals.js';
import { oracleType } from './oracle-types.js';

const whole = (value: number): Fragment => sql.raw(String(Math.trunc(value)));
const inUtc = (moment: Fragment, kind: ColumnKind): Fragment =>
  kind === 'timestamptz' ? sql`SYS_EXTRACT_UTC(${moment})` : moment;

/** Oracle 12.2 and later. A text without characters is null here, so it equals nothing and is in nothing. */
export const ORACLE_EXPRESSIONS: SqlExpressions = {
  constant: (value) => (value ? sql`1 = 1` : sql`1 = 0`),
  // DECODE takes two nulls for alike.
  isDistinct: (left, right) => sql`DECODE(${left}, ${right}, 0, 1) = 1`,
  isNotDistinct: (left, right) => sql`DECODE(${left}, ${right}, 1, 0) = 1`,
  isNotTrue: (condition) => sql`CASE WHEN ${condition} THEN 1 ELSE 0 END = 0`,
  textTest: (test, subject, value) => {
    if (test === 'contains') return sql`INSTR(${subject}, ${value}) > 0`;
    if (test === 'startswith') return sql`INSTR(${subject}, ${value}) = 1`;
    return sql`SUBSTR(${subject}, -LENGTH(${value})) = ${value}`;
  },
  ownLiteral: columnLiteral,
  rowLiteral: (text, column) => columnLiteral(text, column) ?? bound(text, column.name),
  literal: freeLiteral,
  asText: (column) => column,
  asNumber: (value, kind) => (kind === 'float' ? sql`TO_BINARY_DOUBLE(${value})` : value),
  asWhole: (value) => sql`TRUNC(${value})`,
  // The driver's dates stop at the millisecond; texts do not.
  output: (column) => {
    const name = identifier(column.name);
    switch (column.typeId) {
      case 'DATE':
        return sql`TO_CHAR(${name}, ${SECOND_FORM})`;
      case 'TIMESTAMP':
        return sql`TO_CHAR(${name}, ${FRACTION_FORM})`;
      case 'TIMESTAMP WITH TIME ZONE':
      case 'TIMESTAMP WITH LOCAL TIME ZONE':
        return sql`TO_CHAR(${name}, ${ZONED_FORM})`;
      case 'INTERVAL YEAR TO MONTH':
      case 'INTERVAL DAY TO SECOND':
        return sql`TO_CHAR(${name})`;
      case 'JSON':
        return sql`JSON_SERIALIZE(${name} RETURNING CLOB)`;
      case 'XMLTYPE':
        return sql`XMLSERIALIZE(CONTENT ${name} AS CLOB)`;
      default:
        return name;
    }
  },
  order: (column, descending) =>
    sql`${identifier(column.name)}${descending ? sql` DESC NULLS LAST` : sql` NULLS FIRST`}`,
  page: ({ order, limit, offset }) => {
    const by = order.length === 0 ? sql`` : sql` ORDER BY ${list(order)}`;
    const skip = offset === undefined ? by : sql`${by} OFFSET ${whole(offset)} ROWS`;
    return limit === undefined ? skip : sql`${skip} FETCH NEXT ${whole(limit)} ROWS ONLY`;
  },
  comparesRows: false,
};

const PARTS = { year: 'YYYY', month: 'MM', day: 'DD', hour: 'HH24', minute: 'MI', second: 'SS' } as const;

export const ORACLE_FUNCTIONS: SqlFunctions = {
  arithmetic: (operator, left, right) => {
    if (operator === 'mod') return sql`MOD(${left}, ${right})`;
    return sql`(${left} ${sql.raw({ add: '+', sub: '-', mul: '*' }[operator])} ${right})`;
  },
  divide: (left, right, isWhole) => (isWhole ? sql`TRUNC(${left} / ${right})` : sql`(${left} / ${right})`),
  rounded: (how, value) => {
    if (how === 'floor') return sql`FLOOR(${value})`;
    // Floats would be rounded to the even neighbour.
    return how === 'ceiling' ? sql`CEIL(${value})` : sql`ROUND(CAST(${value} AS NUMBER))`;
  },
  length: (text) => sql`LENGTH(${text})`,
  indexOf: (text, wanted) => sql`(INSTR(${text}, ${wanted}) - 1)`,
  substring: (text, start, length) => {
    const from = sql`GREATEST(${start}, 0) + 1`;
    return length ? sql`SUBSTR(${text}, ${from}, GREATEST(${length}, 0))` : sql`SUBSTR(${text}, ${from})`;
  },
  replace: (text, wanted, by) => sql`REPLACE(${text}, ${wanted}, ${by})`,
  changeCase: (to, text) => (to === 'lower' ? sql`LOWER(${text})` : sql`UPPER(${text})`),
  trim: (text) => sql`REGEXP_REPLACE(${text}, '^[[:space:]]+|[[:space:]]+$')`,
  concat: (left, right) => sql`(${left} || ${right})`,
  part: (part, moment, kind) => sql`TO_NUMBER(TO_CHAR(${inUtc(moment, kind)}, '${sql.raw(PARTS[part])}'))`,
  date: (moment, kind) => sql`TRUNC(CAST(${inUtc(moment, kind)} AS DATE))`,
  now: () => sql`SYSTIMESTAMP`,
};

const plain = { precision: undefined, charLength: undefined };
const NUMBER = oracleType({ ...plain, name: 'NUMBER', scale: undefined });
const WHOLE = oracleType({ ...plain, name: 'NUMBER', scale: 0 });
const DOUBLE = oracleType({ ...plain, name: 'BINARY_DOUBLE', scale: undefined });

export const ORACLE_AGGREGATES: SqlAggregates = {
  count: WHOLE,
  sum: (column) =>
    column.kind === 'float'
      ? { sql: sql`SUM(TO_BINARY_DOUBLE(${identifier(column.name)}))`, type: DOUBLE }
      : { sql: sql`SUM(${identifier(column.name)})`, type: NUMBER },
  average: (column) =>
    column.kind === 'float'
      ? { sql: sql`AVG(TO_BINARY_DOUBLE(${identifier(column.name)}))`, type: DOUBLE }
      : { sql: sql`AVG(${identifier(column.name)})`, type: NUMBER },
};

const MICROS = { DAY: 86_400_000_000, HOUR: 3_600_000_000, MINUTE: 60_000_000 } as const;

export const ORACLE_MOMENTS: SqlMoments = {
  micros: (column) => {
    const name = identifier(column.name);
    const moment = column.kind === 'timestamptz' ? sql`SYS_EXTRACT_UTC(${name})` : sql`CAST(${name} AS TIMESTAMP)`;
    const since = sql`(${moment} - TIMESTAMP '1970-01-01 00:00:00')`;
    const parts = Object.entries(MICROS).map(
      ([part, micros]) => sql`EXTRACT(${sql.raw(part)} FROM ${since}) * ${whole(micros)}`,
    );
    return sql`(${list(parts, sql.raw(' + '))} + ROUND(EXTRACT(SECOND FROM ${since}) * 1000000))`;
  },
  earlier: (moment, seconds) => sql`(${moment} - NUMTODSINTERVAL(${whole(seconds)}, 'SECOND'))`,
  isDue: (column) => {
    const now =
      column.kind === 'timestamptz' ? sql`SYSTIMESTAMP` : sql`SYS_EXTRACT_UTC(SYSTIMESTAMP) + INTERVAL '14' HOUR`;
    return sql`${identifier(column.name)} <= ${now}`;
  },
};
