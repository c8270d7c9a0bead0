import type { SqlType } from '../sql/catalog-table.js';
import type { ColumnKind } from '../sql/column-kind.js';
import type { JsonWriter } from '../sql/dialect.js';
import { writeAsIs, writeNumber, writeQuoted, writeText } from '../sql/value-texts.js';

/** What the catalogue says of a type: `TIMESTAMP(6) WITH TIME ZONE` stands there as a whole. */
export interface OracleTypeName {
  readonly name: string;
  readonly precision: number | undefined;
  readonly scale: number | undefined;
  readonly charLength: number | undefined;
}

const KINDS: Readonly<Record<string, ColumnKind>> = {
  NUMBER: 'decimal',
  FLOAT: 'decimal',
  BINARY_FLOAT: 'float',
  BINARY_DOUBLE: 'float',
  CHAR: 'text',
  NCHAR: 'text',
  VARCHAR2: 'text',
  NVARCHAR2: 'text',
  CLOB: 'text',
  NCLOB: 'text',
  LONG: 'text',
  ROWID: 'text',
  UROWID: 'text',
  RAW: 'binary',
  BLOB: 'binary',
  DATE: 'timestamp',
  TIMESTAMP: 'timestamp',
  'TIMESTAMP WITH TIME ZONE': 'timestamptz',
  'TIMESTAMP WITH LOCAL TIME ZONE': 'timestamptz',
  BOOLEAN: 'boolean',
  JSON: 'json',
};

/** Types that can neither be compared nor sorted. */
const INCOMPARABLE: ReadonlySet<string> = new Set(['CLOB', 'NCLOB', 'BLOB', 'LONG', 'JSON', 'XMLTYPE']);
/** Types without a kind of their own that have a text. */
const WITH_TEXT: ReadonlySet<string> = new Set(['INTERVAL YEAR TO MONTH', 'INTERVAL DAY TO SECOND', 'XMLTYPE']);

/** Most digits of a NUMBER that is whole and says no more of itself. */
const MAX_DIGITS = 38;

export function isComparable({ typeId }: SqlType): boolean {
  return !INCOMPARABLE.has(String(typeId));
}

/** Whether values of the type can be told at all: objects, files and collections cannot. */
export function isReadable({ kind, typeId }: SqlType): boolean {
  return kind !== 'other' || WITH_TEXT.has(String(typeId));
}

/** The type without the figures in it. */
function plainName(name: string): string {
  return name.replaceAll(/\(\d+\)/g, '');
}

/** A day has a time of day here: DATE goes to the second. */
export function oracleType(type: OracleTypeName): SqlType {
  const name = plainName(type.name);
  const isWhole = name === 'NUMBER' && type.scale === 0;
  const most = 10n ** BigInt(type.precision ?? MAX_DIGITS) - 1n;
  return {
    kind: isWhole ? 'integer' : (KINDS[name] ?? 'other'),
    isArray: false,
    elementKind: 'other',
    castType: name,
    sourceType: shown(type),
    typeId: name,
    range: isWhole ? { least: -most, most } : undefined,
  };
}

function shown({ name, precision, scale, charLength }: OracleTypeName): string {
  if (name === 'NUMBER' && precision !== undefined)
    return scale ? `NUMBER(${precision},${scale})` : `NUMBER(${precision})`;
  return charLength === undefined || charLength === 0 ? name : `${name}(${charLength})`;
}

/** `+00:00` is what ISO 8601 has a letter for. */
const writeZoned: JsonWriter = (text) => `"${text.replace(/\+00:00$/, 'Z')}"`;

const WRITERS: Readonly<Record<ColumnKind, JsonWriter>> = {
  integer: writeNumber,
  decimal: writeNumber,
  float: writeNumber,
  money: writeNumber,
  boolean: (text) => (text === 'true' || text === '1' ? 'true' : 'false'),
  text: writeText,
  date: writeQuoted,
  timestamp: writeQuoted,
  timestamptz: writeZoned,
  time: writeText,
  uuid: writeText,
  binary: writeQuoted,
  json: writeAsIs,
  other: writeText,
};

export function oracleWriter(kind: ColumnKind): JsonWriter {
  return WRITERS[kind];
}
