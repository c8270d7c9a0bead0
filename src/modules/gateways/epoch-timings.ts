/** How long changes of an epoch wait for others. Provided, so that a test need not wait. */
export class EpochTimings {
  /** A revocation waits this long for the relay, in milliseconds, and then goes on without it. */
  readonly relayPatienceMs: number = 5_000;
}
