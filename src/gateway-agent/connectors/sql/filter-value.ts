import type { FilterValue } from '../../../contract/filter.js';
import { SourceError } from '../source-error.js';
import type { CatalogColumn } from './catalog-table.js';
import type { SqlDialect } from './dialect.js';
import type { Fragment } from './fragment.js';

const INTEGER = /^-?\d+$/;

/**
 * Chooses how a literal is compared with a column: in the column's own type, so that its index serves, except where
 * that would change the literal. A number outside an integer column's type compares as a decimal, and a point in time
 * compares with a column of days or zoneless times as a point in time, the column read as UTC.
 *
 * @throws SourceError FILTER_INVALID
 */
export function comparand(
  value: Exclude<FilterValue, { type: 'null' }>,
  column: CatalogColumn,
  { expressions }: SqlDialect,
): Fragment {
  const text = String(value.value);
  if (value.type === 'number') {
    if (column.kind === 'text') throw mismatch(column, 'text, and the filter compares it with a number');
    const { range } = column;
    const fits = INTEGER.test(text) && range !== undefined && BigInt(text) >= range.least && BigInt(text) <= range.most;
    if (range !== undefined && !fits) return expressions.literal(text, 'decimal', column.name);
  }
  if (value.type === 'boolean' && column.kind !== 'boolean') throw mismatch(column, 'no true and false');
  if (value.type === 'dateTime' && (column.kind === 'date' || column.kind === 'timestamp')) {
    return expressions.literal(text, 'moment', column.name);
  }
  const own = expressions.ownLiteral(text, column);
  if (own) return own;
  throw mismatch(column, column.kind === 'binary' ? 'bytes, which a filter writes in base64' : column.sourceType);
}

function mismatch(column: CatalogColumn, holds: string): SourceError {
  return new SourceError('FILTER_INVALID', `The column ${column.name} holds ${holds}.`, {
    details: { column: column.name, type: column.sourceType },
  });
}
