/** What a statement answers that puts its rows together itself: `json_agg(…)::text AS rows`. */
export interface RowsInText {
  readonly rows: string;
}

/** A row as JSON has it: moments are texts there. */
export type InText<Row> = {
  readonly [Name in keyof Row]: Row[Name] extends Date
    ? string
    : Row[Name] extends Date | null
      ? string | null
      : Row[Name];
};

/**
 * Reads rows that came as one text. Long lists come so: the client looks at every value of every row by itself, which
 * takes ten times as long as reading the text. What the columns hold was checked when it was written.
 */
export function rowsIn<Row>([answer]: readonly RowsInText[]): readonly InText<Row>[] {
  return answer === undefined ? [] : (JSON.parse(answer.rows) as InText<Row>[]);
}

export function momentOrNull(text: string | null): Date | null {
  return text === null ? null : new Date(text);
}
