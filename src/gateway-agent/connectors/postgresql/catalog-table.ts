import type { ColumnKind } from './column-kind.js';

/** A column as the source's catalogue describes it. */
export interface CatalogColumn {
  readonly name: string;
  /** Type for casts, without length or precision: `$1::varchar(3)` would cut the value instead of comparing it. */
  readonly castType: string;
  /** Type for people, with length and precision. */
  readonly sourceType: string;
  /** Oid of the type beneath domains. */
  readonly oid: number;
  readonly kind: ColumnKind;
  readonly isArray: boolean;
  /** Kind of the elements of an array; `other` elements travel as text. */
  readonly elementKind: ColumnKind;
  readonly nullable: boolean;
  readonly hasDefault: boolean;
  readonly readOnly: boolean;
  readonly keyOrder: number | undefined;
  readonly maxLength: number | undefined;
  /** Whether the login may read it. */
  readonly selectable: boolean;
  /** Whether the source can compare its values with one another. */
  readonly comparable: boolean;
  /** Its values are drawn from a sequence, so they grow; absent: it was not asked. */
  readonly isSerial?: boolean;
}

/** A table or view as the source's catalogue describes it. */
export interface CatalogTable {
  readonly schema: string;
  readonly name: string;
  readonly columns: readonly CatalogColumn[];
  /** The primary key's columns in their order; empty when there is none. */
  readonly key: readonly CatalogColumn[];
}
