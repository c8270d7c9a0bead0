import { DomainError } from '../../common/errors/domain-error.js';
import type { Outcome } from '../../contract/errors.js';
import type { Deadlines, Timed } from './deadlines.js';

/**
 * Longest wait for one flow request, in milliseconds. Below the 120 s in which a synchronous flow call must answer.
 *
 * @see learn.microsoft.com/power-automate/limits-and-config, "Outbound synchronous request"
 */
export const DISPATCH_TIMEOUT_MS = 110_000;

/** The lifetime of one flow request: ends with its answer, its deadline, its caller or its member, whichever is first. */
export class FlowCall implements Timed {
  readonly expiresAtMs = Date.now() + DISPATCH_TIMEOUT_MS;
  private readonly controller = new AbortController();
  private readonly onCallerGone = (): void => this.abort(this.callerGone());

  /** @param isRead whether it leaves nothing behind at the source, however it ends */
  constructor(
    private readonly caller: AbortSignal,
    private readonly deadlines: Deadlines,
    readonly isRead: boolean,
  ) {
    deadlines.add(this);
    if (caller.aborted) this.onCallerGone();
    else caller.addEventListener('abort', this.onCallerGone, { once: true });
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** What a loss on the way leaves at the source. */
  get lostOutcome(): Outcome {
    return this.isRead ? 'not-executed' : 'unknown';
  }

  expire(error: DomainError): void {
    this.abort(this.withOutcome(error));
  }

  abort(error: DomainError): void {
    this.controller.abort(error);
    this.close();
  }

  /** It is over: nothing may end it any more. */
  close(): void {
    this.deadlines.remove(this);
    this.caller.removeEventListener('abort', this.onCallerGone);
  }

  private callerGone(): DomainError {
    const reason: unknown = this.caller.reason;
    if (reason instanceof DomainError) return this.withOutcome(reason);
    return new DomainError('REQUEST_CANCELLED', {}, { outcome: this.lostOutcome, cause: reason });
  }

  private withOutcome({ code, details, message }: DomainError): DomainError {
    return new DomainError(code, details, { message, outcome: this.lostOutcome });
  }
}
