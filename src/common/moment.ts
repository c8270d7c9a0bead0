import { z } from 'zod';

/** Years that have four digits everywhere: JavaScript knows others, and writes them as PostgreSQL does not read them. */
const FIRST_YEAR = 1;
const LAST_YEAR = 9999;

/** Whether a date is one at all, and one that the database has. */
export function isMoment(date: Date): boolean {
  const year = date.getUTCFullYear();
  return year >= FIRST_YEAR && year <= LAST_YEAR;
}

/** A moment as clients write it: ISO 8601 with its offset from UTC. */
export const momentSchema = z.iso
  .datetime({ offset: true })
  .refine((text) => isMoment(new Date(text)), `must be of the years ${FIRST_YEAR} to ${LAST_YEAR}`);
