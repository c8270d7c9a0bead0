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
