/** SQL text and what is bound to it, in PostgreSQL's text format. */
export interface Statement {
  readonly text: string;
  readonly values: readonly (string | null)[];
  /** The column that `$n` (index n - 1) is compared with or written to: lets an error about a value name its column. */
  readonly columns: readonly (string | undefined)[];
  /** The shape repeats: keep it prepared on the connection. Not for lists, whose best plan depends on the values. */
  readonly isRepeated: boolean;
}

/** Collects bound values while SQL text is put together. */
export class Binding {
  readonly values: (string | null)[] = [];
  readonly columns: (string | undefined)[] = [];

  /** @returns the placeholder that stands for the value */
  add(value: string | null, column?: string): string {
    this.values.push(value);
    this.columns.push(column);
    return `$${this.values.length}`;
  }

  statement(text: string, isRepeated: boolean): Statement {
    return { text, values: this.values, columns: this.columns, isRepeated };
  }
}
