import type { RowWriter } from './json-rows.js';
import type { RunningStatement } from './running-statement.js';
import type { Row } from './sql-session.js';

/** Size at which text is handed on as bytes, in characters: the frames of the relay are three times as large. */
export const CHUNK_SIZE = 64 * 1024;

export interface RowBody {
  readonly running: RunningStatement;
  /** Rows already read, so that a failure before the first one is an error and not a broken answer. */
  readonly first: readonly Row[] | undefined;
  readonly write: RowWriter;
  /** Rows to write at most; more are counted, not written. */
  readonly limit: number;
  /** Rows that the machine's operator lets one answer hold. */
  readonly maxRows: number | undefined;
  readonly prefix: string;
  readonly suffix: string;
  /** Called once, when all rows were written, with the number that came and the last one written. */
  readonly onEnd: (rowsSeen: number, last: Row | undefined) => void | Promise<void>;
}

/** The rows as the bytes of a JSON array, at the reader's pace. */
export async function* rowBody(body: RowBody): AsyncGenerator<Uint8Array> {
  let isWhole = false;
  try {
    let text = body.prefix;
    let rowsSeen = 0;
    let last: Row | undefined;
    for (let rows = body.first; rows; rows = await body.running.next()) {
      for (const row of rows) {
        rowsSeen += 1;
        if (rowsSeen > body.limit) continue;
        body.running.assertRows(rowsSeen, body.maxRows);
        last = row;
        text += rowsSeen === 1 ? '\n' : ',\n';
        text += body.write(row);
        if (text.length >= CHUNK_SIZE) {
          yield Buffer.from(text);
          text = '';
        }
      }
    }
    isWhole = true;
    await body.onEnd(rowsSeen, last);
    yield Buffer.from(text + body.suffix);
  } finally {
    if (!isWhole) await body.running.abandon();
  }
}

/** Refuses an answer that is too large already, as long as an error can still be told instead of a broken answer. */
export async function refuseEarly(
  running: RunningStatement,
  count: number,
  maxRows: number | undefined,
): Promise<void> {
  try {
    running.assertRows(count, maxRows);
  } catch (error) {
    await running.abandon();
    throw error;
  }
}
