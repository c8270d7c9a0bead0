import { z } from 'zod';

/** Longer than every name. */
const MAX_LENGTH = 200;

/** What people look for in names. */
export const searchTextSchema = z.string().min(1).max(MAX_LENGTH);

/** A pattern of ILIKE for names that hold the text: to PostgreSQL some of its characters would be patterns themselves. */
export function containing(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`;
}
