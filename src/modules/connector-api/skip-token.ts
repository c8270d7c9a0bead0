import { createHash } from 'node:crypto';
import { z } from 'zod';
import { MAX_CONTINUATION_LENGTH } from '../../contract/operations.js';

const tokenSchema = z.object({
  /** What it belongs to. */
  q: z.string().max(64),
  /** Where the member ended, in its own words. */
  a: z.string().max(MAX_CONTINUATION_LENGTH).optional(),
  /** Rows before this place. */
  n: z.int().min(0).optional(),
});

/** A place in an answer that goes on. */
export interface Place {
  readonly after?: string | undefined;
  readonly rows?: number | undefined;
}

/** What a token belongs to: the same question, asked of the same thing. */
export function questionOf(parts: readonly (string | undefined)[]): string {
  const text = JSON.stringify(parts.map((part) => part ?? null));
  return createHash('sha256').update(text).digest('base64url').slice(0, 16);
}

/**
 * Writes a place as a token. It is no secret and proves nothing: what is in it can do no more than the question that it
 * belongs to could, and whoever sends it is judged anew.
 */
export function writeToken(question: string, { after, rows }: Place): string {
  return Buffer.from(JSON.stringify({ q: question, a: after, n: rows })).toString('base64url');
}

/** @returns undefined for a text that is no token, or belongs to another question */
export function readToken(question: string, token: string): Place | undefined {
  if (!/^[\w-]+$/.test(token)) return undefined;
  try {
    const { q, a, n } = tokenSchema.parse(JSON.parse(Buffer.from(token, 'base64url').toString('utf8')));
    return q === question ? { after: a, rows: n } : undefined;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return undefined;
    throw error;
  }
}
