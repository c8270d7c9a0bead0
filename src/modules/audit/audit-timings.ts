import { Injectable } from '@nestjs/common';

/** How often the work beside the requests is done. A class, so that tests can put their own in its place. */
@Injectable()
export class AuditTimings {
  /** Equal refusals within this time are one entry, in milliseconds. */
  readonly windowMs: number = 60_000;
  /** Counted refusals are in memory only for so long. */
  readonly flushMs: number = 1_000;
  /** How often closed windows are looked for. */
  readonly rollMs: number = 10_000;
  /** A window stays open for this long after its end: replicas' clocks differ, and they flush late. */
  readonly graceMs: number = 10_000;
  /** How often a chain that grew is signed for: what came after the last signature is only hashed. */
  readonly checkpointMs: number = 5 * 60_000;

  now(): number {
    return Date.now();
  }
}
