/** What can hold a role. */
export const PRINCIPAL_TYPES = ['User', 'ServicePrincipal', 'Group'] as const;
export type PrincipalType = (typeof PRINCIPAL_TYPES)[number];

/** Somebody or something that can hold a role. */
export interface PrincipalReference {
  /** Object id in the directory, lower case. */
  readonly id: string;
  readonly type: PrincipalType;
}

/**
 * Ids under which a caller can hold roles: their own first, then those of every group they are in, nested ones included.
 */
export interface Holders {
  readonly ids: readonly string[];
  /** False while the directory cannot tell the groups: what is not held then may be held after all. */
  readonly isComplete: boolean;
}
