/** When gateways move between the namespaces of their region, in milliseconds. Provided, so that a test need not wait. */
export class NamespaceTimings {
  /** Between two looks at the namespaces. */
  readonly lookMs: number = 2_000;
  /** A namespace that this replica could not hear for as long, and whose management does not answer, is lost. */
  readonly lostMs: number = 20_000;
  /** A namespace that was well for as long gets its gateways back. */
  readonly wellMs: number = 5 * 60_000;
}
