import { sql } from 'kysely';
import type { Expression, FilterValue, ValueFunction } from '../../../contract/filter.js';
import { SourceError } from '../source-error.js';
import type { CatalogColumn } from './catalog-table.js';
import type { ColumnKind } from './column-kind.js';
import type { LiteralType, SqlDialect } from './dialect.js';
import { comparand } from './filter-value.js';
import { identifier, type Fragment } from './fragment.js';

/** SQL that yields a value, and what kind of value it is. */
export interface Term {
  readonly sql: Fragment;
  readonly kind: ColumnKind;
  /** Type in which two terms of kind `other` must agree to be compared. */
  readonly castType?: string;
  /** The column that the term is, when it is nothing but one. */
  readonly column?: CatalogColumn;
}

/** Finds a column by name. @throws SourceError COLUMN_UNKNOWN */
export type ColumnFinder = (name: string) => CatalogColumn;

type Call = Extract<Expression, { kind: 'call' }>;
type Value = Exclude<FilterValue, { type: 'null' }>;

/** Kinds that compare with one another. A day and a moment meet as moments: sessions read both in UTC. */
const FAMILIES: readonly (readonly ColumnKind[])[] = [
  ['integer', 'decimal', 'float'],
  ['date', 'timestamp', 'timestamptz'],
];
const DATES: readonly ColumnKind[] = ['date', 'timestamp', 'timestamptz'];
const TIMES: readonly ColumnKind[] = ['time', 'timestamp', 'timestamptz'];
const NUMBERS: readonly ColumnKind[] = ['integer', 'decimal', 'float'];

/**
 * Compiles what a filter computes. Numbers that are not floats are computed exactly and without overflow; division of
 * whole numbers yields the whole part; characters of texts are counted from 0, as code points.
 *
 * @see OData 4.01 part 2, section 5.1.1
 */
export class ExpressionCompiler {
  constructor(
    private readonly columnOf: ColumnFinder,
    private readonly dialect: SqlDialect,
    /** Called once a node; throws when a filter is too large. */
    private readonly count: (depth: number) => void,
  ) {}

  /** @throws SourceError FILTER_INVALID, COLUMN_UNKNOWN */
  compile(expression: Exclude<Expression, { kind: 'value' }>, depth: number): Term {
    if (expression.kind === 'column') return this.column(this.columnOf(expression.column));
    this.count(depth);
    return this.call(expression, depth);
  }

  /** A literal in the type in which it is compared with the other side. */
  literal(value: Value, other: Term): Fragment {
    if (other.column) return comparand(value, other.column, this.dialect);
    const type = literalType(value, other.kind);
    if (type === undefined) throw wrong(`A ${value.type} cannot be compared with a ${other.kind}.`);
    return this.dialect.expressions.literal(String(value.value), type);
  }

  text(expression: Expression, depth: number): Fragment {
    const { expressions } = this.dialect;
    if (expression.kind === 'value') {
      const { value } = expression;
      if (value.type === 'null') return expressions.literal(null, 'text');
      if (value.type !== 'string') throw wrong(`A ${value.type} stands where a text belongs.`);
      return expressions.literal(value.value, 'text');
    }
    const term = this.compile(expression, depth);
    if (term.kind !== 'text') {
      throw wrong(`${term.column ? `The column ${term.column.name}` : 'A part'} does not hold text.`, term.column);
    }
    return term.column ? expressions.asText(term.sql) : term.sql;
  }

  private column(column: CatalogColumn): Term {
    if (column.isArray || column.kind === 'json') throw wrong(`The column ${column.name} cannot be compared.`, column);
    const read = this.dialect.expressions.readAs?.(column);
    if (read) return { sql: read.sql, kind: read.type.kind };
    return { sql: identifier(column.name), kind: column.kind, castType: column.castType, column };
  }

  private number(expression: Expression, depth: number): Term {
    const { expressions } = this.dialect;
    if (expression.kind === 'value') {
      const { value } = expression;
      if (value.type === 'null') return { sql: expressions.literal(null, 'decimal'), kind: 'decimal' };
      if (value.type !== 'number') throw wrong(`A ${value.type} stands where a number belongs.`);
      const kind = /^-?\d+$/.test(value.value) ? 'integer' : 'decimal';
      return { sql: expressions.literal(value.value, 'decimal'), kind };
    }
    const { sql: of, kind, column } = this.compile(expression, depth);
    if (!NUMBERS.includes(kind)) throw wrong('A part that is computed with is no number.', column);
    return { sql: expressions.asNumber(of, kind), kind };
  }

  private whole(expression: Expression, depth: number): Fragment {
    const { sql: of, kind } = this.number(expression, depth);
    if (kind !== 'integer') throw wrong('A place in a text must be a whole number.');
    return this.dialect.expressions.asWhole(of);
  }

