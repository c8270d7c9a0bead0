import { sql } from 'kysely';
import type { Argument, Routine } from '../sql/catalog-table.js';
import type { GivenArgument, Json, SqlNative } from '../sql/dialect.js';
import { bound, identifier, list, type Fragment, type SqlValue } from '../sql/fragment.js';
import { namedValues, statementPieces, untypedText, valueMissing, wrongShape } from '../sql/named-values.js';
import { storedValue } from './oracle-literals.js';
import { IN_OUT_VALUE, OUT_VALUE } from './oracle-values.js';

/**
 * Texts, names and comments as wholes; a word with an `@` behind it, which leads to another database; then `@name`; then
 * anything else, a character at a time.
 */
const TOKEN =
  /[nN]?[qQ]'(?:\[[\s\S]*?\]'|\{[\s\S]*?\}'|\([\s\S]*?\)'|<[\s\S]*?>'|([\s\S])[\s\S]*?\1')|'(?:[^']|'')*(?:'|$)|"[^"]*(?:"@?|$)|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|[\p{L}\p{N}_$#]+@?|@(?<name>[\p{L}\p{N}_$#]+)|[\s\S]/gu;

/** Placeholders of callers' statements become numbered ones; a value that stands twice is bound twice. */
export const ORACLE_NATIVE: SqlNative = {
  statement: (query, parameters) => {
    const values = namedValues(parameters);
    const bindings: SqlValue[] = [];
    const columns: string[] = [];
    let text = '';
    for (const piece of statementPieces(query, TOKEN)) {
      if (piece.name === undefined) {
        text += piece.text;
        continue;
      }
      const value = values.get(piece.name);
      if (value === undefined) throw valueMissing(piece.name);
      bindings.push(untyped(value));
      text += `:${columns.push(piece.name)}`;
    }
    return { text, values: bindings, columns, isRepeated: false };
  },
  call: (routine, given) => {
    const name = identifier(routine.schema, routine.name);
    if (!routine.isProcedure) {
      const values = list(given.map(({ argument, value }) => passed(argument, stored(argument, value))));
      return { call: sql`SELECT ${name}(${values}) AS ${identifier(routine.name)} FROM DUAL`, answer: 'rows' };
    }
    const values = list(argumentsOf(routine, given));
    const hasOutputs = (routine.results ?? []).length > 0;
    return { call: sql`BEGIN ${name}(${values}); END;`, answer: hasOutputs ? 'outputs' : 'nothing' };
  },
};

/** A number is bound as one by a word of its own: a text would be put beside numbers by conversion only. */
function untyped(value: Json): SqlValue {
  if (typeof value === 'number') return { type: 'number', value };
  return typeof value === 'boolean' ? { type: 'number', value: value ? 1 : 0 } : untypedText(value);
}

function passed({ name }: Argument, value: Fragment): Fragment {
  return sql`${identifier(name)} => ${value}`;
}

function stored(argument: Argument, value: Json): Fragment {
  const fragment = storedValue(value, argument, argument.name);
  if (fragment === undefined) throw wrongShape(argument.name);
  return fragment;
}

function argumentsOf({ outputs, results = [] }: Routine, given: readonly GivenArgument[]): readonly Fragment[] {
  const back = new Set(results.map(({ name }) => name));
  const inputs = given.map(({ argument, value }) => {
    if (!back.has(argument.name)) return passed(argument, stored(argument, value));
    const text = untypedText(value);
    return passed(argument, bound({ type: `${IN_OUT_VALUE}${argument.kind}`, value: text }, argument.name));
  });
  const outs = outputs.map((argument) =>
    passed(argument, bound({ type: `${OUT_VALUE}${argument.kind}`, value: null }, argument.name)),
  );
  return [...inputs, ...outs];
}
