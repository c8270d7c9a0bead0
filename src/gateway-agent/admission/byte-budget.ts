/** Bytes of one connection may be this share of all. */
const CONNECTION_SHARE = 0.5;

/** One answer's view of the bytes that are held in memory. */
export interface ByteAccount {
  /** Whether no more should be held, by this connection or in all. */
  readonly isFull: boolean;
  add(bytes: number): void;
  remove(bytes: number): void;
}

/** Counts the bytes that wait in memory to be taken by the relay, of each connection and in all. */
export class ByteBudget {
  private total = 0;
  private readonly byConnection = new Map<string, number>();

  constructor(private readonly maxBytes: number) {}

  get heldBytes(): number {
    return this.total;
  }

  accountOf(connectionId: string): ByteAccount {
    const isFull = () =>
      this.total >= this.maxBytes || (this.byConnection.get(connectionId) ?? 0) >= this.maxBytes * CONNECTION_SHARE;
    return {
      get isFull() {
        return isFull();
      },
      add: (bytes) => {
        this.change(connectionId, bytes);
      },
      remove: (bytes) => {
        this.change(connectionId, -bytes);
      },
    };
  }

  private change(connectionId: string, bytes: number): void {
    this.total += bytes;
    const own = (this.byConnection.get(connectionId) ?? 0) + bytes;
    if (own > 0) this.byConnection.set(connectionId, own);
    else this.byConnection.delete(connectionId);
  }
}
