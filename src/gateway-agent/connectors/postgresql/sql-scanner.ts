/** A piece of SQL text that matters for finding placeholders. */
export interface SqlToken {
  readonly kind: 'operator' | 'word' | 'positional' | 'other';
  readonly text: string;
  readonly start: number;
}

const OPERATOR_CHARACTERS = new Set('+-*/<>=~!@#%^&|`?');
const WORD_START = /[A-Za-z_\u0080-\uffff]/;
const WORD = /[A-Za-z_\u0080-\uffff][A-Za-z0-9_$\u0080-\uffff]*/y;
const NUMBER = /\d[\dA-Za-z_.]*/y;
const POSITIONAL = /\$\d+/y;
const DOLLAR_QUOTE = /\$(?:[A-Za-z_\u0080-\uffff][A-Za-z0-9_\u0080-\uffff]*)?\$/y;
const WHITESPACE = /[ \t\n\r\f\v]+/y;
/** Between the parts of a string that is continued on another line: blanks and line comments, with a line break. */
const CONTINUATION = /(?:[ \t\f\v]|--[^\n\r]*)*[\n\r](?:[ \t\n\r\f\v]|--[^\n\r]*[\n\r])*'/y;

function matchAt(pattern: RegExp, text: string, position: number): string | undefined {
  pattern.lastIndex = position;
  return pattern.exec(text)?.[0];
}

/**
 * Cuts SQL into tokens as PostgreSQL's own scanner does, as far as it takes to know what stands outside strings,
 * quoted names, dollar quotes and comments. Standard-conforming strings are assumed: the session sets them.
 *
 * @see PostgreSQL documentation, chapter "Lexical Structure"
 */
export function* scanSql(text: string): Generator<SqlToken> {
  let position = 0;
  while (position < text.length) {
    const start = position;
    const [kind, end] = nextToken(text, position);
    position = end;
    yield { kind, text: text.slice(start, end), start };
  }
}

function nextToken(text: string, start: number): readonly [SqlToken['kind'], number] {
  const character = text[start] ?? '';
  const skipped = matchAt(WHITESPACE, text, start);
  if (skipped !== undefined) return ['other', start + skipped.length];
  if (text.startsWith('--', start)) return ['other', endOfLine(text, start)];
  if (text.startsWith('/*', start)) return ['other', endOfComment(text, start)];
  if (character === "'") return ['other', endOfString(text, start, false)];
  if (character === '"') return ['other', endOfQuotedName(text, start)];
  if (character === '$') return dollarToken(text, start);
  if (WORD_START.test(character)) return wordToken(text, start);
  const number = matchAt(NUMBER, text, start);
  if (number !== undefined) return ['other', start + number.length];
  if (OPERATOR_CHARACTERS.has(character)) return ['operator', endOfOperator(text, start)];
  return ['other', start + 1];
}

function endOfLine(text: string, start: number): number {
  const offset = text.slice(start).search(/[\n\r]/);
  return offset === -1 ? text.length : start + offset;
}

/** Block comments nest. */
function endOfComment(text: string, start: number): number {
  let depth = 0;
  for (let i = start; i < text.length; i += 1) {
    if (text.startsWith('/*', i)) {
      depth += 1;
      i += 1;
    } else if (text.startsWith('*/', i)) {
      depth -= 1;
      i += 1;
      if (depth === 0) return i + 1;
    }
  }
  return text.length;
}

/** A string that goes on after a line break goes on by the rules it began with. */
function endOfString(text: string, start: number, hasEscapes: boolean): number {
  for (let i = start + 1; i < text.length; i += 1) {
    if (hasEscapes && text[i] === '\\') {
      i += 1;
    } else if (text[i] === "'") {
      if (text[i + 1] === "'") {
        i += 1;
        continue;
      }
      const continuation = matchAt(CONTINUATION, text, i + 1);
      if (continuation === undefined) return i + 1;
      i += continuation.length;
    }
  }
  return text.length;
}

function endOfQuotedName(text: string, start: number): number {
  for (let i = start + 1; i < text.length; i += 1) {
    if (text[i] !== '"') continue;
    if (text[i + 1] !== '"') return i + 1;
    i += 1;
  }
  return text.length;
}

function dollarToken(text: string, start: number): readonly [SqlToken['kind'], number] {
  const positional = matchAt(POSITIONAL, text, start);
  if (positional !== undefined) return ['positional', start + positional.length];
  const quote = matchAt(DOLLAR_QUOTE, text, start);
  if (quote === undefined) return ['other', start + 1];
  const end = text.indexOf(quote, start + quote.length);
  return ['other', end === -1 ? text.length : end + quote.length];
}

/** Only E'…' gives a backslash a meaning; other prefixes (B, X, N, U&) end like plain strings. */
function wordToken(text: string, start: number): readonly [SqlToken['kind'], number] {
  const word = matchAt(WORD, text, start) ?? '';
  const end = start + word.length;
  if (/^[eE]$/.test(word) && text[end] === "'") return ['other', endOfString(text, end, true)];
  return ['word', end];
}

/** The longest run of operator characters, but a comment may begin within it. */
function endOfOperator(text: string, start: number): number {
  let end = start;
  while (end < text.length && OPERATOR_CHARACTERS.has(text[end] ?? '')) {
    if (end > start && (text.startsWith('--', end) || text.startsWith('/*', end))) break;
    end += 1;
  }
  return end;
}
