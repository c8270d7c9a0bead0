const FORMAT = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });
const DAY = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium' });

/** A moment by the person's own clock, where only text can stand. */
export function clockTime(at: string): string {
  return FORMAT.format(new Date(at));
}

/** A moment by the person's own clock; its title is the moment as the API tells it. */
export function ClockTime({ at, isDay = false }: { at: string; isDay?: boolean }) {
  const moment = new Date(at);
  return (
    <time dateTime={at} title={at}>
      {(isDay ? DAY : FORMAT).format(moment)}
    </time>
  );
}
