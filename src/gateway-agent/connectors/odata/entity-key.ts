import { SourceError } from '../source-error.js';
import type { EntitySet } from './edm-model.js';
import { literal } from './literal.js';

export function itemMissing({ name }: EntitySet): SourceError {
  return new SourceError('ITEM_NOT_FOUND', 'The table has no row with this key.', { details: { table: name } });
}

/**
 * Path of one entity by its key. One property: the text as it is. Several: joined by commas, a comma or backslash within a
 * value written with a backslash before it.
 *
 * @throws SourceError VALIDATION_FAILED for a table without a key, ITEM_NOT_FOUND for a text that cannot be one
 */
export function entityPath(set: EntitySet, key: string): string {
  if (set.key.length === 0) {
    throw new SourceError('VALIDATION_FAILED', 'The table has no key: its rows cannot be addressed one by one.', {
      details: { table: set.name },
    });
  }
  const parts = set.key.length === 1 ? [key] : splitKey(key);
  if (parts.length !== set.key.length) throw itemMissing(set);
  const literals = set.key.map(({ name, type }, index) => {
    const text = literal(parts[index] ?? '', type);
    if (text === undefined) throw itemMissing(set);
    return set.key.length === 1 ? encodeURIComponent(text) : `${name}=${encodeURIComponent(text)}`;
  });
  return `/${encodeURIComponent(set.name)}(${literals.join(',')})`;
}

function splitKey(key: string): readonly string[] {
  const parts = [''];
  for (let at = 0; at < key.length; at += 1) {
    const character = key[at] ?? '';
    if (character === ',') {
      parts.push('');
      continue;
    }
    if (character === '\\') at += 1;
    parts[parts.length - 1] += character === '\\' ? (key[at] ?? '') : character;
  }
  return parts;
}
