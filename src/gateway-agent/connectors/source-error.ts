import type { AgentErrorCode, Outcome } from '../../contract/errors.js';

/** What a failure may say in figures and names. Shown to callers: never a secret, a statement or a row. */
export type SourceErrorDetails = Readonly<Record<string, string | number>>;

export interface SourceErrorOptions {
  /** `connector` when we refused, `source` when the data source did. */
  readonly hop?: 'connector' | 'source';
  /** `not-executed` unless told: most refusals come before anything ran. */
  readonly outcome?: Outcome;
  readonly details?: SourceErrorDetails;
  /** For the agent's own log only. */
  readonly cause?: unknown;
}

/** Longest message that the wire contract takes, in characters. */
const MAX_MESSAGE_LENGTH = 1000;

/** Why a data source, or the connector in front of it, did not do what was asked. `message` is shown to callers. */
export class SourceError extends Error {
  override readonly name = 'SourceError';
  readonly hop: 'connector' | 'source';
  readonly outcome: Outcome;
  readonly details: SourceErrorDetails;

  constructor(
    readonly code: AgentErrorCode,
    message: string,
    options: SourceErrorOptions = {},
  ) {
    super(message.slice(0, MAX_MESSAGE_LENGTH), options.cause === undefined ? undefined : { cause: options.cause });
    this.hop = options.hop ?? 'connector';
    this.outcome = options.outcome ?? 'not-executed';
    this.details = options.details ?? {};
  }
}
