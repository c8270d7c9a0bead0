import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { AgentErrorCode } from '../../contract/errors.js';
import { PRODUCT_VERSION } from '../../contract/version.js';
import type { AgentVitals } from './agent-vitals.js';
import type { EndedRequest, RequestObserver } from './request-observer.js';

/** Seconds: from a row by its key to the longest that a caller waits. */
const DURATION_BUCKETS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120];
const PREFIX = 'tidegate_agent_';

/**
 * What Prometheus may ask of this agent. Labels are names of the contract (kinds, operations, codes), so their number has
 * an end: never a connection, a table or a host.
 */
export class Metrics implements RequestObserver {
  private readonly registry = new Registry();
  private readonly requests = this.counter('requests_total', 'Requests that ended.', ['kind', 'operation', 'outcome']);
  private readonly failures = this.counter('failures_total', 'Failed requests by code and place.', ['kind', 'code', 'hop']); // prettier-ignore
  private readonly refusals = this.counter('refused_total', 'Requests turned away before they began.', ['code']);
  private readonly denials = this.counter('policy_refusals_total', 'Requests that the local policy refused.', []);
  private readonly bytes = this.counter('body_bytes_total', 'Bytes of bodies that came and were sent.', ['kind', 'direction']); // prettier-ignore
  private readonly durations = new Histogram({
    name: `${PREFIX}request_duration_seconds`,
    help: 'From a request’s arrival to the end of its answer.',
    labelNames: ['kind', 'operation'],
    buckets: DURATION_BUCKETS,
    registers: [this.registry],
  });
  private readonly sourceTimes = new Histogram({
    name: `${PREFIX}source_first_answer_seconds`,
    help: 'From asking the source to its first answer.',
    labelNames: ['kind'],
    buckets: DURATION_BUCKETS,
    registers: [this.registry],
  });

  constructor(private readonly vitals: () => AgentVitals) {
    const startedAt = Date.now() / 1000;
    this.gauge('info', 'What runs: always 1.', ['version'], (gauge) => gauge.set({ version: PRODUCT_VERSION }, 1));
    this.gauge('start_time_seconds', 'When the agent started.', [], (gauge) => gauge.set(startedAt));
    this.gauge('link_up', 'Whether the agent is connected to the relay.', ['transport'], (gauge, { connected, transport }) => gauge.set({ transport: transport ?? 'none' }, Number(connected))); // prettier-ignore
    this.gauge('receiving', 'Whether it takes shared work.', [], (gauge, vitals) => gauge.set(Number(vitals.receiving))); // prettier-ignore
    this.gauge('draining', 'Whether it lets its last work end.', [], (gauge, vitals) => gauge.set(Number(vitals.draining))); // prettier-ignore
    this.gauge('requests_in_flight', 'Requests under way.', [], (gauge, vitals) => gauge.set(vitals.inFlight));
    this.gauge('pool_sessions', 'Sessions at sources, and requests that wait for one.', ['kind', 'state'], setSessions);
    this.gauge('heartbeat_age_seconds', 'Since the control plane last answered.', [], (gauge, { heartbeats }) => {
      if (heartbeats.lastAnswerAt !== undefined) gauge.set((Date.now() - heartbeats.lastAnswerAt) / 1000);
    });
    this.gauge('memory_bytes', 'Memory of the process.', ['part'], setMemory);
    new Counter({
      name: `${PREFIX}heartbeats_total`,
      help: 'Heartbeats by how they ended.',
      labelNames: ['outcome'],
      registers: [this.registry],
      collect() {
        const { heartbeats } = vitals();
        this.reset();
        this.inc({ outcome: 'answered' }, heartbeats.answered);
        this.inc({ outcome: 'failed' }, heartbeats.failed);
      },
    });
    new Counter({
      name: `${PREFIX}cpu_seconds_total`,
      help: 'Processor time of the process.',
      registers: [this.registry],
      collect() {
        const { user, system } = process.cpuUsage();
        this.reset();
        this.inc((user + system) / 1e6);
      },
    });
  }

  ended({ envelope, progress, failure, bytesIn, bytesOut }: EndedRequest): void {
    const { kind } = envelope.connection.target;
    const { name: operation } = envelope.operation;
    this.requests.inc({ kind, operation, outcome: failure ? 'failed' : 'succeeded' });
    this.durations.observe({ kind, operation }, progress.totalMs / 1000);
    if (progress.askedAt !== undefined && progress.answeredAt !== undefined) {
      this.sourceTimes.observe({ kind }, (progress.answeredAt - progress.askedAt) / 1000);
    }
    this.bytes.inc({ kind, direction: 'in' }, bytesIn);
    this.bytes.inc({ kind, direction: 'out' }, bytesOut);
    if (!failure) return;
    this.failures.inc({ kind, code: failure.code, hop: failure.hop });
    if (failure.code === 'POLICY_DENIED') this.denials.inc();
  }

  refused(code: AgentErrorCode): void {
    this.refusals.inc({ code });
    if (code === 'POLICY_DENIED') this.denials.inc();
  }

  /** In Prometheus' text format. */
  async text(): Promise<{ readonly mediaType: string; readonly body: string }> {
    return { mediaType: this.registry.contentType, body: await this.registry.metrics() };
  }

  private counter<Label extends string>(name: string, help: string, labelNames: Label[]): Counter<Label> {
    return new Counter({ name: `${PREFIX}${name}`, help, labelNames, registers: [this.registry] });
  }

  /** Asked for its value only when somebody looks. */
  private gauge<Label extends string>(
    name: string,
    help: string,
    labelNames: Label[],
    set: (gauge: Gauge<Label>, vitals: AgentVitals) => void,
  ): void {
    const { vitals, registry } = this;
    new Gauge({
      name: `${PREFIX}${name}`,
      help,
      labelNames,
      registers: [registry],
      collect() {
        this.reset();
        set(this, vitals());
      },
    });
  }
}

function setSessions(gauge: Gauge<'kind' | 'state'>, { sessions }: AgentVitals): void {
  for (const [kind, { open, idle, waiting }] of sessions) {
    gauge.set({ kind, state: 'busy' }, open - idle);
    gauge.set({ kind, state: 'idle' }, idle);
    gauge.set({ kind, state: 'waiting' }, waiting);
  }
}

function setMemory(gauge: Gauge<'part'>): void {
  const { rss, heapUsed, heapTotal, external, arrayBuffers } = process.memoryUsage();
  for (const [part, bytes] of Object.entries({ rss, heapUsed, heapTotal, external, arrayBuffers })) {
    gauge.set({ part }, bytes);
  }
}
