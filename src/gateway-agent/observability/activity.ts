import type { AgentErrorCode } from '../../contract/errors.js';
import type { SourceKind } from '../../contract/targets.js';
import type { AgentVitals } from './agent-vitals.js';
import type { ActivitySnapshot } from './activity-snapshot.js';
import { LatencyBuckets } from './latency-buckets.js';
import type { EndedRequest, RequestObserver } from './request-observer.js';

/** Rates and quantiles are of the last minute, in slots that leave one by one. */
const SLOT_MS = 5_000;
const SLOTS = 12;

interface Slot {
  readonly number: number;
  readonly took: LatencyBuckets;
  failed: number;
}

interface KindActivity {
  requests: number;
  failed: number;
  slots: Slot[];
}

/** Counts what the agent does, for `tidegate-agent top`. A few kilobytes for each kind of source, whatever happens. */
export class Activity implements RequestObserver {
  private readonly kinds = new Map<SourceKind, KindActivity>();
  private readonly startedAt: number;
  private refusals = 0;
  private denials = 0;
  private bytesIn = 0;
  private bytesOut = 0;
  /** Rises with everything that is counted. */
  changes = 0;

  /** @param now milliseconds of a clock that only goes forward */
  constructor(private readonly now: () => number = () => performance.now()) {
    this.startedAt = now();
  }

  ended({ envelope, progress, failure, bytesIn, bytesOut }: EndedRequest): void {
    const kind = this.kindOf(envelope.connection.target.kind);
    const slot = this.slotOf(kind);
    kind.requests += 1;
    slot.took.add(progress.totalMs);
    this.bytesIn += bytesIn;
    this.bytesOut += bytesOut;
    this.changes += 1;
    if (!failure) return;
    kind.failed += 1;
    slot.failed += 1;
    if (failure.code === 'POLICY_DENIED') this.denials += 1;
  }

  refused(code: AgentErrorCode): void {
    this.refusals += 1;
    this.changes += 1;
    if (code === 'POLICY_DENIED') this.denials += 1;
  }

  /** Whether there is anything of the last minute to show. */
  get isRecent(): boolean {
    const oldest = this.slotNumber() - SLOTS;
    return [...this.kinds.values()].some(({ slots }) => (slots.at(-1)?.number ?? -Infinity) >= oldest);
  }

  snapshot(vitals: AgentVitals): ActivitySnapshot {
    const { connected, transport, receiving, draining, inFlight, conditions, heartbeats, sessions } = vitals;
    const seconds = Math.max(1, Math.min(SLOTS * SLOT_MS, this.now() - this.startedAt) / 1000);
    const shown = [...new Set([...this.kinds.keys(), ...sessions.keys()])].sort();
    return {
      writtenAt: new Date().toISOString(),
      member: { connected, ...(transport === undefined ? {} : { transport }), receiving, draining, conditions: [...conditions] }, // prettier-ignore
      inFlight,
      refused: this.refusals,
      policyDenied: this.denials,
      bytesIn: this.bytesIn,
      bytesOut: this.bytesOut,
      memoryBytes: process.memoryUsage.rss(),
      windowSeconds: Math.round(seconds),
      heartbeats: {
        answered: heartbeats.answered,
        failed: heartbeats.failed,
        ...(heartbeats.lastAnswerAt === undefined
          ? {}
          : { lastAnswerAt: new Date(heartbeats.lastAnswerAt).toISOString() }),
      },
      kinds: shown.map((kind) => ({ kind, ...this.figuresOf(kind, seconds), ...sessionsOf(vitals, kind) })),
    };
  }

  private figuresOf(kind: SourceKind, seconds: number) {
    const { requests = 0, failed = 0, slots = [] } = this.kinds.get(kind) ?? {};
    const oldest = this.slotNumber() - SLOTS;
    const took = new LatencyBuckets();
    let recentlyFailed = 0;
    for (const slot of slots) {
      if (slot.number < oldest) continue;
      took.merge(slot.took);
      recentlyFailed += slot.failed;
    }
    const [p50Ms, p95Ms] = [took.quantile(0.5), took.quantile(0.95)];
    return {
      requests,
      failed,
      recently: {
        requests: took.total,
        failed: recentlyFailed,
        perSecond: Math.round((took.total / seconds) * 100) / 100,
        ...(p50Ms === undefined ? {} : { p50Ms }),
        ...(p95Ms === undefined ? {} : { p95Ms }),
      },
    };
  }

  private kindOf(name: SourceKind): KindActivity {
    const known = this.kinds.get(name);
    if (known) return known;
    const kind: KindActivity = { requests: 0, failed: 0, slots: [] };
    this.kinds.set(name, kind);
    return kind;
  }

  private slotOf(kind: KindActivity): Slot {
    const number = this.slotNumber();
    const last = kind.slots.at(-1);
    if (last?.number === number) return last;
    const slot = { number, took: new LatencyBuckets(), failed: 0 };
    kind.slots = [...kind.slots.filter((old) => old.number >= number - SLOTS), slot];
    return slot;
  }

  private slotNumber(): number {
    return Math.floor(this.now() / SLOT_MS);
  }
}

function sessionsOf({ sessions }: AgentVitals, kind: SourceKind) {
  const counts = sessions.get(kind);
  return counts ? { sessions: { ...counts } } : {};
}
