import type { ColumnType } from '../../../contract/table.js';

/** How values of a column are compared and written, whatever the source calls the type. */
export type ColumnKind =
  | 'integer'
  | 'decimal'
  | 'float'
  | 'money'
  | 'boolean'
  | 'text'
  | 'date'
  | 'timestamp'
  | 'timestamptz'
  | 'time'
  | 'uuid'
  | 'binary'
  | 'json'
  | 'other';

const CONTRACT_TYPE: Readonly<Record<ColumnKind, ColumnType>> = {
  integer: 'integer',
  decimal: 'number',
  float: 'number',
  money: 'number',
  boolean: 'boolean',
  text: 'string',
  date: 'date',
  timestamp: 'date-no-tz',
  timestamptz: 'date-time',
  time: 'time',
  uuid: 'guid',
  binary: 'binary',
  json: 'json',
  other: 'string',
};

/** The contract's word for a kind; arrays travel as JSON. */
export function contractTypeOf(kind: ColumnKind, isArray: boolean): ColumnType {
  return isArray ? 'json' : CONTRACT_TYPE[kind];
}
