import { z } from 'zod';
import { DomainError } from './errors/domain-error.js';
import { isIdentifier } from './identifier.js';
import { isMoment } from './moment.js';

/** Most entries of one page. */
export const PAGE_SIZE = 100;

/** One page of a list, in key order, and where the next one starts. */
export interface Page<T> {
  readonly value: T[];
  readonly continuationToken?: string;
}

/** The query of every list. */
export const pageQuerySchema = z.object({ continuationToken: z.string().max(1024).optional() });
export type PageQuery = z.infer<typeof pageQuerySchema>;

/** Texts that the database takes: no U+0000. */
const keySchema = z
  .array(
    z
      .string()
      .max(512)
      .refine((text) => !text.includes('\0')),
  )
  .min(1)
  .max(4);

/** @param key the sort key of the last entry shown */
export function encodeContinuation(key: readonly string[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/** @throws DomainError VALIDATION_FAILED when the text was not made by `encodeContinuation` */
export function decodeContinuation(text: string): string[] {
  try {
    return keySchema.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
  } catch (cause) {
    throw new DomainError('VALIDATION_FAILED', { path: 'continuationToken' }, { cause });
  }
}

/**
 * Reads the place in a list that is sorted by time and then by id.
 *
 * @throws DomainError VALIDATION_FAILED for a moment or an id that the database has no type for
 */
export function decodePlaceInTime(text: string): { readonly at: Date; readonly id: string } {
  const [moment = '', id = ''] = decodeContinuation(text);
  const at = new Date(moment);
  if (!isMoment(at) || !isIdentifier(id)) throw new DomainError('VALIDATION_FAILED', { path: 'continuationToken' });
  return { at, id };
}

/**
 * Cuts a page out of `PAGE_SIZE + 1` rows read in key order.
 *
 * @param keyOf the sort key of a row, as `encodeContinuation` takes it
 */
export function cutPage<Row, T>(
  rows: readonly Row[],
  keyOf: (row: Row) => readonly string[],
  show: (row: Row) => T,
): Page<T> {
  const shown = rows.slice(0, PAGE_SIZE);
  const last = shown.at(-1);
  const value = shown.map(show);
  if (rows.length <= PAGE_SIZE || last === undefined) return { value };
  return { value, continuationToken: encodeContinuation(keyOf(last)) };
}
