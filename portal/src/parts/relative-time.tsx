import { useSyncExternalStore } from 'react';
import { texts } from '../texts/texts.js';

const TICK_MS = 10_000;
const FULL = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'long' });
const RELATIVE = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const UNITS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;

/** One clock for all moments of a page. */
const listeners = new Set<() => void>();
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

function tick() {
  now = Date.now();
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(tick, TICK_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** How long ago in words, renewed while it is looked at; the whole moment as title. */
export function RelativeTime({ at }: { at: string | null }) {
  useSyncExternalStore(subscribe, () => now);
  if (at === null) return <span>{texts.table.never}</span>;
  const moment = new Date(at);
  return (
    <time dateTime={at} title={FULL.format(moment)}>
      {relativeTo(moment.getTime(), Date.now())}
    </time>
  );
}

/** Clocks that differ by less than a minute count as now. */
function relativeTo(at: number, from: number): string {
  const seconds = Math.round((at - from) / 1000);
  const unit = UNITS.find(([, size]) => Math.abs(seconds) >= size);
  if (!unit) return seconds > -60 ? texts.table.now : RELATIVE.format(seconds, 'second');
  const [name, size] = unit;
  return RELATIVE.format(Math.trunc(seconds / size), name);
}
