import type { BindParameter } from 'oracledb';
import type { ColumnKind } from '../sql/column-kind.js';
import type { SqlValue } from '../sql/fragment.js';
import { floatText } from '../sql/value-texts.js';

/** The driver, loaded when first needed. */
export type OracleDriver = typeof import('oracledb');

/** What stands for a value that comes back, its kind behind it; it comes as text. */
export const OUT_VALUE = 'out ';
/** A value that goes in and comes back. */
export const IN_OUT_VALUE = 'in out ';

/** Longest text that comes back in a parameter, in bytes. */
const MAX_OUT_BYTES = 32_767;

/** The kind of a value that comes back; undefined for one that does not. */
export function outKind(value: SqlValue): ColumnKind | undefined {
  if (value === null || typeof value !== 'object' || !('type' in value)) return undefined;
  const prefix = [OUT_VALUE, IN_OUT_VALUE].find((each) => value.type.startsWith(each));
  return prefix === undefined ? undefined : (value.type.slice(prefix.length) as ColumnKind);
}

/** Everything goes as text or bytes: casts in the statement say what it stands for, and lose no digit of it. */
export function bindOf(value: SqlValue, driver: OracleDriver): BindParameter {
  const text = driver.DB_TYPE_VARCHAR;
  if (value instanceof Uint8Array) return { val: Buffer.from(value), type: driver.DB_TYPE_RAW };
  if (value === null || typeof value !== 'object') return { val: value === null ? null : String(value), type: text };
  const { type, value: plain } = value;
  if (type === 'raw') {
    return { val: plain instanceof Uint8Array ? Buffer.from(plain) : null, type: driver.DB_TYPE_RAW };
  }
  if (type === 'number') return { val: plain as number, type: driver.DB_TYPE_NUMBER };
  if (type.startsWith(OUT_VALUE)) return { dir: driver.BIND_OUT, type: text, maxSize: MAX_OUT_BYTES };
  const val = plain === null ? null : String(plain);
  return type.startsWith(IN_OUT_VALUE)
    ? { dir: driver.BIND_INOUT, val, type: text, maxSize: MAX_OUT_BYTES }
    : { val, type: text };
}

const KINDS: Readonly<Record<string, ColumnKind>> = {
  NUMBER: 'decimal',
  BINARY_INTEGER: 'integer',
  BINARY_FLOAT: 'float',
  BINARY_DOUBLE: 'float',
  DATE: 'timestamp',
  TIMESTAMP: 'timestamp',
  'TIMESTAMP WITH TIME ZONE': 'timestamptz',
  'TIMESTAMP WITH LOCAL TIME ZONE': 'timestamptz',
  RAW: 'binary',
  'LONG RAW': 'binary',
  BLOB: 'binary',
  BOOLEAN: 'boolean',
  JSON: 'json',
};

/** The kind of a result's column by the driver's name of its type. */
export function kindOfDriverType(name: string | undefined): ColumnKind {
  return KINDS[name ?? ''] ?? 'text';
}

/** Turns the driver's value into text. Its dates are in this machine's time where the source's have no zone. */
export function cellText(value: unknown, type: string | undefined): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return value;
  if (Buffer.isBuffer(value)) return value.toString('base64');
  if (value instanceof Date) return kindOfDriverType(type) === 'timestamptz' ? value.toISOString() : localText(value);
  if (typeof value === 'number') return type === 'BINARY_FLOAT' ? floatText(value) : String(value);
  if (typeof value === 'boolean') return String(value);
  return JSON.stringify(value);
}

function localText(date: Date): string {
  const two = (part: number): string => String(part).padStart(2, '0');
  const day = `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  const time = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
  const ms = date.getMilliseconds();
  return `${day}T${time}${ms === 0 ? '' : `.${String(ms).padStart(3, '0')}`}`;
}
