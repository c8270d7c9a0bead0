import type { DiagnosisReport } from '../../contract/diagnosis.js';

/** Which member is looked at. */
export interface DiagnosedMember {
  readonly tenantId: string;
  readonly gatewayId: string;
  readonly memberId: string;
}

/** `NoAnswer`: the member did not take it up in time. */
export const DIAGNOSIS_STATES = ['Requested', 'Finished', 'NoAnswer'] as const;
export type DiagnosisState = (typeof DIAGNOSIS_STATES)[number];

/** The last look at a member's machine. */
export interface DiagnosisView {
  readonly id: string;
  readonly memberId: string;
  readonly state: DiagnosisState;
  readonly requestedBy: string;
  readonly requestedAt: Date;
  /** While one is asked for, and when nobody answered, still the one before. */
  readonly report: DiagnosisReport | undefined;
}

export const LOG_TAIL_STATES = ['requested', 'open', 'refused', 'ended'] as const;
export type LogTailStateName = (typeof LOG_TAIL_STATES)[number];

/** A watch over a member's log, and what came of it since the caller looked last. */
export interface LogTailView {
  readonly id: string;
  readonly memberId: string;
  readonly state: LogTailStateName;
  readonly reason: string | undefined;
  readonly requestedAt: Date;
  readonly until: Date;
  readonly startedAt: Date | undefined;
  readonly endedAt: Date | undefined;
  readonly lines: readonly string[];
  /** To be named when asking for what comes next. */
  readonly next: number;
}
