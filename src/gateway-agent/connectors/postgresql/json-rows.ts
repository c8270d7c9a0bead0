import { randomUUID } from 'node:crypto';
import type { CatalogColumn } from './catalog-table.js';
import { writerOf, writerOfOid, type JsonWriter } from './json-value.js';
import type { Row, RowField } from './row-stream.js';

/** Turns one row into the text of a JSON object. */
export type RowWriter = (row: Row) => string;

interface Member {
  /** Quoted name with its colon. */
  readonly label: string;
  readonly write: JsonWriter;
}

function joinMembers(members: readonly Member[], row: Row, start: string): string {
  let text = start;
  for (let i = 0; i < members.length; i += 1) {
    const member = members[i];
    const value = row[i];
    if (member === undefined) continue;
    if (text.length > 1) text += ',';
    text += member.label + (value === null || value === undefined ? 'null' : member.write(value));
  }
  return `${text}}`;
}

/** Writer for rows of a table: the connector contract puts two members in front, unless a column bears that name. */
export function itemWriter(columns: readonly CatalogColumn[]): RowWriter {
  const members = columns.map((column) => ({
    label: `${JSON.stringify(column.name)}:`,
    write: writerOf(column.kind === 'money' ? 'decimal' : column.kind, column.isArray, column.elementKind),
  }));
  const names = new Set(columns.map((column) => column.name));
  const start = names.has('@odata.etag') ? '{' : '{"@odata.etag":""';
  if (names.has('ItemInternalId')) return (row) => joinMembers(members, row, start);
  const separator = start === '{' ? '' : ',';
  return (row) => joinMembers(members, row, `${start}${separator}"ItemInternalId":"${randomUUID()}"`);
}

/** Writer for rows that were computed: nothing stands in front of what was asked for. */
export function groupWriter(columns: readonly { readonly name: string; readonly column: CatalogColumn }[]): RowWriter {
  const members = columns.map(({ name, column: { kind, isArray, elementKind } }) => ({
    label: `${JSON.stringify(name)}:`,
    write: writerOf(kind, isArray, elementKind),
  }));
  return (row) => joinMembers(members, row, '{');
}

/** Writer for rows of a free query. A repeated column name gets a number, as a JSON object holds a name once. */
export function resultWriter(fields: readonly RowField[]): RowWriter {
  const taken = new Set<string>();
  const members = fields.map(({ name, dataTypeID }) => {
    let unique = name;
    for (let n = 1; taken.has(unique); n += 1) unique = `${name}${n}`;
    taken.add(unique);
    return { label: `${JSON.stringify(unique)}:`, write: writerOfOid(dataTypeID) };
  });
  return (row) => joinMembers(members, row, '{');
}
