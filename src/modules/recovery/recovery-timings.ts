/** How often recovery is looked after. Provided, so that a test need not wait. */
export class RecoveryTimings {
  /** Between two sweeps over everything, in milliseconds: reminders count in months, but locks end within the hour. */
  readonly sweepMs: number = 60 * 60_000;
}
