import type { CsvText } from '../../common/http/csv-text.js';

/** An environment as other modules see it. */
export interface EnvironmentRow {
  readonly id: string;
  readonly displayName: string;
  /** Location key, as in the region map. */
  readonly region: string;
}

/** What a tenant administrator says to make an environment known here. */
export interface NewEnvironment {
  /** Its id in Power Platform; a new one when left out. */
  readonly id?: string | undefined;
  readonly displayName: string;
  readonly region: string;
}

/** What a tenant administrator changes of an environment; what is left out stays. */
export interface EnvironmentChange {
  readonly displayName?: string | undefined;
  readonly region?: string | undefined;
}

/** One row of a list to import. */
export interface ImportRow extends NewEnvironment {
  /** Where it stands, for whoever corrects the list: `line 4711`, `environments.17`. */
  readonly place: string;
}

/** Something that keeps a list from being imported. */
export interface ImportFault {
  readonly place: string;
  readonly problem: string;
}

/** What an import did. */
export interface ImportResult {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
}

/** A list of environments as it was sent: CSV, our own shape, or Power Platform's. Its rows are not looked at yet. */
export type EnvironmentList =
  CsvText | { readonly environments: readonly unknown[] } | { readonly value: readonly unknown[] };
