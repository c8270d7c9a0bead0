import { CsvError, parse, type InfoRecord } from 'csv-parse/sync';
import type { ImportFault } from './environments.types.js';
import type { RawRow } from './import-row.js';

/** Power Platform's own list has a dozen columns. */
const MAX_COLUMNS = 100;

/** Headings by which a column is known, in lower case; Power Platform's export and ours. */
const HEADINGS = {
  id: ['id', 'environment id'],
  displayName: ['display name', 'displayname', 'name'],
  region: ['region', 'location'],
} as const;
type Column = keyof typeof HEADINGS;

interface CsvRecord {
  readonly cells: readonly string[];
  /** Physical line on which it ends; the first is 1. */
  readonly line: number;
}

/** Rows of a CSV file whose first one names the columns. Separated by commas, or by semicolons as some spreadsheets write. */
export function readCsv(text: string, maxRows: number): { rows: RawRow[]; faults: ImportFault[] } {
  const plain = text.replaceAll(/\r\n?/g, '\n');
  const { records, fault } = split(plain, maxRows + 2);
  const [header, ...body] = records;
  if (!header) return { rows: [], faults: fault ? [fault] : [{ place: 'line 1', problem: 'the header is missing' }] };

  const columns = columnsOf(header);
  if ('problem' in columns) return { rows: [], faults: [columns] };
  const faults: ImportFault[] = fault ? [fault] : [];
  const rows: RawRow[] = [];
  for (const { cells, line } of body) {
    const place = `line ${line}`;
    const cell = (column: Column) => cells[columns[column] ?? -1];
    if (cells.length === header.cells.length) {
      rows.push({ place, id: cell('id'), displayName: cell('displayName'), region: cell('region') });
    } else {
      faults.push({ place, problem: `has ${cells.length} columns, the header ${header.cells.length}` });
    }
  }
  return { rows, faults };
}

function split(text: string, maxRecords: number): { records: CsvRecord[]; fault?: ImportFault } {
  const records: CsvRecord[] = [];
  try {
    parse(text, {
      bom: true,
      delimiter: delimiterOf(text),
      record_delimiter: '\n',
      relax_column_count: true,
      skip_empty_lines: true,
      to: maxRecords,
      on_record: (cells: string[], { lines }: InfoRecord) => void records.push({ cells, line: lines }),
    });
    return { records };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = nextLine(text, records.at(-1)?.line ?? 0);
    return {
      records,
      fault: { place: `line ${line}`, problem: 'a quotation mark is not closed, or stands inside a field' },
    };
  }
}

/** Where the record begins that could not be read. The parser tells where it noticed, which may be thousands of lines on. */
function nextLine(text: string, after: number): number {
  const lines = text.split('\n');
  const index = lines.findIndex((line, number) => number >= after && line !== '');
  return (index === -1 ? after : index) + 1;
}

function delimiterOf(text: string): string {
  const [header = ''] = text.split('\n', 1);
  return header.includes(';') && !header.includes(',') ? ';' : ',';
}

function columnsOf({ cells, line }: CsvRecord): Partial<Record<Column, number>> | ImportFault {
  const place = `line ${line}`;
  if (cells.length > MAX_COLUMNS) return { place, problem: `has ${cells.length} columns; at most ${MAX_COLUMNS}` };
  const names = cells.map((name) => name.trim().toLowerCase());
  const found: Partial<Record<Column, number>> = {};
  for (const column of Object.keys(HEADINGS) as Column[]) {
    const known: readonly string[] = HEADINGS[column];
    const heading = known.find((name) => names.includes(name));
    if (heading !== undefined) found[column] = names.indexOf(heading);
    else if (column !== 'id') return { place, problem: `no column is headed ${known.join(' or ')}` };
  }
  return found;
}
