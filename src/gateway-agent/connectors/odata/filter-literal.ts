import type { ComparisonOperator, FilterValue } from '../../../contract/filter.js';
import { SourceError } from '../source-error.js';
import type { EdmKind } from './edm-type.js';
import type { Property } from './edm-model.js';
import { literal, quoted } from './literal.js';

export type Value = Exclude<FilterValue, { type: 'null' }>;

/** A comparison with a literal, as it is asked of the service. */
export interface Compared {
  readonly operator: ComparisonOperator;
  readonly text: string;
}

/** Kinds that a literal of a type may be compared with. Texts may stand for anything that is written as one. */
const KINDS: Readonly<Record<Value['type'], readonly EdmKind[]>> = {
  boolean: ['boolean'],
  number: ['integer', 'decimal', 'float'],
  string: ['string', 'date', 'moment', 'time', 'guid', 'binary', 'duration', 'enum', 'integer', 'decimal', 'float'],
  date: ['date', 'moment', 'string'],
  dateTime: ['date', 'moment', 'string'],
  guid: ['guid', 'string'],
};

const MIDNIGHT = /T00:00(?::00(?:\.0+)?)?Z$/;

/**
 * A literal in the type of the property that it is compared with.
 *
 * @throws SourceError FILTER_INVALID
 */
export function comparedWith(property: Property, operator: ComparisonOperator, value: Value): Compared {
  const { type } = property;
  if (!KINDS[value.type].includes(type.kind)) throw mismatch(property);
  if (type.kind === 'date' && value.type === 'dateTime') return comparedWithDay(property, operator, value.value);
  // A number outside the whole ones still has its place among them.
  const isPart = type.kind === 'integer' && value.type === 'number';
  const text = isPart ? value.value : literal(String(value.value), type);
  if (text === undefined) throw mismatch(property);
  return { operator, text };
}

/** A literal by itself, beside something that is computed. @throws SourceError FILTER_INVALID */
export function plainLiteral(value: Value, kind: EdmKind): string {
  if (!KINDS[value.type].includes(kind))
    throw new SourceError('FILTER_INVALID', 'A part is compared with a literal of another type.');
  if (value.type === 'string' && kind === 'string') return quoted(value.value);
  const text = literal(String(value.value), { kind, name: '' });
  const isNumber = value.type === 'number';
  if (text === undefined && !isNumber)
    throw new SourceError('FILTER_INVALID', 'A part is compared with a literal of another type.');
  return text ?? String(value.value);
}

/** A day compared with a moment is the midnight at its beginning, in UTC. */
function comparedWithDay(property: Property, operator: ComparisonOperator, moment: string): Compared {
  const instant = new Date(moment);
  if (Number.isNaN(instant.getTime())) throw mismatch(property);
  const utc = instant.toISOString();
  const text = utc.slice(0, utc.indexOf('T'));
  if (MIDNIGHT.test(utc)) return { operator, text };
  if (operator === 'lt' || operator === 'le') return { operator: 'le', text };
  if (operator === 'gt' || operator === 'ge') return { operator: 'gt', text };
  throw mismatch(property);
}

function mismatch({ name, type }: Property): SourceError {
  return new SourceError('FILTER_INVALID', `The column ${name} is compared with something of another type.`, {
    details: { column: name, type: type.name },
  });
}
