import type { Expression, ValueFunction } from '../../../contract/filter.js';
import { SourceError } from '../source-error.js';
import type { EdmKind } from './edm-type.js';
import type { Property } from './edm-model.js';
import { quoted } from './literal.js';

/** Something that yields a value, as it stands in a filter. */
export interface Term {
  readonly text: string;
  readonly kind: EdmKind;
  /** The property that the term is, when it is nothing but one. */
  readonly property?: Property;
}

type Call = Extract<Expression, { kind: 'call' }>;

const NUMBERS: readonly EdmKind[] = ['integer', 'decimal', 'float'];
const DATES: readonly EdmKind[] = ['date', 'moment'];
const TIMES: readonly EdmKind[] = ['time', 'moment'];

/** Writes what a filter computes. @see OData 4.01 part 2, section 5.1.1 */
export class ExpressionWriter {
  constructor(
    private readonly propertyOf: (name: string) => Property,
    /** Called once a node; throws when a filter is too large. */
    private readonly count: (depth: number) => void,
  ) {}

  /** @throws SourceError FILTER_INVALID, COLUMN_UNKNOWN */
  write(expression: Exclude<Expression, { kind: 'value' }>, depth: number): Term {
    if (expression.kind === 'call') {
      this.count(depth);
      return this.call(expression, depth + 1);
    }
    const property = this.propertyOf(expression.column);
    if (property.type.kind === 'json') throw wrong(`The column ${property.name} cannot be compared.`, property);
    return { text: property.name, kind: property.type.kind, property };
  }

  text(expression: Expression, depth: number): string {
    if (expression.kind === 'value') {
      const { value } = expression;
      if (value.type === 'null') return 'null';
      if (value.type !== 'string') throw wrong(`A ${value.type} stands where a text belongs.`);
      return quoted(value.value);
    }
    return this.of(expression, ['string'], depth).text;
  }

  private number(expression: Expression, depth: number): Term {
    if (expression.kind !== 'value') return this.of(expression, NUMBERS, depth);
    const { value } = expression;
    if (value.type === 'null') return { text: 'null', kind: 'decimal' };
    if (value.type !== 'number') throw wrong(`A ${value.type} stands where a number belongs.`);
    return { text: value.value, kind: /^-?\d+$/.test(value.value) ? 'integer' : 'decimal' };
  }

  private of(expression: Exclude<Expression, { kind: 'value' }>, kinds: readonly EdmKind[], depth: number): Term {
    const term = this.write(expression, depth);
    if (!kinds.includes(term.kind))
      throw wrong('A part of the filter is of a type that does not belong there.', term.property);
    return term;
  }

  private moment(expression: Expression, kinds: readonly EdmKind[], depth: number): string {
    if (expression.kind === 'value') throw wrong('A column with dates is expected, not a literal.');
    return this.of(expression, kinds, depth).text;
  }

  private call({ function: name, operands }: Call, depth: number): Term {
    const operand = (index: number): Expression => {
      const found = operands[index];
      if (found === undefined) throw wrong(`The function ${name} has too few operands.`);
      return found;
    };
    switch (name) {
      case 'now':
        return { text: 'now()', kind: 'moment' };
      case 'negate': {
        const { text, kind } = this.number(operand(0), depth);
        return { text: `-(${text})`, kind };
      }
      case 'round':
      case 'floor':
      case 'ceiling': {
        const { text, kind } = this.number(operand(0), depth);
        return { text: `${name}(${text})`, kind };
      }
      case 'year':
      case 'month':
      case 'day':
        return { text: `${name}(${this.moment(operand(0), DATES, depth)})`, kind: 'integer' };
      case 'hour':
      case 'minute':
      case 'second':
        return { text: `${name}(${this.moment(operand(0), TIMES, depth)})`, kind: 'integer' };
      case 'date':
        return { text: `date(${this.moment(operand(0), ['moment'], depth)})`, kind: 'date' };
      case 'length':
        return { text: `length(${this.text(operand(0), depth)})`, kind: 'integer' };
      case 'tolower':
      case 'toupper':
      case 'trim':
        return { text: `${name}(${this.text(operand(0), depth)})`, kind: 'string' };
      case 'concat':
        return { text: `concat(${this.text(operand(0), depth)},${this.text(operand(1), depth)})`, kind: 'string' };
      case 'indexof':
        return { text: `indexof(${this.text(operand(0), depth)},${this.text(operand(1), depth)})`, kind: 'integer' };
      case 'substring': {
        const places = operands.slice(1).map((place) => `,${this.number(place, depth).text}`);
        return { text: `substring(${this.text(operand(0), depth)}${places.join('')})`, kind: 'string' };
      }
      case 'replace':
        throw wrong('An OData service cannot replace within texts.');
      default:
        return arithmetic(name, this.number(operand(0), depth), this.number(operand(1), depth));
    }
  }
}

function arithmetic(
  name: Extract<ValueFunction, 'add' | 'sub' | 'mul' | 'div' | 'mod'>,
  left: Term,
  right: Term,
): Term {
  const isWhole = left.kind === 'integer' && right.kind === 'integer';
  const isFloat = left.kind === 'float' || right.kind === 'float';
  return { text: `(${left.text} ${name} ${right.text})`, kind: isWhole ? 'integer' : isFloat ? 'float' : 'decimal' };
}

export function wrong(message: string, property?: Property): SourceError {
  return new SourceError('FILTER_INVALID', message, {
    ...(property && { details: { column: property.name, type: property.type.name } }),
  });
}
