import type { z } from 'zod';
import type { jsonSchema, Operation } from '../../../contract/operations.js';
import { SourceError } from '../source-error.js';
import { findProperty, type EntitySet, type Property } from './edm-model.js';
import { literal } from './literal.js';

type Json = z.infer<typeof jsonSchema>;
type Row = Extract<Operation, { name: 'createItem' }>['row'];

/** Members that clients send back with a row although they are ours, not the table's. */
const OUR_MEMBERS: ReadonlySet<string> = new Set(['@odata.etag', 'ItemInternalId']);
const NUMBERS: ReadonlySet<string> = new Set(['integer', 'decimal', 'float']);
const ETAG = /^(?:W\/)?"[\x21\x23-\x7e]*"$/;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/**
 * A row as the JSON that the service takes.
 *
 * @throws SourceError COLUMN_UNKNOWN, VALIDATION_FAILED
 */
export function entityBody(set: EntitySet, row: Row): string {
  const members = Object.entries(row)
    .filter(([name]) => set.properties.has(name) || !OUR_MEMBERS.has(name))
    .map(([name, value]) => {
      const property = findProperty(set, name);
      if (property.readOnly) {
        throw new SourceError('VALIDATION_FAILED', `The source fills the column ${name} itself.`, {
          details: { column: name },
        });
      }
      return `${JSON.stringify(name)}:${valueJson(property, value)}`;
    });
  return `{${members.join(',')}}`;
}

/** The version of the row that the caller has seen, where it says so. @throws SourceError VALIDATION_FAILED */
export function etagOf(row: Row): string | undefined {
  const etag = row['@odata.etag'];
  if (etag === undefined || etag === null || etag === '') return undefined;
  if (typeof etag === 'string' && etag.length <= 1024 && ETAG.test(etag)) return etag;
  throw new SourceError('VALIDATION_FAILED', 'The version of the row is none that a source gave.');
}

function valueJson(property: Property, value: Json): string {
  const { kind } = property.type;
  if (value === null || kind === 'json') return JSON.stringify(value);
  const wrong = (): SourceError =>
    new SourceError('VALIDATION_FAILED', `The value for the column ${property.name} has the wrong shape.`, {
      details: { column: property.name, type: property.type.name },
    });
  if (typeof value === 'object') throw wrong();
  if (kind === 'boolean') {
    if (value !== true && value !== false) throw wrong();
    return String(value);
  }
  if (NUMBERS.has(kind)) {
    // Digits as they stand: a long number arrives as a text, and a double would round it.
    const text = typeof value === 'boolean' ? undefined : literal(String(value), property.type);
    if (text === undefined || !isJsonNumber(text)) throw wrong();
    return text;
  }
  if (typeof value === 'boolean') throw wrong();
  const text = String(value);
  if (kind !== 'binary') return JSON.stringify(text);
  if (!BASE64.test(text)) throw wrong();
  return JSON.stringify(Buffer.from(text, 'base64').toString('base64url'));
}

/** Leading zeros are digits to people, not to JSON. */
function isJsonNumber(text: string): boolean {
  return /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text);
}
