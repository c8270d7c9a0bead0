/** How often the service looks after alerts by itself. Provided, so that a test need not wait. */
export class AlertTimings {
  /** Between two sweeps over everything, in milliseconds. */
  readonly sweepMs: number = 10 * 60_000;
  /** From a change of roles to the look at it, in milliseconds: changes come in bursts. */
  readonly settleMs: number = 1_000;
}
