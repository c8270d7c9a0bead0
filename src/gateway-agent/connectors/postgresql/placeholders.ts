import { SourceError } from '../source-error.js';
import type { Json } from '../sql/dialect.js';
import type { Statement } from '../sql/fragment.js';
import { untypedText } from './parameter-text.js';
import { scanSql, type SqlToken } from './sql-scanner.js';

/** Operators after which `@name`, written without a blank, can only be a placeholder. */
const BEFORE_PLACEHOLDER: ReadonlySet<string> = new Set([
  '',
  '=',
  '<>',
  '!=',
  '<=',
  '>=',
  '>',
  '+',
  '-',
  '*',
  '/',
  '%',
  '||',
]);

/**
 * Turns the placeholders `@name` of a caller's statement into bound parameters. Values never become text of the
 * statement. `@` stays an operator where blanks say so (`a @> b`, `@ -5`).
 *
 * @throws SourceError VALIDATION_FAILED for a placeholder without a value, for `$1`, and where `<@name` could be read
 * as either an operator or a comparison
 */
export function bindPlaceholders(query: string, parameters: Readonly<Record<string, Json>>): Statement {
  if (query.includes('\0')) throw new SourceError('VALIDATION_FAILED', 'The statement holds a NUL character.');
  const values = new Map(Object.entries(parameters).map(([name, value]) => [name.replace(/^@/, ''), value]));
  const bound: (string | null)[] = [];
  const columns: string[] = [];
  const places = new Map<string, string>();

  const place = (name: string): string => {
    const known = places.get(name);
    if (known !== undefined) return known;
    const value = values.get(name);
    if (value === undefined) {
      throw new SourceError('VALIDATION_FAILED', `The statement uses @${name}, which has no value.`, {
        details: { parameter: name },
      });
    }
    columns.push(name);
    const added = `$${bound.push(untypedText(value))}`;
    places.set(name, added);
    return added;
  };

  let text = '';
  let operator: SqlToken | undefined;
  for (const token of scanSql(query)) {
    if (token.kind === 'positional') {
      throw new SourceError('VALIDATION_FAILED', `Write @name for a value; ${token.text} is not understood.`);
    }
    if (token.kind === 'operator') {
      text += operator?.text ?? '';
      operator = token;
      continue;
    }
    if (token.kind === 'word' && operator?.text.endsWith('@')) {
      const rest = operatorBefore(operator.text, token.text, values);
      text += rest === undefined ? operator.text + token.text : rest + place(token.text);
    } else {
      text += (operator?.text ?? '') + token.text;
    }
    operator = undefined;
  }
  return { text: text + (operator?.text ?? ''), values: bound, columns, isRepeated: false };
}

/** What is left of the operator when `@` belongs to the name after it; undefined when it does not. */
function operatorBefore(operator: string, name: string, values: ReadonlyMap<string, Json>): string | undefined {
  const rest = operator.slice(0, -1);
  if (BEFORE_PLACEHOLDER.has(rest)) return rest;
  if (!values.has(name)) return undefined;
  throw new SourceError('VALIDATION_FAILED', `Put a blank before or after the @ of ${operator}${name}.`, {
    details: { parameter: name },
  });
}
