import type { FastifyInstance } from 'fastify';
import { DomainError } from '../errors/domain-error.js';

/**
 * Refuses addresses with U+0000 in them. No name, id or filter of ours has it, and PostgreSQL takes no text with it.
 */
export function addNulGuard(instance: FastifyInstance): void {
  instance.addHook('onRequest', (request, _reply, done) => {
    if (request.url.includes('%00')) done(new DomainError('VALIDATION_FAILED', { problem: 'U+0000 in the address' }));
    else done();
  });
}

/**
 * The same for JSON.
 *
 * @param text as it was sent
 * @param value as it was read
 * @returns VALIDATION_FAILED, or null
 */
export function nulFault(text: string, value: unknown): DomainError | null {
  // Most texts do not even hold the characters of the escape, and are not walked through.
  const isFaulty = text.includes('\\u0000') && hasNul(value);
  return isFaulty ? new DomainError('VALIDATION_FAILED', { problem: 'U+0000 in a text' }) : null;
}

/** Without recursion: how deep it nests is the sender's choice. */
function hasNul(value: unknown): boolean {
  const open = [value];
  while (open.length > 0) {
    const next = open.pop();
    if (typeof next === 'string' && next.includes('\0')) return true;
    if (typeof next === 'object' && next !== null) {
      for (const [name, inner] of Object.entries(next)) open.push(name, inner);
    }
  }
  return false;
}
