import { SourceError } from '../source-error.js';
import { quoteIdentifier } from './identifier.js';
import type { OrderTerm, RowSource } from './row-source.js';
import type { Row } from './row-stream.js';
import type { Binding } from './statement.js';

/** Longest place in an order that is told, in characters: it comes back in an address. */
const MAX_PLACE_LENGTH = 4096;

/** Whether the order's columns tell any two rows apart, so that a row's place in it can be gone on from. */
export function isTotal(source: RowSource, terms: readonly OrderTerm[]): boolean {
  return source.key.length > 0 && terms.every(({ column }) => column.selectable);
}

/** The place of a row in the order, as text; undefined for one too long to be told. */
export function placeOf(row: Row, positions: readonly number[]): string | undefined {
  const text = JSON.stringify(positions.map((position) => row[position] ?? null));
  return text.length > MAX_PLACE_LENGTH ? undefined : text;
}

/**
 * The condition for rows that come behind a place in the order. Nulls are the least values, as the order has them.
 *
 * @param place as `placeOf` told it; it comes from outside, so its values are bound
 * @throws SourceError VALIDATION_FAILED for a text that is no place in this order
 */
export function behind(place: string, terms: readonly OrderTerm[], binding: Binding): string {
  const values = readPlace(place, terms.length);
  const bound = values.map((value, index) => {
    const column = terms[index]?.column;
    return value === null || !column ? undefined : `${binding.add(value, column.name)}::${column.castType}`;
  });
  const isPlain =
    terms.every(({ column, descending }) => !column.nullable && !descending) && !bound.includes(undefined);
  // One comparison of whole rows, which an index over the columns serves.
  if (isPlain) {
    const names = terms.map(({ column }) => quoteIdentifier(column.name));
    return `(${names.join(', ')}) > (${bound.join(', ')})`;
  }
  const steps = terms.map((term, index) => {
    const equal = terms.slice(0, index).map(({ column }, at) => {
      const name = quoteIdentifier(column.name);
      return bound[at] === undefined ? `${name} IS NULL` : `${name} = ${bound[at]}`;
    });
    return `(${[...equal, farther(term, bound[index])].join(' AND ')})`;
  });
  return `(${steps.join(' OR ')})`;
}

function farther({ column, descending }: OrderTerm, value: string | undefined): string {
  const name = quoteIdentifier(column.name);
  if (!descending) return value === undefined ? `${name} IS NOT NULL` : `${name} > ${value}`;
  if (value === undefined) return 'FALSE';
  return column.nullable ? `(${name} < ${value} OR ${name} IS NULL)` : `${name} < ${value}`;
}

function readPlace(place: string, length: number): readonly (string | null)[] {
  let values: unknown;
  try {
    values = JSON.parse(place);
  } catch (cause) {
    throw notAPlace(cause);
  }
  const isPlace = Array.isArray(values) && values.length === length && values.every(isPart);
  if (!isPlace) throw notAPlace();
  return values as (string | null)[];
}

function isPart(value: unknown): boolean {
  return value === null || (typeof value === 'string' && !value.includes('\0'));
}

function notAPlace(cause?: unknown): SourceError {
  return new SourceError('VALIDATION_FAILED', 'The list cannot be gone on with from there.', { cause });
}
