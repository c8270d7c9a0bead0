import { SourceError } from '../source-error.js';
import type { Json } from './dialect.js';

/** A piece of a caller's statement: text to be left as it is, or the name of a value. */
export interface StatementPiece {
  readonly text: string;
  /** Set where a value belongs; `text` is the placeholder as it was written. */
  readonly name?: string;
}

/** Values by the names of their placeholders, which may be given with the `@` that stands in the statement. */
export function namedValues(parameters: Readonly<Record<string, Json>>): ReadonlyMap<string, Json> {
  return new Map(Object.entries(parameters).map(([name, value]) => [name.replace(/^@/, ''), value]));
}

/**
 * Takes a statement apart at its placeholders `@name`.
 *
 * @param token what is read as a whole, of which the group `name` is set for a placeholder; sticky
 * @throws SourceError VALIDATION_FAILED for a NUL, which ends a text for many a server
 */
export function statementPieces(query: string, token: RegExp): readonly StatementPiece[] {
  if (query.includes('\0')) throw new SourceError('VALIDATION_FAILED', 'The statement holds a NUL character.');
  const pieces: StatementPiece[] = [];
  let plain = '';
  for (const match of query.matchAll(token)) {
    const [text] = match;
    const name = match.groups?.['name'];
    if (name === undefined) {
      plain += text;
      continue;
    }
    pieces.push({ text: plain }, { text, name });
    plain = '';
  }
  return [...pieces, { text: plain }];
}

export function valueMissing(name: string): SourceError {
  return new SourceError('VALIDATION_FAILED', `The statement uses @${name}, which has no value.`, {
    details: { parameter: name },
  });
}

/** The text of a value for a placeholder whose type only the source knows: what has structure becomes JSON. */
export function untypedText(value: Json): string | null {
  if (value === null) return null;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

export function wrongShape(name: string): SourceError {
  return new SourceError('VALIDATION_FAILED', `The value for the parameter ${name} has the wrong shape.`, {
    details: { parameter: name },
  });
}
