import { DAYS, type Day, type PolicyText } from './policy-schema.js';

type Hours = NonNullable<PolicyText['hours']>;

interface Window {
  readonly day: number;
  /** Minutes of that day. */
  readonly from: number;
  /** Beyond a day's end for one that goes over midnight. */
  readonly to: number;
}

const DAY_MINUTES = 24 * 60;
const WEEK_DAYS: ReadonlyMap<string, Day> = new Map(DAYS.map((day) => [day, day]));

/** When requests are served, by the clock on the wall of one time zone. */
export class OpeningHours {
  private readonly windows: readonly Window[];
  private readonly clock: Intl.DateTimeFormat;

  constructor({ timeZone, windows }: Hours) {
    this.windows = windows.flatMap(({ days, from, to }) => {
      const [begin, end] = [minutesOf(from), minutesOf(to)];
      return days.map((day) => ({ day: DAYS.indexOf(day), from: begin, to: end > begin ? end : end + DAY_MINUTES }));
    });
    this.clock = new Intl.DateTimeFormat('en-GB', { timeZone, weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }); // prettier-ignore
  }

  isOpen(at: Date): boolean {
    const parts = new Map(this.clock.formatToParts(at).map(({ type, value }) => [type, value]));
    const day = DAYS.indexOf(WEEK_DAYS.get(parts.get('weekday')?.toLowerCase() ?? '') ?? 'mon');
    const minute = Number(parts.get('hour')) * 60 + Number(parts.get('minute'));
    return this.windows.some(
      (window) =>
        (window.day === day && minute >= window.from && minute < window.to) ||
        ((window.day + 1) % 7 === day && minute + DAY_MINUTES < window.to),
    );
  }
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}
