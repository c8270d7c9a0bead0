import type { CatalogColumn } from './catalog-table.js';
import type { JsonWriter, SqlDialect } from './dialect.js';
import { rowIds } from './row-ids.js';
import type { Row, SqlField } from './sql-session.js';

/** Turns one row into the text of a JSON object. */
export type RowWriter = (row: Row) => string;

interface Member {
  /** Comma, quoted name and colon. */
  readonly label: string;
  readonly write: JsonWriter;
}

/** @param isFirst nothing stands in front of the first of them */
function membersOf(writers: readonly (readonly [string, JsonWriter])[], isFirst: boolean): readonly Member[] {
  return writers.map(([name, write], index) => ({
    label: `${isFirst && index === 0 ? '' : ','}${JSON.stringify(name)}:`,
    write,
  }));
}

function joinMembers(members: readonly Member[], row: Row, start: string): string {
  let text = start;
  for (let i = 0; i < members.length; i += 1) {
    const member = members[i];
    const value = row[i];
    if (member === undefined) continue;
    text += member.label;
    text += value === null || value === undefined ? 'null' : member.write(value);
  }
  return `${text}}`;
}

/** Writer for rows of a table: the connector contract puts two members in front, unless a column bears that name. */
export function itemWriter(columns: readonly CatalogColumn[], { types }: SqlDialect): RowWriter {
  const names = new Set(columns.map((column) => column.name));
  const etag = names.has('@odata.etag') ? '' : '"@odata.etag":""';
  const hasId = names.has('ItemInternalId');
  const writers = columns.map((column) => [column.name, types.writer(column)] as const);
  const members = membersOf(writers, hasId && etag === '');
  if (hasId) return (row) => joinMembers(members, row, `{${etag}`);
  const start = `{${etag}${etag === '' ? '' : ','}"ItemInternalId":"`;
  const nextId = rowIds();
  return (row) => joinMembers(members, row, `${start}${nextId()}"`);
}

/** Writer for rows that were computed: nothing stands in front of what was asked for. */
export function groupWriter(
  columns: readonly { readonly name: string; readonly column: CatalogColumn }[],
  { types }: SqlDialect,
): RowWriter {
  const writers = columns.map(({ name, column }) => [name, types.writer(column)] as const);
  const members = membersOf(writers, true);
  return (row) => joinMembers(members, row, '{');
}

/** Writer for rows of a free query. A repeated column name gets a number, as a JSON object holds a name once. */
export function resultWriter(fields: readonly SqlField[], { types }: SqlDialect): RowWriter {
  const taken = new Set<string>();
  const writers = fields.map((field) => {
    const { name } = field;
    let unique = name;
    for (let n = 1; taken.has(unique); n += 1) unique = `${name}${n}`;
    taken.add(unique);
    return [unique, types.fieldWriter(field)] as const;
  });
  const members = membersOf(writers, true);
  return (row) => joinMembers(members, row, '{');
}
