import type { AnswerOf } from '../../../../src/client/tidegate-client.js';
import type { StatusTone } from '../../parts/status-label.js';

type Answered = AnswerOf<'get', '/v1/requests/{traceId}'>;
/** A request as the API tells it. `failure` is absent on control planes that are older than it. */
export type RequestRecord = Answered & { readonly failure?: { message: string; remedy: string } | null };

export const TONES: Readonly<Record<RequestRecord['status'], StatusTone>> = {
  running: 'unknown',
  succeeded: 'good',
  failed: 'bad',
  aborted: 'paused',
};

export interface HopSpan {
  readonly hop: string;
  readonly ms: number;
  /** Where it begins and how long it is, in percent of the whole. */
  readonly startPercent: number;
  readonly percent: number;
}

/** Hops one after the other. */
export function spansOf(hops: RequestRecord['hops']): { readonly spans: readonly HopSpan[]; readonly totalMs: number } {
  const totalMs = hops.reduce((sum, { ms }) => sum + ms, 0);
  // Something that took no time still has a place.
  const whole = totalMs === 0 ? 1 : totalMs;
  let before = 0;
  const spans = hops.map(({ hop, ms }) => {
    const span = { hop, ms, startPercent: (before / whole) * 100, percent: (ms / whole) * 100 };
    before += ms;
    return span;
  });
  return { spans, totalMs };
}
