import type { Hop, Outcome } from '../../contract/errors.js';
import { CATALOGUE, type ErrorCode } from './catalogue.js';

/** What a failure may add to its row of the catalogue. */
export interface DomainErrorOptions extends ErrorOptions {
  /** Overrides of the catalogue's row, where the place that failed knows better. */
  readonly hop?: Hop;
  readonly outcome?: Outcome;
  readonly retryable?: boolean;
  /** Seconds after which trying again makes sense. */
  readonly retryAfterSeconds?: number;
  /** A sentence that says more than the row's text, safe to show. */
  readonly message?: string;
}

/** An expected failure. `details` is shown to the caller: ids, names and regions, never secrets; `cause` is only logged. */
export class DomainError extends Error {
  override readonly name = 'DomainError';
  readonly hop: Hop;
  readonly outcome: Outcome;
  readonly retryable: boolean;
  readonly retryAfterSeconds: number | undefined;

  constructor(
    readonly code: ErrorCode,
    readonly details: Readonly<Record<string, string | number>> = {},
    options: DomainErrorOptions = {},
  ) {
    super(options.message ?? CATALOGUE[code].text, options.cause === undefined ? {} : { cause: options.cause });
    this.hop = options.hop ?? CATALOGUE[code].hop;
    this.outcome = options.outcome ?? CATALOGUE[code].outcome;
    this.retryable = options.retryable ?? CATALOGUE[code].retryable;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }

  get status(): number {
    return CATALOGUE[this.code].status;
  }

  get remedy(): string {
    return CATALOGUE[this.code].remedy;
  }
}
