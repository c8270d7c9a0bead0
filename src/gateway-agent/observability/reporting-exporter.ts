import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-base';
import { errorText, type Log } from '../log.js';

type Done = Parameters<SpanExporter['export']>[1];

/** Says once that the collector does not take traces, and once that it does again. */
export class ReportingExporter implements SpanExporter {
  private failing = false;

  constructor(
    private readonly exporter: SpanExporter,
    private readonly log: Log,
  ) {}

  export(spans: ReadableSpan[], done: Done): void {
    this.exporter.export(spans, (result) => {
      // 0 is success: the numbers are those of OpenTelemetry's ExportResultCode.
      const failed = Number(result.code) !== 0;
      if (failed && !this.failing) {
        this.log.warn({ event: 'traces-not-sent', reason: errorText(result.error) }, 'the collector takes no traces');
      }
      if (!failed && this.failing) this.log.info({ event: 'traces-sent-again' }, 'the collector takes traces again');
      this.failing = failed;
      done(result);
    });
  }

  async forceFlush(): Promise<void> {
    await this.exporter.forceFlush?.();
  }

  shutdown(): Promise<void> {
    return this.exporter.shutdown();
  }
}
