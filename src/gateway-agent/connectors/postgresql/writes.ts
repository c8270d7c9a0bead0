import { sql } from 'kysely';
import type { SqlWrites } from '../sql/dialect.js';
import { identifier, list } from '../sql/fragment.js';
import { outputList } from '../sql/row-source.js';
import { POSTGRESQL_EXPRESSIONS } from './expressions.js';

const DIALECT = { expressions: POSTGRESQL_EXPRESSIONS };

/** One statement each: it answers with the row. */
export const POSTGRESQL_WRITES: SqlWrites = {
  insert: ({ schema, name }, set, output) => {
    const columns = list(set.map(({ column }) => identifier(column.name)));
    const values =
      set.length === 0 ? sql`DEFAULT VALUES` : sql`(${columns}) VALUES (${list(set.map(({ value }) => value))})`;
    return { write: sql`INSERT INTO ${identifier(schema, name)} ${values} RETURNING ${outputList(output, DIALECT)}` };
  },
  update: ({ schema, name }, { set, where }, output) => {
    const changes = list(set.map(({ column, value }) => sql`${identifier(column.name)} = ${value}`));
    const table = identifier(schema, name);
    return { write: sql`UPDATE ${table} SET ${changes} WHERE ${where} RETURNING ${outputList(output, DIALECT)}` };
  },
};
