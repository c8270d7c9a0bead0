import { sql } from 'kysely';
import { SourceError } from '../source-error.js';
import type { SqlDialect } from './dialect.js';
import { identifier, list, type Fragment } from './fragment.js';
import type { OrderTerm, RowSource } from './row-source.js';
import type { Row } from './sql-session.js';

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
export function behind(place: string, terms: readonly OrderTerm[], dialect: SqlDialect): Fragment {
  const values = readPlace(place, terms.length);
  const bound = values.map((value, index) => {
    const column = terms[index]?.column;
    return value === null || !column ? undefined : dialect.expressions.rowLiteral(value, column);
  });
  const given = bound.filter((value) => value !== undefined);
  const isPlain =
    dialect.expressions.comparesRows &&
    terms.every(({ column, descending }) => !column.nullable && !descending) &&
    given.length === bound.length;
  // One comparison of whole rows, which an index over the columns serves.
  if (isPlain) return sql`(${list(terms.map(({ column }) => identifier(column.name)))}) > (${list(given)})`;
  const steps = terms.map((term, index) => {
    const equal = terms.slice(0, index).map(({ column }, at) => {
      const value = bound[at];
      return value === undefined ? sql`${identifier(column.name)} IS NULL` : sql`${identifier(column.name)} = ${value}`;
    });
    return sql`(${list([...equal, farther(term, bound[index], dialect)], sql.raw(' AND '))})`;
  });
  return sql`(${list(steps, sql.raw(' OR '))})`;
}

function farther({ column, descending }: OrderTerm, value: Fragment | undefined, dialect: SqlDialect): Fragment {
  const name = identifier(column.name);
  if (!descending) return value === undefined ? sql`${name} IS NOT NULL` : sql`${name} > ${value}`;
  if (value === undefined) return dialect.expressions.constant(false);
  return column.nullable ? sql`(${name} < ${value} OR ${name} IS NULL)` : sql`${name} < ${value}`;
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
