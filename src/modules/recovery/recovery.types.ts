import type { Caller } from '../../common/auth/caller.js';

/** Who answers a challenge: somebody who recovers a gateway, or one of its members. */
export interface Prover {
  readonly tenantId: string;
  /** Object id of the person or service principal, or the member's id. */
  readonly id: string;
  readonly type: Caller['type'] | 'Member';
}

/** How a gateway's recovery key stands. Neither salts nor keys. */
export interface RecoveryStatus {
  /** When somebody last showed that they have the key. */
  readonly provedAt: Date | null;
  readonly changedAt: Date | null;
  /** How often the key was changed. */
  readonly handovers: number;
  /** Whole days since the key came into being. */
  readonly keyAgeDays: number;
  /** Callers who are locked out now. */
  readonly locks: number;
  /** When administrators are reminded to prove the key. */
  readonly reminderAt: Date;
}

/** Wrong proofs of one caller at one gateway. */
export interface RecoveryLockView {
  readonly callerId: string;
  readonly failures: number;
  readonly countedFrom: Date;
  /** Null while there are tries left. */
  readonly lockedUntil: Date | null;
}

/** A password that a compromised member could have opened. */
export interface ExposureView {
  readonly connectionId: string;
  /** Undefined once the connection is deleted. */
  readonly connectionName: string | undefined;
  /** The compromised member. */
  readonly memberId: string;
  readonly since: Date;
  /** Null while the password still has to be changed at its source. */
  readonly closedAt: Date | null;
  /** Who said that it was; null also when a newly sealed credential did. */
  readonly closedBy: string | null;
}

/**
 * What is still to be done after a member was revoked, and is tried again until it is: to remove the places on the relay
 * that it knew, or to start the rotation of the sealing key. The member itself is out whatever is pending.
 */
export const PENDING_STEPS = ['relay', 'rotation'] as const;
export type PendingStep = (typeof PENDING_STEPS)[number];

/** What came of revoking a member as compromised. */
export interface Compromise {
  readonly memberId: string;
  readonly epoch: number;
  /** Connections whose passwords it could have opened. */
  readonly exposures: number;
  readonly isRotationStarted: boolean;
  readonly pending: readonly PendingStep[];
}

/** How far the consequences of a compromise are. */
export interface CompromiseView {
  readonly memberId: string;
  readonly memberName: string;
  readonly at: Date;
  readonly pending: readonly PendingStep[];
  /** The rotation that replaces the sealing key which the member knew. */
  readonly rotation: { readonly id: string; readonly state: string } | undefined;
  /** Passwords that still have to be changed at their source. */
  readonly openExposures: number;
}
