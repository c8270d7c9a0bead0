import type { SqlType } from '../sql/catalog-table.js';
import type { ColumnKind } from '../sql/column-kind.js';
import type { JsonWriter } from '../sql/dialect.js';
import { writeAsIs, writeBoolean, writeNumber, writeQuoted, writeText } from '../sql/value-texts.js';

/** What the catalogue says of a type: `decimal(38,10) unsigned` has the data type `decimal`. */
export interface MysqlTypeName {
  readonly dataType: string;
  readonly columnType: string;
  /** MariaDB keeps JSON as text; the catalogue tells by the check that it put on the column. */
  readonly isJson: boolean;
}

const KINDS: Readonly<Record<string, ColumnKind>> = {
  tinyint: 'integer',
  smallint: 'integer',
  mediumint: 'integer',
  int: 'integer',
  bigint: 'integer',
  year: 'integer',
  bit: 'integer',
  decimal: 'decimal',
  float: 'float',
  double: 'float',
  char: 'text',
  varchar: 'text',
  tinytext: 'text',
  text: 'text',
  mediumtext: 'text',
  longtext: 'text',
  enum: 'text',
  set: 'text',
  date: 'date',
  datetime: 'timestamp',
  timestamp: 'timestamptz',
  time: 'time',
  uuid: 'uuid',
  binary: 'binary',
  varbinary: 'binary',
  tinyblob: 'binary',
  blob: 'binary',
  mediumblob: 'binary',
  longblob: 'binary',
  json: 'json',
};

/** Bits of the integer types. */
const BITS: Readonly<Record<string, bigint>> = { tinyint: 8n, smallint: 16n, mediumint: 24n, int: 32n, bigint: 64n };

/** Types of places on a map; they are read and written in their text form (WKT). */
const GEOMETRIES: ReadonlySet<string> = new Set([
  'geometry',
  'point',
  'linestring',
  'polygon',
  'multipoint',
  'multilinestring',
  'multipolygon',
  'geometrycollection',
  'geomcollection',
]);

export function isGeometry({ typeId }: Pick<SqlType, 'typeId'>): boolean {
  return GEOMETRIES.has(String(typeId));
}

/** The neutral form of a type. `tinyint(1)` and `bit(1)` are what people write for truth. */
export function mysqlType({ dataType, columnType, isJson }: MysqlTypeName): SqlType {
  const isTruth = /^(?:tinyint|bit)\(1\)/.test(columnType);
  const kind = isJson ? 'json' : isTruth ? 'boolean' : (KINDS[dataType] ?? 'other');
  return {
    kind,
    isArray: false,
    elementKind: 'other',
    castType: castTypeOf(kind, columnType),
    sourceType: columnType,
    typeId: dataType,
    range: kind === 'integer' ? rangeOf(dataType, columnType) : undefined,
  };
}

function castTypeOf(kind: ColumnKind, columnType: string): string {
  if (kind !== 'integer') return kind;
  return columnType.includes('unsigned') || columnType.startsWith('bit') ? 'UNSIGNED' : 'SIGNED';
}

function rangeOf(dataType: string, columnType: string): SqlType['range'] {
  if (dataType === 'bit') return { least: 0n, most: 2n ** BigInt(/\d+/.exec(columnType)?.[0] ?? 64) - 1n };
  if (dataType === 'year') return { least: 0n, most: 9999n };
  const bits = BITS[dataType] ?? 64n;
  if (columnType.includes('unsigned')) return { least: 0n, most: 2n ** bits - 1n };
  return { least: -(2n ** (bits - 1n)), most: 2n ** (bits - 1n) - 1n };
}

/** Days that no calendar has (`0000-00-00`, `2020-00-00`): some servers keep them for "not known". */
const NO_DAY = /^(?:0000|\d{4}-00|\d{4}-\d\d-00)/;

const writeTime =
  (zone: string): JsonWriter =>
  (text) =>
    NO_DAY.test(text) ? 'null' : `"${text.replace(' ', 'T')}${zone}"`;

const WRITERS: Readonly<Record<ColumnKind, JsonWriter>> = {
  integer: writeNumber,
  decimal: writeNumber,
  float: writeNumber,
  money: writeNumber,
  boolean: writeBoolean,
  text: writeText,
  date: writeTime(''),
  timestamp: writeTime(''),
  timestamptz: writeTime('Z'),
  time: writeText,
  uuid: writeQuoted,
  binary: writeQuoted,
  json: writeAsIs,
  other: writeText,
};

export function mysqlWriter(kind: ColumnKind): JsonWriter {
  return WRITERS[kind];
}
