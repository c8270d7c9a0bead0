import { ROTATION_STATES } from '../../contract/rotation.js';

/**
 * States of a rotation: those of the contract, and `superseded` for one that a compromise overtook. Members never see
 * the last one, because what it was about to retire is still needed.
 */
export const STORED_ROTATION_STATES = [...ROTATION_STATES, 'superseded'] as const;
export type StoredRotationState = (typeof STORED_ROTATION_STATES)[number];

/** How far a rotation is, as administrators see it. */
export interface RotationProgress {
  readonly id: string;
  readonly gatewayId: string;
  readonly state: StoredRotationState;
  /** False after a compromise. */
  readonly hasGrace: boolean;
  readonly oldKeyId: string;
  readonly newKeyId: string | undefined;
  /** The member that does the work now. */
  readonly leaderId: string | undefined;
  /** Members that hold the new key. */
  readonly receipts: readonly string[];
  /** Credentials there were when sealing anew began; 0 before. */
  readonly total: number;
  /** Credentials that are still sealed to an older key, or to one nobody named. */
  readonly remaining: number;
  /** Credentials that no member can open: they hold nothing up, and wait for their owners to seal them again. */
  readonly setAside: number;
  readonly startedBy: string;
  readonly startedAt: Date;
  /** Until when credentials sealed to the old key are still taken. */
  readonly graceUntil: Date | undefined;
  readonly finishedAt: Date | undefined;
}

/** Credentials that are still to be done, for whoever wonders why it does not end. */
export interface RotationDetail extends RotationProgress {
  /** The first of their connections. */
  readonly waitingFor: readonly string[];
  /** The first connections whose credential was set aside. */
  readonly setAsideConnections: readonly string[];
}
