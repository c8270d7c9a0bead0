/** When a request reached each of its stages, in milliseconds of a clock that only goes forward. */
export class RequestProgress {
  /** The same moment on the wall clock, for reports. Epoch milliseconds. */
  readonly startedAtTime = Date.now();
  readonly startedAt = performance.now();
  credentialAt: number | undefined;
  askedAt: number | undefined;
  answeredAt: number | undefined;
  endedAt: number | undefined;
  /** Told when the source is about to be asked. */
  onAsked: (() => void) | undefined;

  credentialOpened(): void {
    this.credentialAt = performance.now();
  }

  asked(): void {
    this.askedAt = performance.now();
    this.onAsked?.();
  }

  answered(): void {
    this.answeredAt = performance.now();
  }

  ended(): void {
    this.endedAt ??= performance.now();
  }

  /** A mark as a moment. Epoch milliseconds, with fractions. */
  timeOf(mark: number): number {
    return this.startedAtTime + (mark - this.startedAt);
  }

  /** From the request's arrival to its end, or to now. */
  get totalMs(): number {
    return (this.endedAt ?? performance.now()) - this.startedAt;
  }
}
