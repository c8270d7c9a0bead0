/** Ranges that end now, in milliseconds; the key stands in addresses. */
export const RANGES = { '1h': 3_600_000, '24h': 86_400_000, '7d': 604_800_000, '30d': 2_592_000_000 } as const;
export type RangeName = keyof typeof RANGES;

export interface TimeRangeTexts {
  /** A name of `RANGES`, `own` for `from` and `to`, or empty for no limit. */
  readonly range: string;
  /** As `datetime-local` fields have them: by the person's own clock. */
  readonly from: string;
  readonly to: string;
}

/** Limits as the API takes them. What is no time is left out. */
export function limitsOf({ range, from, to }: TimeRangeTexts, now: Date): { from?: string; to?: string } {
  const ms = Object.entries(RANGES).find(([name]) => name === range)?.[1];
  if (ms !== undefined) return { from: new Date(now.getTime() - ms).toISOString() };
  if (range !== 'own') return {};
  const [first, last] = [momentOf(from), momentOf(to)];
  return { ...(first === undefined ? {} : { from: first }), ...(last === undefined ? {} : { to: last }) };
}

function momentOf(local: string): string | undefined {
  const moment = new Date(local);
  return local === '' || Number.isNaN(moment.getTime()) ? undefined : moment.toISOString();
}
