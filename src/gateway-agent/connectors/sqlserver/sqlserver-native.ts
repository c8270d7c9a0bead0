import { sql } from 'kysely';
import type { Argument, Routine } from '../sql/catalog-table.js';
import type { GivenArgument, Json, SqlNative } from '../sql/dialect.js';
import { identifier, list, type Fragment, type SqlValue } from '../sql/fragment.js';
import { namedValues, statementPieces, wrongShape } from '../sql/named-values.js';
import { storedValue } from './sqlserver-literals.js';

/** Texts, names and comments as wholes; then `@name`; then anything else, a character at a time. */
const TOKEN =
  /'(?:[^']|'')*(?:'|$)|"(?:[^"]|"")*(?:"|$)|\[(?:[^\]]|\]\])*(?:\]|$)|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|@@[\p{L}\p{N}_$#@]*|@(?<name>[\p{L}\p{N}_$#@]+)|[\p{L}\p{N}_$#]+|[\s\S]/gu;

/** First column of the set of one row that holds what a procedure gave back in its parameters. */
export const OUTPUTS_MARK = 'tidegate outputs';

/** A value whose type only JSON tells. */
function untyped(value: Json): SqlValue {
  if (typeof value === 'number') return { type: Number.isSafeInteger(value) ? 'bigint' : 'float', value };
  if (typeof value === 'boolean') return { type: 'bit', value };
  return value !== null && typeof value === 'object' ? JSON.stringify(value) : value;
}

/** `@name` is a variable here, too: a name that has no value given is left for one that the statement declares. */
export const SQLSERVER_NATIVE: SqlNative = {
  statement: (query, parameters) => {
    const values = namedValues(parameters);
    const names: string[] = [];
    let text = '';
    for (const piece of statementPieces(query, TOKEN)) {
      if (piece.name === undefined || !values.has(piece.name)) {
        text += piece.text;
        continue;
      }
      const known = names.indexOf(piece.name);
      text += `@${known === -1 ? names.push(piece.name) : known + 1}`;
    }
    return { text, values: names.map((name) => untyped(values.get(name) ?? null)), columns: names, isRepeated: false };
  },
  call: (routine, given) => {
    const name = identifier(routine.schema, routine.name);
    if (routine.isProcedure) return { call: procedureCall(routine, name, given), answer: 'sets' };
    const places = new Map(given.map((each) => [each.argument.name, each]));
    const values = list(
      routine.inputs.map(({ name: each }) => {
        const argument = places.get(each);
        return argument ? valueOf(argument) : sql`DEFAULT`;
      }),
    );
    // A function that gives one value is called in a SELECT, one that gives rows stands in FROM.
    if (routine.results) return { call: sql`SELECT ${name}(${values}) AS ${identifier(routine.name)}`, answer: 'rows' };
    return { call: sql`SELECT * FROM ${name}(${values})`, answer: 'rows' };
  },
};

function valueOf({ argument, value }: GivenArgument): Fragment {
  const stored = storedValue(value, argument, argument.name);
  if (stored === undefined) throw wrongShape(argument.name);
  return stored;
}

/** Variables take what comes back, and a last SELECT tells it. Names of variables are numbered, not the caller's. */
function procedureCall({ results = [] }: Routine, name: Fragment, given: readonly GivenArgument[]): Fragment {
  const out = new Map(results.map((argument, index) => [argument.name, { argument, variable: sql.raw(`@o${index}`) }]));
  const start = new Map(given.map((each) => [each.argument.name, each]));
  const declare = [...out.values()].map(({ argument, variable }) => {
    const first = start.get(argument.name);
    return sql`DECLARE ${variable} ${sql.raw(argument.sourceType)}${first ? sql` = ${valueOf(first)}` : sql``}; `;
  });
  const inputs = given
    .filter(({ argument }) => !out.has(argument.name))
    .map((each, index) => ({ each, variable: sql.raw(`@i${index}`) }));
  // EXECUTE takes variables, not expressions.
  const set = inputs.map(
    ({ each, variable }) => sql`DECLARE ${variable} ${sql.raw(declared(each.argument))} = ${valueOf(each)}; `,
  );
  const parts = [
    ...inputs.map(({ each, variable }) => sql`${parameter(each.argument)} = ${variable}`),
    ...[...out.values()].map(({ argument, variable }) => sql`${parameter(argument)} = ${variable} OUTPUT`),
  ];
  const run = sql`${list([...declare, ...set], sql.raw(''))}EXECUTE ${name} ${list(parts)};`;
  if (out.size === 0) return run;
  const told = [...out.values()].map(({ argument, variable }) => sql`${variable} AS ${identifier(argument.name)}`);
  return sql`${run} SELECT 1 AS ${identifier(OUTPUTS_MARK)}, ${list(told)}`;
}

function declared({ sourceType }: Argument): string {
  return sourceType;
}

/** Names of parameters come from the catalogue; one that no identifier is would have to be quoted, and cannot be. */
function parameter({ name }: Argument): Fragment {
  if (!/^[\p{L}\p{N}_$#@]{1,127}$/u.test(name)) throw wrongShape(name);
  return sql.raw(`@${name}`);
}
