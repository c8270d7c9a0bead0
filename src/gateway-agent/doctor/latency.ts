/** Up to `goodMs` a person notices nothing; up to `fairMs` only much traffic does; beyond, it is what makes flows slow. */
export interface LatencyScale {
  readonly goodMs: number;
  readonly fairMs: number;
}

/** Agent and source stand in the same building: 10 ms is a busy local network, 50 ms is another town. */
export const SOURCE_SCALE: LatencyScale = { goodMs: 10, fairMs: 50 };
/** Within a continent a region is 100 ms away at most; 300 ms is around the world. */
export const RELAY_SCALE: LatencyScale = { goodMs: 100, fairMs: 300 };

export type LatencyVerdict = 'good' | 'fair' | 'slow';

export function latencyVerdict(ms: number, { goodMs, fairMs }: LatencyScale): LatencyVerdict {
  if (ms <= goodMs) return 'good';
  return ms <= fairMs ? 'fair' : 'slow';
}
