import type { ColumnType } from '../../../contract/table.js';

/** How values of a property are compared and written. */
export type EdmKind =
  | 'string'
  | 'boolean'
  | 'integer'
  | 'decimal'
  | 'float'
  | 'date'
  | 'moment'
  | 'time'
  | 'guid'
  | 'binary'
  | 'duration'
  | 'enum'
  | 'json';

/** The type of a property as the service's metadata has it, definitions resolved. */
export interface EdmType {
  readonly kind: EdmKind;
  /** With its namespace, as literals of enumerations need it. */
  readonly name: string;
}

const KIND_BY_NAME: ReadonlyMap<string, EdmKind> = new Map([
  ['Edm.String', 'string'],
  ['Edm.Boolean', 'boolean'],
  ['Edm.Byte', 'integer'],
  ['Edm.SByte', 'integer'],
  ['Edm.Int16', 'integer'],
  ['Edm.Int32', 'integer'],
  ['Edm.Int64', 'integer'],
  ['Edm.Decimal', 'decimal'],
  ['Edm.Double', 'float'],
  ['Edm.Single', 'float'],
  ['Edm.Date', 'date'],
  ['Edm.DateTimeOffset', 'moment'],
  ['Edm.TimeOfDay', 'time'],
  ['Edm.Guid', 'guid'],
  ['Edm.Binary', 'binary'],
  ['Edm.Duration', 'duration'],
]);

const CONTRACT_TYPE: Readonly<Record<EdmKind, ColumnType>> = {
  string: 'string',
  boolean: 'boolean',
  integer: 'integer',
  decimal: 'number',
  float: 'number',
  date: 'date',
  moment: 'date-time',
  time: 'time',
  guid: 'guid',
  binary: 'binary',
  duration: 'string',
  enum: 'string',
  json: 'json',
};

/** The kind of a primitive type; complex types, collections and places on earth travel as JSON. */
export function primitiveKind(name: string): EdmKind {
  return KIND_BY_NAME.get(name) ?? 'json';
}

/** The contract's word for a kind. */
export function contractTypeOf(kind: EdmKind): ColumnType {
  return CONTRACT_TYPE[kind];
}
