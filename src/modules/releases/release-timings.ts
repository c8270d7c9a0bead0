/** How the service looks after releases and rollouts. Provided, so that a test need not wait. All in milliseconds. */
export class ReleaseTimings {
  /** Between two readings of the catalogue, for what no notification told of: releases come monthly. */
  readonly catalogueMs: number = 30_000;
  /** Between two looks at rollouts under way. */
  readonly stepMs: number = 2_000;
  /** Between two looks for members whose version is not supported. */
  readonly supportMs: number = 10 * 60_000;
  /** How long a member may take to finish its requests before it is updated: no request lives longer than 110 s. */
  readonly drainMs: number = 120_000;
  /** How long a member may take to load, start and be healthy in the new version. */
  readonly updateMs: number = 5 * 60_000;
}
