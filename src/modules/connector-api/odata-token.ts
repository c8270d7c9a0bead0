import { DomainError } from '../../common/errors/domain-error.js';

/** A word of a filter, with the place where it stands. */
export interface Token {
  readonly type: 'word' | 'string' | 'number' | 'date' | 'dateTime' | 'guid' | '(' | ')' | ',' | '-' | 'end';
  /** Text as written; of a string, its content with doubled quotes undone. */
  readonly text: string;
  /** Characters before it, from 0. */
  readonly position: number;
}

/** Order matters: a guid or a date begins like a number. Each pattern is linear: nothing in it can match one text in two ways. */
const PATTERNS: readonly (readonly [Token['type'], RegExp])[] = [
  ['guid', /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![\w-])/iy],
  ['dateTime', /\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)?(?![\w:.-])/y],
  ['date', /\d{4}-\d\d-\d\d(?![\w:.-])/y],
  ['number', /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.-])/y],
  ['word', /[\p{L}_][\p{L}\p{M}\p{N}_]*/uy],
  ['string', /'(?:[^']|'')*'/y],
  ['(', /\(/y],
  [')', /\)/y],
  [',', /,/y],
  ['-', /-/y],
];
const BLANKS = /[ \t]*/y;

/**
 * Cuts a filter into words.
 *
 * @throws DomainError FILTER_INVALID where a text fits no word
 */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let position = 0;
  for (;;) {
    BLANKS.lastIndex = position;
    BLANKS.exec(text);
    position = BLANKS.lastIndex;
    if (position >= text.length) return [...tokens, { type: 'end', text: '', position }];
    const token = tokenAt(text, position);
    if (!token) {
      throw filterError(position, text[position] === "'" ? 'a closing quote' : 'a column, a literal or a parenthesis');
    }
    tokens.push(token.token);
    position += token.length;
  }
}

/** What was expected where: ids and places only, the filter's own text is not repeated. */
export function filterError(position: number, expected: string): DomainError {
  return new DomainError('FILTER_INVALID', { position, expected });
}

function tokenAt(text: string, position: number): { token: Token; length: number } | undefined {
  for (const [type, pattern] of PATTERNS) {
    pattern.lastIndex = position;
    const match = pattern.exec(text)?.[0];
    if (match === undefined) continue;
    const content = type === 'string' ? match.slice(1, -1).replaceAll("''", "'") : match;
    return { token: { type, text: content, position }, length: match.length };
  }
  return undefined;
}
