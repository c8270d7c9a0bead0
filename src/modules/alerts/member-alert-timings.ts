/** How often the service looks after members by itself. Provided, so that a test need not wait. */
export class MemberAlertTimings {
  /** Between two looks at all members, in milliseconds: a member counts as offline after 45 s, so twice in that time. */
  readonly sweepMs: number = 30_000;
}
