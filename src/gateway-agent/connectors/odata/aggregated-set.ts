import type { Aggregation } from '../../../contract/aggregation.js';
import { SourceError } from '../source-error.js';
import { isIdentifier } from './csdl-reader.js';
import type { EdmKind, EdmType } from './edm-type.js';
import { findProperty, type EntitySet, type Property } from './edm-model.js';
import { filterText } from './filter-text.js';

type Aggregate = Aggregation['aggregates'][number];

/** What was computed over the rows of a set, as something to read rows from. */
export interface AggregatedSet extends EntitySet {
  /** Text of `$apply`. */
  readonly apply: string;
  /** Names that every row must have: a service that passes over `$apply` would answer another question. */
  readonly results: readonly string[];
}

const NUMBERS: ReadonlySet<EdmKind> = new Set(['integer', 'decimal', 'float']);
const ORDERED: ReadonlySet<EdmKind> = new Set([...NUMBERS, 'string', 'date', 'moment', 'time', 'duration']);
const COUNT: EdmType = { kind: 'integer', name: 'Edm.Int64' };
const AVERAGE: EdmType = { kind: 'decimal', name: 'Edm.Decimal' };

/**
 * Puts rows together at the service, if it knows how: few do, and say so otherwise.
 *
 * @throws SourceError COLUMN_UNKNOWN, FILTER_INVALID, VALIDATION_FAILED
 * @see OData Extension for Data Aggregation 4.0
 */
export function aggregatedSet(set: EntitySet, { filter, groupBy, aggregates }: Aggregation): AggregatedSet {
  const groups = [...new Set(groupBy)].map((name) => groupable(findProperty(set, name)));
  const results = aggregates.map((aggregate) => resultOf(set, aggregate));
  const names = [...groups, ...results].map(({ name }) => name);
  if (names.length === 0) throw invalid('The aggregation asks for nothing.');
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated !== undefined) throw invalid(`Two results are called ${repeated}.`, repeated);
  const computed = aggregates.length === 0 ? [] : [`aggregate(${aggregates.map(aggregateText).join(',')})`];
  const grouped = `groupby(${[`(${groups.map(({ name }) => name).join(',')})`, ...computed].join(',')})`;
  const steps = [
    ...(filter ? [`filter(${filterText(filter, (name) => findProperty(set, name))})`] : []),
    ...(groups.length === 0 ? computed : [grouped]),
  ];
  return {
    name: set.name,
    properties: new Map([...groups, ...results].map((property) => [property.name, property])),
    key: groups,
    apply: steps.join('/'),
    results: results.map(({ name }) => name),
  };
}

function aggregateText({ method, column, as }: Aggregate): string {
  return method === 'count' ? `$count as ${as}` : `${column ?? ''} with ${method} as ${as}`;
}

function resultOf(set: EntitySet, { method, column, as }: Aggregate): Property {
  // It goes into the address as it is.
  if (!isIdentifier(as)) throw invalid('The name of a result is none that OData can say.', as);
  const plain = { name: as, nullable: true, hasDefault: false, readOnly: true, maxLength: undefined };
  if (method === 'count') return { ...plain, type: COUNT };
  if (column === undefined) throw invalid(`The result ${as} names no column.`, as);
  const of = findProperty(set, column);
  const isFit = { sum: NUMBERS, average: NUMBERS, min: ORDERED, max: ORDERED, countdistinct: undefined }[method];
  if (isFit?.has(of.type.kind) === false) {
    throw new SourceError('FILTER_INVALID', `The column ${of.name} has no ${method}.`, {
      details: { column: of.name, type: of.type.name, function: method },
    });
  }
  if (method === 'countdistinct') return { ...plain, type: groupable(of) && COUNT };
  return { ...plain, type: method === 'average' && of.type.kind === 'integer' ? AVERAGE : of.type };
}

function groupable(property: Property): Property {
  if (property.type.kind !== 'json') return property;
  throw new SourceError('FILTER_INVALID', `Rows cannot be grouped by the column ${property.name}.`, {
    details: { column: property.name, type: property.type.name },
  });
}

function invalid(message: string, name?: string): SourceError {
  return new SourceError('VALIDATION_FAILED', message, name === undefined ? {} : { details: { column: name } });
}
