import { showValue } from './printable.js';

/** A column: its title, and what it shows of a row. */
export type Column<Row> = readonly [title: string, show: (row: Row) => unknown];

/** A column's content is cut after so many characters: the whole of it is in `--json`. */
const WIDEST = 60;

/** Rows under titles, in columns. */
export function renderTable<Row>(columns: readonly Column<Row>[], rows: readonly Row[], bold = false): string {
  const cells = rows.map((row) => columns.map(([, show]) => cut(showValue(show(row)))));
  const titles = columns.map(([title]) => title.toUpperCase());
  const widths = titles.map((title, at) => Math.max(title.length, ...cells.map((line) => line[at]?.length ?? 0)));
  const line = (texts: readonly string[]): string =>
    texts
      .map((text, at) => text.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd();
  const head = line(titles);
  return [bold ? `\u001b[1m${head}\u001b[0m` : head, ...cells.map(line)].join('\n');
}

/** Names and values, one a line. */
export function renderFields(fields: readonly (readonly [string, unknown])[]): string {
  const width = Math.max(0, ...fields.map(([name]) => name.length));
  return fields.map(([name, value]) => `${name.padEnd(width)}  ${showValue(value)}`).join('\n');
}

function cut(text: string): string {
  return text.length > WIDEST ? `${text.slice(0, WIDEST - 1)}…` : text;
}
