import type { Row } from '../sql/sql-session.js';

/** Rows up to this size are read as one text and cut up: one call into the runtime instead of one for each value. */
const MAX_ROW_AT_ONCE = 16 * 1024;
/** Of the number of values in front of a row, and of the length in front of each value; -1 says null. */
const COUNT_BYTES = 2;
const LENGTH_BYTES = 4;

/** A message that is no row. The server, or something between, does not speak the protocol. */
export class MalformedRow extends Error {
  override readonly name = 'MalformedRow';
}

/**
 * Reads the values of a DataRow message as text.
 *
 * @param start of what follows the message's length
 * @throws MalformedRow, or what the runtime says of a text that is longer than it can hold
 * @see PostgreSQL's documentation, chapter "Message Formats"
 */
export function readRow(bytes: Buffer, start: number, end: number): Row {
  if (start + COUNT_BYTES > end) throw new MalformedRow('A row without a number of values.');
  const row = new Array<string | null>(bytes.readUInt16BE(start));
  // A byte of it is a character of this text, so that each value stands in both at the same place; right for ASCII.
  const text = end - start <= MAX_ROW_AT_ONCE ? bytes.toString('latin1', start, end) : undefined;
  let at = start + COUNT_BYTES;
  for (let i = 0; i < row.length; i += 1) {
    if (at + LENGTH_BYTES > end) throw new MalformedRow('A row that ends before its last value.');
    const length = bytes.readInt32BE(at);
    at += LENGTH_BYTES;
    if (length < 0) {
      row[i] = null;
      continue;
    }
    const next = at + length;
    if (next > end) throw new MalformedRow('A value that ends behind its row.');
    row[i] =
      text !== undefined && isAscii(bytes, at, next)
        ? text.slice(at - start, next - start)
        : bytes.toString('utf8', at, next);
    at = next;
  }
  return row;
}

function isAscii(bytes: Buffer, start: number, end: number): boolean {
  let bits = 0;
  for (let i = start; i < end; i += 1) bits |= bytes[i] ?? 0;
  return bits < 0x80;
}
