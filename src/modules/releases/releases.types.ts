import type { UpgradeState } from '../../contract/release.js';

/** A release as administrators see it. */
export interface ReleaseView {
  readonly version: string;
  readonly publishedAt: Date;
  readonly notes: string;
  /** Among the last six. */
  readonly isSupported: boolean;
  /** Whether members can be told to run it: there is a package. */
  readonly isOffered: boolean;
  /** Size of the package in bytes. */
  readonly bytes: number | undefined;
}

/** What is known of one member's version. */
export interface MemberUpgrade {
  readonly memberId: string;
  readonly version: string;
  readonly upgradeState: UpgradeState;
  readonly newestVersion: string | undefined;
  /** Whether the next release ends the support of its version. */
  readonly isSupportEnding: boolean;
  /** What it was ordered to run, and how far it is, in its own words. */
  readonly orderedVersion: string | undefined;
  readonly updateState: string | undefined;
  readonly updateReason: string | undefined;
}

export const ROLLOUT_STATES = ['running', 'succeeded', 'failed', 'rolled-back', 'cancelled'] as const;
export type RolloutState = (typeof ROLLOUT_STATES)[number];

/** An update that an administrator ordered. */
export interface RolloutView {
  readonly id: string;
  readonly gatewayId: string;
  readonly version: string;
  readonly state: RolloutState;
  /** In the order in which they are updated. */
  readonly memberIds: readonly string[];
  readonly doneIds: readonly string[];
  /** The member that is being updated, and what it is waited for. */
  readonly current: { readonly memberId: string; readonly step: string; readonly deadline: Date } | undefined;
  readonly reason: string | undefined;
  readonly orderedBy: string;
  readonly startedAt: Date;
  readonly finishedAt: Date | undefined;
}

/** What to update. */
export interface NewRollout {
  readonly version: string;
  /** Undefined: all members that do not run the version yet, the oldest last: it is the one that others fall back to. */
  readonly memberIds?: readonly string[] | undefined;
}
