import {
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  TraceFlags,
  type Context,
  type Tracer,
} from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  AlwaysOnSampler,
  BasicTracerProvider,
  BatchSpanProcessor,
  ParentBasedSampler,
} from '@opentelemetry/sdk-trace-base';
import type { Envelope } from '../../contract/envelope.js';
import { PRODUCT_VERSION } from '../../contract/version.js';
import { errorText, type Log } from '../log.js';
import { ReportingExporter } from './reporting-exporter.js';
import type { EndedRequest, RequestObserver } from './request-observer.js';
import { TraceIds } from './trace-ids.js';

/** Spans that wait for the collector: beyond, the newest are dropped. */
const QUEUE = 2_048;
const BATCH = 512;
const SEND_EVERY_MS = 2_000;
/** A collector that hangs must hold up neither the queue nor the agent's stop for long. */
const SEND_WITHIN_MS = 5_000;

export interface TraceSettings {
  readonly url: string;
  readonly memberId: string;
  readonly gatewayId: string;
}

/** One trace of each request: the part of it that happened on this member, from its marks, once it has ended. */
export class Traces implements RequestObserver {
  private readonly ids = new TraceIds();
  private readonly provider: BasicTracerProvider;
  private readonly tracer: Tracer;

  constructor(
    { url, memberId, gatewayId }: TraceSettings,
    private readonly log: Log,
  ) {
    const exporter = new ReportingExporter(new OTLPTraceExporter({ url, timeoutMillis: SEND_WITHIN_MS }), log);
    this.provider = new BasicTracerProvider({
      resource: resourceFromAttributes({
        'service.name': 'tidegate-agent',
        'service.version': PRODUCT_VERSION,
        'service.instance.id': memberId,
        'tidegate.gateway.id': gatewayId,
      }),
      idGenerator: this.ids,
      // Whoever began the trace decides whether it is kept.
      sampler: new ParentBasedSampler({ root: new AlwaysOnSampler() }),
      spanProcessors: [
        new BatchSpanProcessor(exporter, {
          maxQueueSize: QUEUE,
          maxExportBatchSize: BATCH,
          scheduledDelayMillis: SEND_EVERY_MS,
          exportTimeoutMillis: SEND_WITHIN_MS,
        }),
      ],
    });
    this.tracer = this.provider.getTracer('tidegate-agent', PRODUCT_VERSION);
  }

  ended(request: EndedRequest): void {
    const { envelope, progress, failure, bytesIn, bytesOut } = request;
    const { startedAt, credentialAt, askedAt, answeredAt, endedAt = performance.now() } = progress;
    const { operation, connection } = envelope;
    const span = this.ids.under(envelope.traceId, () =>
      this.tracer.startSpan(
        `gateway ${operation.name}`,
        {
          kind: SpanKind.CONSUMER,
          startTime: progress.timeOf(startedAt),
          attributes: {
            'tidegate.request.id': envelope.requestId,
            'tidegate.request.attempt': envelope.attempt,
            'tidegate.connection.id': connection.id,
            'tidegate.source.kind': connection.target.kind,
            'tidegate.operation': operation.name,
            'tidegate.bytes.in': bytesIn,
            'tidegate.bytes.out': bytesOut,
          },
        },
        parentOf(envelope),
      ),
    );
    if (failure) {
      span.setAttributes({ 'error.type': failure.code, 'tidegate.hop': failure.hop, 'tidegate.outcome': failure.outcome }); // prettier-ignore
      span.setStatus({ code: SpanStatusCode.ERROR, message: failure.code });
    }
    const within = trace.setSpan(ROOT_CONTEXT, span);
    const part = (name: string, from: number | undefined, to: number | undefined, kind = SpanKind.INTERNAL) => {
      if (from === undefined) return;
      const child = this.tracer.startSpan(name, { kind, startTime: progress.timeOf(from) }, within);
      // A stage without an end is the one in which the request failed.
      if (to === undefined && failure) child.setStatus({ code: SpanStatusCode.ERROR, message: failure.code });
      child.end(progress.timeOf(to ?? endedAt));
    };
    part('open credential', startedAt, credentialAt);
    part('prepare', credentialAt, askedAt);
    part(`ask ${connection.target.kind}`, askedAt, answeredAt, SpanKind.CLIENT);
    part('send answer', answeredAt, failure ? undefined : endedAt);
    span.end(progress.timeOf(endedAt));
  }

  /** Sends what waits, as long as the collector answers. */
  async close(): Promise<void> {
    try {
      await this.provider.shutdown();
    } catch (error) {
      this.log.warn({ event: 'traces-lost', reason: errorText(error) }, 'the last traces could not be sent');
    }
  }
}

/** The caller's span, when there was one. */
function parentOf({ traceId, parentSpan }: Envelope): Context {
  if (parentSpan === undefined) return ROOT_CONTEXT;
  const traceFlags = parentSpan.sampled ? TraceFlags.SAMPLED : TraceFlags.NONE;
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId: parentSpan.id, traceFlags, isRemote: true });
}
