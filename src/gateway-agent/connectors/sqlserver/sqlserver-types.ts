import type { CatalogColumn, SqlType } from '../sql/catalog-table.js';
import type { ColumnKind } from '../sql/column-kind.js';
import type { JsonWriter } from '../sql/dialect.js';
import { writeAsIs, writeBoolean, writeNumber, writeQuoted, writeText } from '../sql/value-texts.js';

/** What the catalogue says of a type. Lengths are in bytes; -1 stands for `max`. */
export interface SqlServerTypeName {
  readonly name: string;
  readonly length: number;
  readonly precision: number;
  readonly scale: number;
}

const KINDS: Readonly<Record<string, ColumnKind>> = {
  bit: 'boolean',
  tinyint: 'integer',
  smallint: 'integer',
  int: 'integer',
  bigint: 'integer',
  decimal: 'decimal',
  numeric: 'decimal',
  money: 'decimal',
  smallmoney: 'decimal',
  float: 'float',
  real: 'float',
  char: 'text',
  varchar: 'text',
  nchar: 'text',
  nvarchar: 'text',
  text: 'text',
  ntext: 'text',
  date: 'date',
  datetime: 'timestamp',
  smalldatetime: 'timestamp',
  datetime2: 'timestamp',
  datetimeoffset: 'timestamptz',
  time: 'time',
  uniqueidentifier: 'uuid',
  binary: 'binary',
  varbinary: 'binary',
  image: 'binary',
  timestamp: 'binary',
  rowversion: 'binary',
};

const RANGES: Readonly<Record<string, SqlType['range']>> = {
  tinyint: { least: 0n, most: 255n },
  smallint: { least: -32_768n, most: 32_767n },
  int: { least: -(2n ** 31n), most: 2n ** 31n - 1n },
  bigint: { least: -(2n ** 63n), most: 2n ** 63n - 1n },
};

const SIZED: ReadonlySet<string> = new Set(['char', 'varchar', 'binary', 'varbinary']);
const WIDE: ReadonlySet<string> = new Set(['nchar', 'nvarchar']);
const SCALED: ReadonlySet<string> = new Set(['time', 'datetime2', 'datetimeoffset']);

/** Types that cannot be compared, grouped or sorted. */
const INCOMPARABLE: ReadonlySet<string> = new Set(['text', 'ntext', 'image', 'xml', 'geometry', 'geography', 'json']);
/** Types of which a SELECT gives the text. */
const AS_TEXT: ReadonlySet<string> = new Set(['sql_variant', 'hierarchyid', 'geometry', 'geography']);

export function isComparable(type: string): boolean {
  return !INCOMPARABLE.has(type);
}

export function isReadAsText({ typeId }: SqlType): boolean {
  return AS_TEXT.has(String(typeId));
}

/** A type as it is declared: `decimal(38,10)`, `nvarchar(max)`. */
export function declaredType({ name, length, precision, scale }: SqlServerTypeName): string {
  if (name === 'decimal' || name === 'numeric') return `${name}(${precision},${scale})`;
  if (SCALED.has(name)) return `${name}(${scale})`;
  if (SIZED.has(name)) return `${name}(${length === -1 ? 'max' : length})`;
  return WIDE.has(name) ? `${name}(${length === -1 ? 'max' : length / 2})` : name;
}

/** Characters that a text holds; undefined for other types and for those without a limit of their own. */
export function maxLengthOf({ name, length }: SqlServerTypeName): number | undefined {
  if (length <= 0) return undefined;
  if (name === 'char' || name === 'varchar') return length;
  return WIDE.has(name) ? length / 2 : undefined;
}

export function sqlServerType(type: SqlServerTypeName): SqlType {
  const { name } = type;
  return {
    kind: KINDS[name] ?? 'other',
    isArray: false,
    elementKind: 'other',
    castType: name,
    sourceType: declaredType(type),
    typeId: name,
    range: RANGES[name],
  };
}

const WRITERS: Readonly<Record<ColumnKind, JsonWriter>> = {
  integer: writeNumber,
  decimal: writeNumber,
  float: writeNumber,
  money: writeNumber,
  boolean: writeBoolean,
  text: writeText,
  date: writeQuoted,
  timestamp: writeQuoted,
  timestamptz: writeQuoted,
  time: writeQuoted,
  uuid: writeQuoted,
  binary: writeQuoted,
  json: writeAsIs,
  other: writeText,
};

export function sqlServerWriter(kind: ColumnKind): JsonWriter {
  return WRITERS[kind];
}

/** The driver's names of types. */
const DRIVER_KINDS: Readonly<Record<string, ColumnKind>> = {
  Bit: 'boolean',
  BitN: 'boolean',
  TinyInt: 'integer',
  SmallInt: 'integer',
  Int: 'integer',
  IntN: 'integer',
  BigInt: 'integer',
  Decimal: 'decimal',
  DecimalN: 'decimal',
  Numeric: 'decimal',
  NumericN: 'decimal',
  Money: 'decimal',
  MoneyN: 'decimal',
  SmallMoney: 'decimal',
  Float: 'float',
  FloatN: 'float',
  Real: 'float',
  Date: 'date',
  DateTime: 'timestamp',
  DateTimeN: 'timestamp',
  SmallDateTime: 'timestamp',
  DateTime2: 'timestamp',
  DateTimeOffset: 'timestamptz',
  Time: 'time',
  UniqueIdentifier: 'uuid',
  Binary: 'binary',
  VarBinary: 'binary',
  Image: 'binary',
  UDT: 'binary',
};

export function kindOfDriverType(name: string): ColumnKind {
  return DRIVER_KINDS[name] ?? 'text';
}

/** A column with what a variable for its values is declared as, collation included. */
export interface SqlServerColumn extends CatalogColumn {
  readonly declared: string;
}

export function declarationOf(column: CatalogColumn): string {
  return 'declared' in column ? String(column.declared) : column.sourceType;
}
