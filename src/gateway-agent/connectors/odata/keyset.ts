import { SourceError } from '../source-error.js';
import type { Property } from './edm-model.js';
import { literal } from './literal.js';

/** One property of an order. */
export interface OrderTerm {
  readonly property: Property;
  readonly descending: boolean;
}

/** Longest place in an order that is told, in characters: it comes back in an address. */
const MAX_PLACE_LENGTH = 4096;

/**
 * The place of a row in the order, as text; undefined for one that cannot be told.
 *
 * @param members JSON text of the row's values by name
 */
export function placeOf(members: ReadonlyMap<string, string>, terms: readonly OrderTerm[]): string | undefined {
  const values = terms.map(({ property }) => {
    const json = members.get(property.name);
    if (json === undefined || json === 'null') return null;
    const text = json.startsWith('"') ? String(JSON.parse(json)) : json;
    return literal(text, property.type) === undefined ? undefined : text;
  });
  if (values.includes(undefined)) return undefined;
  const place = JSON.stringify(values);
  return place.length > MAX_PLACE_LENGTH ? undefined : place;
}

/**
 * The condition for rows that come behind a place in the order. Nulls are the least values, as OData orders them.
 *
 * @param place as `placeOf` told it; it comes from outside, so its values are written as literals of their types
 * @throws SourceError VALIDATION_FAILED for a text that is no place in this order
 */
export function behind(place: string, terms: readonly OrderTerm[]): string {
  const values = readPlace(place, terms);
  const steps = terms.map((term, index) => {
    const equal = terms.slice(0, index).map(({ property }, at) => `${property.name} eq ${values[at] ?? 'null'}`);
    const step = farther(term, values[index] ?? null);
    return step === undefined ? undefined : `(${[...equal, step].join(' and ')})`;
  });
  const possible = steps.filter((step) => step !== undefined);
  if (possible.length === 0) throw notAPlace();
  return possible.join(' or ');
}

/** Undefined: nothing lies farther. */
function farther({ property: { name, nullable }, descending }: OrderTerm, value: string | null): string | undefined {
  if (!descending) return value === null ? `${name} ne null` : `${name} gt ${value}`;
  if (value === null) return undefined;
  return nullable ? `(${name} lt ${value} or ${name} eq null)` : `${name} lt ${value}`;
}

function readPlace(place: string, terms: readonly OrderTerm[]): readonly (string | null)[] {
  let values: unknown;
  try {
    values = JSON.parse(place);
  } catch (cause) {
    throw notAPlace(cause);
  }
  if (terms.length === 0 || !Array.isArray(values) || values.length !== terms.length) throw notAPlace();
  return values.map((value: unknown, index) => {
    const type = terms[index]?.property.type;
    if (value === null) return null;
    const text = typeof value === 'string' && type ? literal(value, type) : undefined;
    if (text === undefined) throw notAPlace();
    return text;
  });
}

function notAPlace(cause?: unknown): SourceError {
  return new SourceError('VALIDATION_FAILED', 'The list cannot be gone on with from there.', { cause });
}
