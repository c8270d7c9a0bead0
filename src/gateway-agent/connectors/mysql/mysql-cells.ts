import type { FieldPacket } from 'mysql2';
import type { ColumnKind } from '../sql/column-kind.js';
import { floatText } from '../sql/value-texts.js';

/** Types as they are numbered on the wire. @see MySQL internals, "Column Types" */
const WIRE = {
  decimal: 0,
  tiny: 1,
  short: 2,
  long: 3,
  float: 4,
  double: 5,
  timestamp: 7,
  longlong: 8,
  int24: 9,
  date: 10,
  time: 11,
  datetime: 12,
  year: 13,
  bit: 16,
  vector: 242,
  json: 245,
  newdecimal: 246,
  geometry: 255,
} as const;

/** The character set that says that there are bytes, not characters. */
const BINARY_CHARSET = 63;

const KINDS: ReadonlyMap<number, ColumnKind> = new Map<number, ColumnKind>([
  [WIRE.decimal, 'decimal'],
  [WIRE.newdecimal, 'decimal'],
  [WIRE.tiny, 'integer'],
  [WIRE.short, 'integer'],
  [WIRE.long, 'integer'],
  [WIRE.longlong, 'integer'],
  [WIRE.int24, 'integer'],
  [WIRE.year, 'integer'],
  [WIRE.float, 'float'],
  [WIRE.double, 'float'],
  [WIRE.timestamp, 'timestamptz'],
  [WIRE.datetime, 'timestamp'],
  [WIRE.date, 'date'],
  [WIRE.time, 'time'],
  [WIRE.json, 'json'],
  [WIRE.vector, 'json'],
  [WIRE.geometry, 'json'],
]);

/** The kind of a result's column. */
export function kindOfField(field: FieldPacket): ColumnKind {
  const type = field.columnType ?? -1;
  const isTruth = (type === WIRE.tiny || type === WIRE.bit) && field.columnLength === 1;
  if (isTruth) return 'boolean';
  if (type === WIRE.bit) return 'integer';
  if (field.extendedFormat === 'json') return 'json';
  if (field.extendedTypeName === 'uuid') return 'uuid';
  return KINDS.get(type) ?? (field.characterSet === BINARY_CHARSET ? 'binary' : 'text');
}

/** Turns the driver's value of one column into text. */
export type CellReader = (value: unknown) => string | null;

/** How the values of a column are read: bytes as base64, bits as the number that they are. */
export function cellReader(field: FieldPacket): CellReader {
  const type = field.columnType;
  if (type === WIRE.bit) return (value) => (Buffer.isBuffer(value) ? bitsText(value) : plain(value));
  if (type === WIRE.float) return (value) => (typeof value === 'number' ? floatText(value) : plain(value));
  return plain;
}

function plain(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return value;
  if (Buffer.isBuffer(value)) return value.toString('base64');
  return typeof value === 'number' ? String(value) : JSON.stringify(value);
}

function bitsText(bytes: Buffer): string {
  return bytes.length === 0 ? '0' : BigInt(`0x${bytes.toString('hex')}`).toString();
}
