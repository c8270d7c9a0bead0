import type { Expression, FilterValue, ValueFunction } from '../../../contract/filter.js';
import { SourceError } from '../source-error.js';
import type { CatalogColumn } from './catalog-table.js';
import type { ColumnKind } from './column-kind.js';
import { comparand } from './filter-value.js';
import { quoteIdentifier } from './identifier.js';
import type { Binding } from './statement.js';

/** SQL that yields a value, and what kind of value it is. */
export interface Term {
  readonly sql: string;
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

/** What `trim` takes away. */
const BLANKS = ' \t\n\r\f\v';

/**
 * Compiles what a filter computes. Numbers that are not floats are computed as numeric, exactly and without overflow;
 * division of whole numbers yields the whole part; characters of texts are counted from 0, as code points.
 *
 * @see OData 4.01 part 2, section 5.1.1
 */
export class ExpressionCompiler {
  constructor(
    private readonly columnOf: ColumnFinder,
    private readonly binding: Binding,
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
  literal(value: Value, other: Term): string {
    if (other.column) {
      const { text, castType } = comparand(value, other.column);
      return `${this.binding.add(text, other.column.name)}::${castType}`;
    }
    const castType = castFor(value, other.kind);
    if (castType === undefined) throw wrong(`A ${value.type} cannot be compared with a ${other.kind}.`);
    return `${this.binding.add(String(value.value))}::${castType}`;
  }

  text(expression: Expression, depth: number): string {
    if (expression.kind === 'value') {
      const { value } = expression;
      if (value.type === 'null') return 'NULL::text';
      if (value.type !== 'string') throw wrong(`A ${value.type} stands where a text belongs.`);
      return `${this.binding.add(value.value)}::text`;
    }
    const { sql, kind, column } = this.compile(expression, depth);
    if (kind !== 'text') throw wrong(`${column ? `The column ${column.name}` : 'A part'} does not hold text.`, column);
    return column ? `${sql}::text` : sql;
  }

  private column(column: CatalogColumn): Term {
    const sql = quoteIdentifier(column.name);
    const { castType } = column;
    if (column.isArray || column.kind === 'json') throw wrong(`The column ${column.name} cannot be compared.`, column);
    if (column.kind === 'money') return { sql: `${sql}::numeric`, kind: 'decimal' };
    return { sql, kind: column.kind, castType, column };
  }

  private number(expression: Expression, depth: number): Term {
    if (expression.kind === 'value') {
      const { value } = expression;
      if (value.type === 'null') return { sql: 'NULL::numeric', kind: 'decimal' };
      if (value.type !== 'number') throw wrong(`A ${value.type} stands where a number belongs.`);
      const sql = `${this.binding.add(value.value)}::numeric`;
      return { sql, kind: /^-?\d+$/.test(value.value) ? 'integer' : 'decimal' };
    }
    const { sql, kind, column } = this.compile(expression, depth);
    if (!NUMBERS.includes(kind)) throw wrong('A part that is computed with is no number.', column);
    return { sql: kind === 'float' ? `${sql}::float8` : `${sql}::numeric`, kind };
  }

  private whole(expression: Expression, depth: number): string {
    const { sql, kind } = this.number(expression, depth);
    if (kind !== 'integer') throw wrong('A place in a text must be a whole number.');
    return `${sql}::int`;
  }

  private moment(expression: Expression, kinds: readonly ColumnKind[], depth: number): string {
    if (expression.kind === 'value') throw wrong('A column with dates is expected, not a literal.');
    const { sql, kind, column } = this.compile(expression, depth);
    if (!kinds.includes(kind)) throw wrong('A part of a date is taken of something that is none.', column);
    return sql;
  }

  private call({ function: name, operands }: Call, depth: number): Term {
    const [first, second, third] = operands;
    const inner = depth + 1;
    if (name === 'now') return { sql: 'now()', kind: 'timestamptz' };
    if (first === undefined) throw wrong(`The function ${name} has too few operands.`);
    const part = (field: string, kinds: readonly ColumnKind[]): Term => ({
      sql: `floor(extract(${field} from ${this.moment(first, kinds, inner)}))::int`,
      kind: 'integer',
    });
    switch (name) {
      case 'negate': {
        const { sql, kind } = this.number(first, inner);
        return { sql: `(- ${sql})`, kind };
      }
      case 'round':
      case 'floor':
      case 'ceiling': {
        const { sql, kind } = this.number(first, inner);
        return {
          sql: `${name === 'ceiling' ? 'ceil' : name}(${sql}::numeric)`,
          kind: kind === 'integer' ? kind : 'decimal',
        };
      }
      case 'year':
      case 'month':
      case 'day':
        return part(name, DATES);
      case 'hour':
      case 'minute':
      case 'second':
        return part(name, TIMES);
      case 'date':
        return { sql: `(${this.moment(first, DATES, inner)})::date`, kind: 'date' };
      case 'length':
        return { sql: `char_length(${this.text(first, inner)})`, kind: 'integer' };
      case 'tolower':
        return { sql: `lower(${this.text(first, inner)})`, kind: 'text' };
      case 'toupper':
        return { sql: `upper(${this.text(first, inner)})`, kind: 'text' };
      case 'trim':
        return { sql: `btrim(${this.text(first, inner)}, ${this.binding.add(BLANKS)}::text)`, kind: 'text' };
    }
    if (second === undefined) throw wrong(`The function ${name} has too few operands.`);
    return this.callOfTwo(name, [first, second, third], inner);
  }

  private callOfTwo(
    name: ValueFunction,
    [first, second, third]: readonly [Expression, Expression, Expression | undefined],
    depth: number,
  ): Term {
    switch (name) {
      case 'concat':
        return { sql: `(${this.text(first, depth)} || ${this.text(second, depth)})`, kind: 'text' };
      case 'indexof':
        return { sql: `(strpos(${this.text(first, depth)}, ${this.text(second, depth)}) - 1)`, kind: 'integer' };
      case 'substring': {
        const [text, start] = [this.text(first, depth), this.whole(second, depth)];
        const length = third && `, greatest(${this.whole(third, depth)}, 0)`;
        return { sql: `substr(${text}, greatest(${start}, 0) + 1${length ?? ''})`, kind: 'text' };
      }
      case 'replace': {
        if (third === undefined) throw wrong('The function replace has too few operands.');
        const parts = [first, second, third].map((operand) => this.text(operand, depth));
        return { sql: `replace(${parts.join(', ')})`, kind: 'text' };
      }
      default:
        return arithmetic(name, this.number(first, depth), this.number(second, depth));
    }
  }
}

function arithmetic(name: ValueFunction, left: Term, right: Term): Term {
  const isWhole = left.kind === 'integer' && right.kind === 'integer';
  const isFloat = left.kind === 'float' || right.kind === 'float';
  // The remainder of floats is not defined at the source.
  const type = isFloat && name !== 'mod' ? 'float8' : 'numeric';
  const kind = isWhole ? 'integer' : type === 'float8' ? 'float' : 'decimal';
  const [a, b] = [left, right].map((term) => (isFloat ? `${term.sql}::${type}` : term.sql));
  switch (name) {
    case 'add':
      return { sql: `(${a} + ${b})`, kind };
    case 'sub':
      return { sql: `(${a} - ${b})`, kind };
    case 'mul':
      return { sql: `(${a} * ${b})`, kind };
    case 'div':
      return { sql: isWhole ? `div(${a}, ${b})` : `(${a} / ${b})`, kind };
    case 'mod':
      return { sql: `mod(${a}, ${b})`, kind };
    default:
      throw wrong(`The function ${name} is not known.`);
  }
}

/** Whether values of two terms can be compared. */
export function areComparable(left: Term, right: Term): boolean {
  if (FAMILIES.some((family) => family.includes(left.kind) && family.includes(right.kind))) return true;
  return left.kind === right.kind && (left.kind !== 'other' || left.castType === right.castType);
}

function castFor(value: Value, kind: ColumnKind): string | undefined {
  if (value.type === 'number') return kind === 'float' ? 'float8' : NUMBERS.includes(kind) ? 'numeric' : undefined;
  if (value.type === 'date') return DATES.includes(kind) ? (kind === 'date' ? 'date' : 'timestamptz') : undefined;
  if (value.type === 'dateTime') return DATES.includes(kind) ? 'timestamptz' : undefined;
  return value.type === 'string' && kind === 'text' ? 'text' : undefined;
}

export function wrong(message: string, column?: CatalogColumn): SourceError {
  return new SourceError('FILTER_INVALID', message, {
    ...(column && { details: { column: column.name, type: column.sourceType } }),
  });
}
