import type { RowWriter } from './json-rows.js';
import type { Row } from './sql-session.js';

/**
 * Writes the rows of a small answer while those behind them are on their way, so that the writing costs no time of its
 * own. They are held back all the same until the source has said that it did not fail.
 */
export class EarlyRows {
  private readonly texts: string[] = [];
  private taken = 0;

  constructor(private readonly write: RowWriter) {}

  /** Called with each row in their order, or with none of them. */
  readonly arrived = (row: Row): void => {
    this.texts.push(this.write(row));
  };

  /** Called with the same rows in the same order. */
  readonly take: RowWriter = (row) => {
    const text = this.texts[this.taken];
    this.taken += 1;
    return text ?? this.write(row);
  };
}
