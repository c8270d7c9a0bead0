import type { SqlType } from '../sql/catalog-table.js';
import type { ColumnKind } from '../sql/column-kind.js';

/** Type oids of PostgreSQL's catalogue (pg_type.dat); they never change. */
const KIND_BY_OID: ReadonlyMap<number, ColumnKind> = new Map([
  [16, 'boolean'],
  [17, 'binary'],
  [18, 'text'],
  [19, 'text'],
  [20, 'integer'],
  [21, 'integer'],
  [23, 'integer'],
  [25, 'text'],
  [26, 'integer'],
  [114, 'json'],
  [700, 'float'],
  [701, 'float'],
  [790, 'money'],
  [1042, 'text'],
  [1043, 'text'],
  [1082, 'date'],
  [1083, 'time'],
  [1114, 'timestamp'],
  [1184, 'timestamptz'],
  [1700, 'decimal'],
  [2950, 'uuid'],
  [3802, 'json'],
]);

/** Element kinds of the built-in array types. */
const ELEMENT_BY_ARRAY_OID: ReadonlyMap<number, ColumnKind> = new Map([
  [199, 'json'],
  [791, 'text'],
  [1000, 'boolean'],
  [1001, 'binary'],
  [1002, 'text'],
  [1003, 'text'],
  [1005, 'integer'],
  [1007, 'integer'],
  [1009, 'text'],
  [1014, 'text'],
  [1015, 'text'],
  [1016, 'integer'],
  [1021, 'float'],
  [1022, 'float'],
  [1028, 'integer'],
  [1041, 'text'],
  [1115, 'timestamp'],
  [1182, 'date'],
  [1183, 'time'],
  [1185, 'timestamptz'],
  [1187, 'text'],
  [1231, 'decimal'],
  [2951, 'uuid'],
  [3807, 'json'],
]);

/** Largest magnitude of the integer types, by oid. */
export const INTEGER_RANGE: ReadonlyMap<number, { readonly least: bigint; readonly most: bigint }> = new Map([
  [20, { least: -(2n ** 63n), most: 2n ** 63n - 1n }],
  [21, { least: -32_768n, most: 32_767n }],
  [23, { least: -(2n ** 31n), most: 2n ** 31n - 1n }],
  [26, { least: 0n, most: 2n ** 32n - 1n }],
]);

export function kindOfOid(oid: number): ColumnKind {
  return KIND_BY_OID.get(oid) ?? 'other';
}

export function elementKindOfOid(oid: number): ColumnKind | undefined {
  return ELEMENT_BY_ARRAY_OID.get(oid);
}

/** Types of what is computed. */
export const BIGINT = computed('bigint', 20, 'integer');
export const NUMERIC = computed('numeric', 1700, 'decimal');
export const FLOAT8 = computed('double precision', 701, 'float');

function computed(castType: string, typeId: number, kind: ColumnKind): SqlType {
  const range = INTEGER_RANGE.get(typeId);
  return { castType, sourceType: castType, typeId, kind, isArray: false, elementKind: 'other', range };
}
