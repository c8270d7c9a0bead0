/** The same day some months earlier, or the last one of a shorter month. */
export function monthsBefore(date: Date, months: number): Date {
  return monthsAfter(date, -months);
}

/** The same day some months later, or the last one of a shorter month. */
export function monthsAfter(date: Date, months: number): Date {
  const moved = new Date(date);
  moved.setUTCMonth(moved.getUTCMonth() + months);
  // The 31st of a month with 30 days is the 1st of the next.
  if (moved.getUTCDate() !== date.getUTCDate()) moved.setUTCDate(0);
  return moved;
}
