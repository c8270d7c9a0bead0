import { sql } from 'kysely';
import { SourceError } from '../source-error.js';
import type { GivenArgument, SqlNative } from '../sql/dialect.js';
import { bound, identifier, list, type Fragment } from '../sql/fragment.js';
import { parameterText } from './parameter-text.js';
import { bindPlaceholders } from './placeholders.js';

export const POSTGRESQL_NATIVE: SqlNative = {
  statement: bindPlaceholders,
  call: ({ schema, name, isProcedure, isVoid, outputs }, given) => {
    const target = identifier(schema, name);
    const values = given.map((one) => sql`${identifier(one.argument.name)} => ${argumentOf(one)}`);
    if (!isProcedure) {
      return { call: sql`SELECT * FROM ${target}(${list(values)})`, answer: isVoid ? 'nothing' : 'rows' };
    }
    // A procedure's one row holds its output parameters; a call still names them.
    const nulls = outputs.map((one) => sql`${identifier(one.name)} => NULL::${sql.raw(one.castType)}`);
    return { call: sql`CALL ${target}(${list([...values, ...nulls])})`, answer: 'outputs' };
  },
};

function argumentOf({ argument, value }: GivenArgument): Fragment {
  const text = parameterText(value, argument);
  if (text === undefined) {
    throw new SourceError('VALIDATION_FAILED', `The value for the parameter ${argument.name} has the wrong shape.`, {
      details: { parameter: argument.name },
    });
  }
  return sql`${bound(text, argument.name)}::${sql.raw(argument.castType)}`;
}
