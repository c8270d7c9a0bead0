import { sql } from 'kysely';
import { SourceError } from '../source-error.js';
import type { CatalogTable } from './catalog-table.js';
import type { Assignment, SqlDialect } from './dialect.js';
import { identifier, list, type Fragment } from './fragment.js';

export function itemMissing(table: CatalogTable): SourceError {
  return new SourceError('ITEM_NOT_FOUND', 'The table has no row with this key.', { details: { table: table.name } });
}

/**
 * Splits the key of a row into its columns' values. One column: the text as it is. Several: joined by commas, a comma or
 * backslash within a value written with a backslash before it.
 */
export function splitKey(key: string, columnCount: number): readonly string[] {
  if (columnCount === 1) return [key];
  const parts = [''];
  for (let i = 0; i < key.length; i += 1) {
    const character = key[i] ?? '';
    if (character === ',') {
      parts.push('');
      continue;
    }
    if (character === '\\') i += 1;
    parts[parts.length - 1] += character === '\\' ? (key[i] ?? '') : character;
  }
  return parts;
}

/**
 * The columns of a table's primary key with the values that a row's key has for them.
 *
 * @throws SourceError VALIDATION_FAILED for a table without a key, ITEM_NOT_FOUND for a text that cannot be one
 */
export function keyValues(table: CatalogTable, key: string, { expressions }: SqlDialect): readonly Assignment[] {
  if (table.key.length === 0) {
    throw new SourceError(
      'VALIDATION_FAILED',
      'The table has no primary key: its rows cannot be addressed one by one.',
      {
        details: { table: table.name },
      },
    );
  }
  const parts = splitKey(key, table.key.length);
  if (parts.length !== table.key.length || key.includes('\0')) throw itemMissing(table);
  return table.key.map((column, index) => {
    const value = expressions.ownLiteral(parts[index] ?? '', column);
    if (value === undefined) throw itemMissing(table);
    return { column, value };
  });
}

/** The condition that picks one row by its primary key. @throws SourceError as `keyValues` does */
export function keyCondition(table: CatalogTable, key: string, dialect: SqlDialect): Fragment {
  return allEqual(keyValues(table, key, dialect));
}

export function allEqual(values: readonly Assignment[]): Fragment {
  const conditions = values.map(({ column, value }) => sql`${identifier(column.name)} = ${value}`);
  return list(conditions, sql.raw(' AND '));
}
