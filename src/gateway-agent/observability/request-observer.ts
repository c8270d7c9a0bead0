import type { Envelope } from '../../contract/envelope.js';
import type { AgentError, AgentErrorCode } from '../../contract/errors.js';
import { errorText, type Log } from '../log.js';
import type { RequestProgress } from './request-progress.js';

/** A request that this member took, and how far it is. Holds no answer and no opened credential. */
export interface ObservedRequest {
  readonly envelope: Envelope;
  readonly progress: RequestProgress;
}

/** A request that has come to its end. */
export interface EndedRequest extends ObservedRequest {
  readonly failure: AgentError | undefined;
  /** Bytes of the request's body that came, and of the answer's that were sent. */
  readonly bytesIn: number;
  readonly bytesOut: number;
}

/** Somebody who watches requests. Called while they run: must return at once. */
export interface RequestObserver {
  /** The source is about to be asked. */
  asked?(request: ObservedRequest): void;
  ended?(request: EndedRequest): void;
  /** Turned away before it began. */
  refused?(code: AgentErrorCode): void;
}

/** Passes what happens on to all observers. One that fails never harms a request; it is said once. */
export class Observers implements Required<RequestObserver> {
  private readonly observers: RequestObserver[] = [];
  private failing = false;

  constructor(private readonly log: Log) {}

  add(observer: RequestObserver): void {
    this.observers.push(observer);
  }

  asked(request: ObservedRequest): void {
    this.tell((observer) => observer.asked?.(request));
  }

  ended(request: EndedRequest): void {
    this.tell((observer) => observer.ended?.(request));
  }

  refused(code: AgentErrorCode): void {
    this.tell((observer) => observer.refused?.(code));
  }

  private tell(what: (observer: RequestObserver) => void): void {
    for (const observer of this.observers) {
      try {
        what(observer);
      } catch (error) {
        if (!this.failing)
          this.log.error({ event: 'observer-failed', reason: errorText(error) }, 'figures are missing');
        this.failing = true;
      }
    }
  }
}
