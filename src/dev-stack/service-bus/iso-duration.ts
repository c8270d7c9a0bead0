const DURATION = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;

/** The longest .NET TimeSpan, which Service Bus writes for "never". */
const FOREVER = 'P10675199DT2H48M5.4775807S';
const FOREVER_DAYS = 10_675_199;

/** Milliseconds of an ISO 8601 duration, Infinity for "never", undefined for anything else. */
export function readDuration(text: string): number | undefined {
  const match = DURATION.exec(text);
  if (!match || text === 'P' || text.endsWith('T')) return undefined;
  const [days, hours, minutes, seconds] = match.slice(1).map((part: string | undefined) => Number(part ?? 0));
  if ((days ?? 0) >= FOREVER_DAYS) return Infinity;
  return (((days ?? 0) * 24 + (hours ?? 0)) * 60 + (minutes ?? 0)) * 60_000 + (seconds ?? 0) * 1000;
}

export function writeDuration(ms: number): string {
  return ms === Infinity ? FOREVER : `PT${ms / 1000}S`;
}
