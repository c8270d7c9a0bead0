import { randomUUID } from 'node:crypto';

/** Ids that share one random part: what four hexadecimal digits count. The fifth digit in front keeps their zeros. */
const FIRST = 0x10000;
const END = 0x20000;
const COUNTED_DIGITS = 4;

/**
 * Makes ids for the rows of one answer. Nobody looks a row up by them, they only differ; a random UUID for each row costs
 * as much as writing two of its columns, so the last digits count behind 106 random bits.
 */
export function rowIds(): () => string {
  let head = '';
  let next = END;
  return () => {
    if (next === END) {
      head = randomUUID().slice(0, -COUNTED_DIGITS);
      next = FIRST;
    }
    const digits = next.toString(16).slice(1);
    next += 1;
    return head + digits;
  };
}
