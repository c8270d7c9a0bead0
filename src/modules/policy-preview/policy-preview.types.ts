export const AFFECTED_KINDS = ['gateway', 'connection', 'principal', 'joinToken'] as const;

/** Somebody or something that a change of the policy would affect. */
export interface Affected {
  readonly kind: (typeof AFFECTED_KINDS)[number];
  readonly id: string;
  readonly displayName: string;
  /** What would be otherwise, in one sentence. */
  readonly effect: string;
}

export interface PolicyPreview {
  readonly value: readonly Affected[];
  /** There are more than are shown, or more that were not looked at. */
  readonly truncated: boolean;
}

/** What the tenant has that a change could affect. */
export interface PolicySubjects {
  readonly connections: readonly { readonly id: string; readonly displayName: string; readonly kind: string }[];
  /** With those who administer them by a role of their own, and the groups that do. */
  readonly gateways: readonly {
    readonly id: string;
    readonly displayName: string;
    readonly administrators: number;
    readonly groups: number;
  }[];
  /** Administrators of gateways: those who installed until now. */
  readonly installers: readonly { readonly id: string; readonly displayName: string }[];
  /** Not used yet. */
  readonly joinTokens: readonly {
    readonly id: string;
    readonly displayName: string;
    readonly createdBy: string;
    readonly isByTenantAdministrator: boolean;
  }[];
  /** People whose licences were looked at, by whether they suffice now and would then. */
  readonly licensed: readonly {
    readonly id: string;
    readonly displayName: string;
    readonly isEligibleNow: boolean;
    readonly isEligibleThen: boolean;
  }[];
}
