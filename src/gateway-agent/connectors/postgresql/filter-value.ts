import type { FilterValue } from '../../../contract/filter.js';
import { SourceError } from '../source-error.js';
import type { CatalogColumn } from './catalog-table.js';
import { INTEGER_RANGE } from './column-kind.js';
import { base64ToBytea } from './parameter-text.js';

/** A value as bound text, and the type in which the source compares it. */
export interface Comparand {
  readonly text: string;
  readonly castType: string;
}

const INTEGER = /^-?\d+$/;

/**
 * Chooses how a literal is compared with a column: in the column's own type, so that its index serves, except where
 * that would change the literal. A number outside an integer column's type compares as numeric, and a point in time
 * compares with a column of days or zoneless times as a point in time, the column read as UTC.
 *
 * @throws SourceError FILTER_INVALID
 */
export function comparand(value: Exclude<FilterValue, { type: 'null' }>, column: CatalogColumn): Comparand {
  const own = { text: String(value.value), castType: column.castType };
  if (value.type === 'number') {
    if (column.kind === 'text') throw mismatch(column, 'text, and the filter compares it with a number');
    const range = INTEGER_RANGE.get(column.oid);
    if (!range) return own;
    const fits = INTEGER.test(value.value) && BigInt(value.value) >= range.least && BigInt(value.value) <= range.most;
    return fits ? own : { ...own, castType: 'numeric' };
  }
  if (value.type === 'boolean' && column.kind !== 'boolean') throw mismatch(column, 'no true and false');
  if (value.type === 'dateTime' && (column.kind === 'date' || column.kind === 'timestamp')) {
    return { ...own, castType: 'timestamptz' };
  }
  if (column.kind === 'bytea' && !column.isArray) {
    const bytes = base64ToBytea(own.text);
    if (bytes === undefined) throw mismatch(column, 'bytes, which a filter writes in base64');
    return { ...own, text: bytes };
  }
  return own;
}

function mismatch(column: CatalogColumn, holds: string): SourceError {
  return new SourceError('FILTER_INVALID', `The column ${column.name} holds ${holds}.`, {
    details: { column: column.name, type: column.sourceType },
  });
}
