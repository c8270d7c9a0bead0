import { randomBytes } from 'node:crypto';
import type { IdGenerator } from '@opentelemetry/sdk-trace-base';

/** Gives a span without a parent the trace that the request has in the portal and in the log. */
export class TraceIds implements IdGenerator {
  private next: string | undefined;

  /** Runs `start`, which begins a span, under this trace. */
  under<T>(traceId: string, start: () => T): T {
    this.next = traceId;
    try {
      return start();
    } finally {
      this.next = undefined;
    }
  }

  readonly generateTraceId = (): string => this.next ?? randomBytes(16).toString('hex');

  readonly generateSpanId = (): string => randomBytes(8).toString('hex');
}