  private moment(expression: Expression, kinds: readonly ColumnKind[], depth: number): Term {
    if (expression.kind === 'value') throw wrong('A column with dates is expected, not a literal.');
    const term = this.compile(expression, depth);
    if (!kinds.includes(term.kind)) throw wrong('A part of a date is taken of something that is none.', term.column);
    return term;
  }

  private call({ function: name, operands }: Call, depth: number): Term {
    const { functions } = this.dialect;
    const [first, second, third] = operands;
    const inner = depth + 1;
    if (name === 'now') return { sql: functions.now(), kind: 'timestamptz' };
    if (first === undefined) throw tooFew(name);
    switch (name) {
      case 'negate': {
        const { sql: of, kind } = this.number(first, inner);
        return { sql: sql`(- ${of})`, kind };
      }
      case 'round':
      case 'floor':
      case 'ceiling': {
        const { sql: of, kind } = this.number(first, inner);
        return { sql: functions.rounded(name, of), kind: kind === 'integer' ? kind : 'decimal' };
      }
      case 'year':
      case 'month':
      case 'day':
      case 'hour':
      case 'minute':
      case 'second': {
        const isDay = name === 'year' || name === 'month' || name === 'day';
        const { sql: of, kind } = this.moment(first, isDay ? DATES : TIMES, inner);
        return { sql: functions.part(name, of, kind), kind: 'integer' };
      }
      case 'date': {
        const { sql: of, kind } = this.moment(first, DATES, inner);
        return { sql: functions.date(of, kind), kind: 'date' };
      }
      case 'length':
        return { sql: functions.length(this.text(first, inner)), kind: 'integer' };
      case 'tolower':
      case 'toupper':
        return {
          sql: functions.changeCase(name === 'tolower' ? 'lower' : 'upper', this.text(first, inner)),
          kind: 'text',
        };
      case 'trim':
        return { sql: functions.trim(this.text(first, inner)), kind: 'text' };
    }
    if (second === undefined) throw tooFew(name);
    return this.callOfTwo(name, [first, second, third], inner);
  }

  private callOfTwo(
    name: ValueFunction,
    [first, second, third]: readonly [Expression, Expression, Expression | undefined],
    depth: number,
  ): Term {
    const { functions } = this.dialect;
    const text = (expression: Expression): Fragment => this.text(expression, depth);
    switch (name) {
      case 'concat':
        return { sql: functions.concat(text(first), text(second)), kind: 'text' };
      case 'indexof':
        return { sql: functions.indexOf(text(first), text(second)), kind: 'integer' };
      case 'substring': {
        const length = third && this.whole(third, depth);
        return { sql: functions.substring(text(first), this.whole(second, depth), length), kind: 'text' };
      }
      case 'replace':
        if (third === undefined) throw tooFew(name);
        return { sql: functions.replace(text(first), text(second), text(third)), kind: 'text' };
      default:
        return this.arithmetic(name, this.number(first, depth), this.number(second, depth));
    }
  }

  private arithmetic(name: ValueFunction, left: Term, right: Term): Term {
    const { expressions, functions } = this.dialect;
    const isWhole = left.kind === 'integer' && right.kind === 'integer';
    const isFloat = left.kind === 'float' || right.kind === 'float';
    // Databases do not define the remainder of floats.
    const kind: ColumnKind = isWhole ? 'integer' : isFloat && name !== 'mod' ? 'float' : 'decimal';
    const [a, b] = [left, right].map((term) =>
      (term.kind === 'float') === (kind === 'float') ? term.sql : expressions.asNumber(term.sql, kind),
    ) as [Fragment, Fragment];
    switch (name) {
      case 'add':
      case 'sub':
      case 'mul':
      case 'mod':
        return { sql: functions.arithmetic(name, a, b), kind };
      case 'div':
        return { sql: functions.divide(a, b, isWhole), kind };
      default:
        throw wrong(`The function ${name} is not known.`);
    }
  }
}

/** Whether values of two terms can be compared. */
export function areComparable(left: Term, right: Term): boolean {
  if (FAMILIES.some((family) => family.includes(left.kind) && family.includes(right.kind))) return true;
  return left.kind === right.kind && (left.kind !== 'other' || left.castType === right.castType);
}

function literalType(value: Value, kind: ColumnKind): LiteralType | undefined {
  if (value.type === 'number') return kind === 'float' ? 'float' : NUMBERS.includes(kind) ? 'decimal' : undefined;
  if (value.type === 'date') return DATES.includes(kind) ? (kind === 'date' ? 'date' : 'moment') : undefined;
  if (value.type === 'dateTime') return DATES.includes(kind) ? 'moment' : undefined;
  return value.type === 'string' && kind === 'text' ? 'text' : undefined;
}

function tooFew(name: ValueFunction): SourceError {
  return wrong(`The function ${name} has too few operands.`);
}

export function wrong(message: string, column?: CatalogColumn): SourceError {
  return new SourceError('FILTER_INVALID', message, {
    ...(column && { details: { column: column.name, type: column.sourceType } }),
  });
}
