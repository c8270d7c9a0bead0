import type { CredentialType, SourceKind, Target } from '../../contract/targets.js';

/** What the last test of a connection said, and whether its credential can be opened at all. */
export const CONNECTION_STATUSES = ['working', 'failing', 'untested'] as const;
export type ConnectionStatusName = (typeof CONNECTION_STATUSES)[number];

/** A connection in one line of a long list. */
export interface ConnectionSummaryRow {
  readonly id: string;
  readonly displayName: string;
  readonly kind: SourceKind;
  readonly target: Target;
  readonly gatewayId: string;
  readonly gatewayName: string;
  readonly credentialType: CredentialType;
  readonly status: ConnectionStatusName;
  readonly testedAt: Date | null;
  /** Code of the last test's failure. */
  readonly testFailure: string | null;
  /** When a request that was no test last went through it, as far as requests are kept. */
  readonly lastUsedAt: Date | null;
  /** Whether the caller may change or delete it. */
  readonly canManage: boolean;
}
