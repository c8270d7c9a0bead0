import { sql } from 'kysely';
import { SourceError } from '../source-error.js';
import type { Argument, Routine } from '../sql/catalog-table.js';
import type { GivenArgument, Json, ProcedureCall, SqlNative } from '../sql/dialect.js';
import { bound, identifier, list, type Fragment, type SqlValue, type Statement } from '../sql/fragment.js';
import { namedValues, statementPieces, wrongShape } from '../sql/named-values.js';
import type { PlacedArgument } from './mysql-catalog.js';
import { storedValue } from './mysql-literals.js';
import { OUT_PARAMETER } from './mysql-stream.js';

/** Texts, names and comments as wholes; then `@name`; then anything else, a character at a time. */
const TOKEN =
  /'(?:[^'\\]|\\[\s\S]|'')*(?:'|$)|"(?:[^"\\]|\\[\s\S]|"")*(?:"|$)|`[^`]*(?:`|$)|#[^\n]*|--(?=\s|$)[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|@@[\w$.]*|@(?<name>[\p{L}\p{N}_$]+)|[\p{L}\p{N}_$]+|[\s\S]/gu;

/** A true or false becomes 1 or 0; a number keeps its digits, and its being one. */
function untyped(value: Json): SqlValue {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (value !== null && typeof value === 'object') return JSON.stringify(value);
  return value;
}

/**
 * Placeholders of callers' statements become parameters of the prepared protocol. `@name` is a variable of the session's
 * here, too: a name that has no value given is left for one.
 */
export const MYSQL_NATIVE: SqlNative = {
  statement: (query: string, parameters): Statement => {
    const values = namedValues(parameters);
    const bindings: SqlValue[] = [];
    const columns: string[] = [];
    let text = '';
    for (const piece of statementPieces(query, TOKEN)) {
      const value = piece.name === undefined ? undefined : values.get(piece.name);
      if (piece.name === undefined || value === undefined) {
        text += piece.text;
        continue;
      }
      bindings.push(untyped(value));
      columns.push(piece.name);
      text += '?';
    }
    return { text, values: bindings, columns, isRepeated: false };
  },
  call: (routine, given): ProcedureCall => {
    const name = identifier(routine.schema, routine.name);
    const values = list(argumentsOf(routine, given));
    if (routine.isProcedure) return { call: sql`CALL ${name}(${values})`, answer: 'sets' };
    return { call: sql`SELECT ${name}(${values}) AS ${identifier(routine.name)}`, answer: 'rows' };
  },
};

function argumentsOf({ inputs, outputs }: Routine, given: readonly GivenArgument[]): readonly Fragment[] {
  const values = new Map(given.map(({ argument, value }) => [argument.name, value]));
  return [...inputs, ...outputs]
    .map((argument) => placed(argument))
    .sort((a, b) => a.place - b.place)
    .map((argument) => {
      const value = storedValue(values.get(argument.name) ?? null, argument);
      if (value === undefined) throw wrongShape(argument.name);
      if (!argument.isOut) return value;
      const start = outValue(values.get(argument.name) ?? null, argument);
      return bound({ type: OUT_PARAMETER, value: start }, argument.name);
    });
}

/** A parameter that comes back takes a bare placeholder, so its value goes as plain text. */
function outValue(value: Json, argument: Argument): string | null {
  if (value === null) return null;
  if (typeof value === 'object') {
    if (argument.kind === 'json') return JSON.stringify(value);
    throw wrongShape(argument.name);
  }
  if (typeof value === 'boolean') return value ? '1' : '0';
  return String(value);
}

function placed(argument: Argument): PlacedArgument {
  if ('place' in argument && 'isOut' in argument) return argument as PlacedArgument;
  throw new SourceError('AGENT_FAILED', 'A parameter of the procedure has no place.');
}
