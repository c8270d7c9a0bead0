/** What the stand-in tells its owner. */
export interface BusEvents {
  /** One event with ids, names and numbers; never a key, a token or a body. */
  readonly log: (event: string, details: Record<string, unknown>) => void;
  /** Every message that crosses, as raw bytes. */
  readonly tap: (direction: 'in' | 'out', queue: string, raw: Buffer) => void;
}
