/** What one streamed body may hold in memory: the window that its sender is granted. */
const WINDOW_BYTES = 6 * 1024 * 1024;
/** Bodies that may stream in at once, however much memory there is. */
const MAX_BODIES = 32;
/** One connection may have this share of them. */
const CONNECTION_SHARE = 0.75;

/** How many bodies may stream in at once: as many as the memory for them has windows. */
export class BodyPlaces {
  private readonly max: number;
  private readonly maxPerConnection: number;

  constructor(maxBytes: number) {
    this.max = Math.max(1, Math.min(MAX_BODIES, Math.floor(maxBytes / WINDOW_BYTES)));
    this.maxPerConnection = Math.max(1, Math.ceil(this.max * CONNECTION_SHARE));
  }

  /** @param streaming the connections whose requests stream a body now, once for each */
  hasRoom(connectionId: string, streaming: readonly string[]): boolean {
    const own = streaming.filter((each) => each === connectionId).length;
    return streaming.length < this.max && own < this.maxPerConnection;
  }
}
