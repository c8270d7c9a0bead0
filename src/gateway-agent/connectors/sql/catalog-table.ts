import type { ColumnKind } from './column-kind.js';

/** What a value is written into. */
export interface ValueShape {
  readonly kind: ColumnKind;
  readonly isArray: boolean;
  /** Kind of the elements of an array; `other` elements travel as text. */
  readonly elementKind: ColumnKind;
}

/** The type of a column, a parameter or a result. */
export interface SqlType extends ValueShape {
  /** Type for casts, without length or precision: a cast to `varchar(3)` would cut the value instead of comparing it. */
  readonly castType: string;
  /** Type for people, with length and precision. */
  readonly sourceType: string;
  /** The source's own number or name of the type beneath, where it has one. */
  readonly typeId: number | string;
  /** Smallest and largest value of an integer type. A literal beyond them is compared as a decimal. */
  readonly range?: { readonly least: bigint; readonly most: bigint } | undefined;
}

/** A column as the source's catalogue describes it. */
export interface CatalogColumn extends SqlType {
  readonly name: string;
  readonly nullable: boolean;
  readonly hasDefault: boolean;
  /** The source fills it itself, always: computed, or an identity that takes no value. */
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

/** A parameter, or a column of what comes back. */
export interface Argument extends SqlType {
  readonly name: string;
}

/** A function or a procedure as the source's catalogue describes it. */
export interface Routine {
  readonly schema: string;
  readonly name: string;
  readonly isProcedure: boolean;
  readonly isVoid: boolean;
  readonly inputs: readonly Argument[];
  /** Arguments of a procedure that only come back; a call still names them. */
  readonly outputs: readonly Argument[];
  /** How many of the inputs, from the first, a call must name. */
  readonly requiredCount: number;
  /** Columns of a function's rows, and values that come back from a procedure; undefined: only the call itself can tell. */
  readonly results: readonly Argument[] | undefined;
}
