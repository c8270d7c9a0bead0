import type { AmqpError } from './rhea-internals.js';
import type { Right } from './token.js';

/** A link to a queue, as the connection and the namespace see it. */
export interface BusLink {
  /** Lower-case queue name. */
  readonly queue: string;
  /** Address in lower-case segments, which a token must cover. */
  readonly path: readonly string[];
  /** Any one of them keeps the link open. */
  readonly rights: readonly Right[];
  /** Detaches with an error; the peer's answer cleans up. */
  refuse(error: AmqpError): void;
  /** Lets go of everything it holds in the queue. Called once, when the link or its connection is gone. */
  dispose(): void;
}
