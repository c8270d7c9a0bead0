import { randomUUID } from 'node:crypto';
import type { EdmKind } from './edm-type.js';
import type { Property } from './edm-model.js';
import { CollectionError } from './collection-reader.js';
import { splitMembers } from './json-members.js';

/** A row as callers get it, and as it came. */
export interface WrittenRow {
  readonly text: string;
  /** JSON text by the name of the member. */
  readonly members: ReadonlyMap<string, string>;
}

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/**
 * Turns the JSON text of a service's row into that of an answer: its declared properties in their order, with the two
 * members in front that the connector contract puts there.
 *
 * @throws CollectionError when the text is no row
 */
export function rowWriter(properties: readonly Property[]): (row: string) => WrittenRow {
  const write = memberWriter(properties);
  const hasOwnId = properties.some(({ name }) => name === 'ItemInternalId');
  return (row) => {
    const members = splitMembers(row);
    const etag = members.get('@odata.etag') ?? members.get('@etag') ?? '""';
    let text = `{"@odata.etag":${etag}`;
    if (!hasOwnId) text += `,"ItemInternalId":"${randomUUID()}"`;
    const values = write(members);
    return { text: `${text}${values === '' ? '' : ','}${values}}`, members };
  };
}

/**
 * Writer for rows that were computed: nothing stands in front of what was asked for.
 *
 * @param results names that a row must have
 * @throws CollectionError also when the row is one of the table, because the service passed over what it was asked
 */
export function resultWriter(properties: readonly Property[], results: readonly string[]): (row: string) => WrittenRow {
  const write = memberWriter(properties);
  return (row) => {
    const members = splitMembers(row);
    if (!results.every((name) => members.has(name))) throw new CollectionError('a row without what was computed');
    return { text: `{${write(members)}}`, members };
  };
}

function memberWriter(properties: readonly Property[]): (members: ReadonlyMap<string, string>) => string {
  const columns = properties.map(({ name, type }) => ({ name, label: `${JSON.stringify(name)}:`, kind: type.kind }));
  return (members) =>
    columns.map(({ name, label, kind }) => label + writeValue(members.get(name) ?? 'null', kind)).join(',');
}

/** Digits pass through as text: a double would round the long ones. */
function writeValue(json: string, kind: EdmKind): string {
  if (json === 'null') return json;
  switch (kind) {
    case 'integer':
    case 'decimal':
    case 'float':
      return writeNumber(json);
    case 'binary':
      return writeBytes(json);
    default:
      return json;
  }
}

/** Services that were asked to keep JavaScript from rounding write long numbers as texts. NaN and the infinities have no word in JSON. */
function writeNumber(json: string): string {
  if (!json.startsWith('"')) return json;
  const text = String(JSON.parse(json));
  if (NUMBER.test(text)) return text;
  if (['INF', '-INF', 'NaN'].includes(text)) return 'null';
  throw new CollectionError('a number that is none');
}

/** OData writes bytes in the alphabet for addresses, the connector contract in the plain one. */
function writeBytes(json: string): string {
  if (!json.startsWith('"')) return json;
  return `"${Buffer.from(String(JSON.parse(json)), 'base64url').toString('base64')}"`;
}
