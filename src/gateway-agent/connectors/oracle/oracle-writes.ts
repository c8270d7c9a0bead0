import { sql } from 'kysely';
import type { CatalogColumn, CatalogTable } from '../sql/catalog-table.js';
import type { SqlWrites, WritePlan } from '../sql/dialect.js';
import { bound, identifier, list, type Fragment } from '../sql/fragment.js';
import { ORACLE_EXPRESSIONS } from './oracle-expressions.js';
import { OUT_VALUE } from './oracle-values.js';

/** A write tells where the row lies, and the row is read there in the same transaction, after all triggers. */
export const ORACLE_WRITES: SqlWrites = {
  insert: (table, set, output) => {
    const [first] = table.columns;
    const isEmpty = set.length === 0;
    // There is no word for "all defaults" without a column.
    const columns = isEmpty ? identifier(first?.name ?? '') : list(set.map(({ column }) => identifier(column.name)));
    const values = isEmpty ? sql`DEFAULT` : list(set.map(({ value }) => value));
    return planOf(table, output, sql`INSERT INTO ${from(table)} (${columns}) VALUES (${values})`);
  },
  update: (table, { set, where }, output) => {
    const changes = list(set.map(({ column, value }) => sql`${identifier(column.name)} = ${value}`));
    return planOf(table, output, sql`UPDATE ${from(table)} SET ${changes} WHERE ${where}`);
  },
};

function from({ schema, name }: CatalogTable): Fragment {
  return identifier(schema, name);
}

function planOf(table: CatalogTable, output: readonly CatalogColumn[], write: Fragment): WritePlan {
  return {
    write: sql`${write} RETURNING ROWID INTO ${bound({ type: `${OUT_VALUE}text`, value: null })}`,
    read: ([row]) => {
      const place = row?.[0];
      if (place === null || place === undefined) return undefined;
      const columns = list(output.map((column) => ORACLE_EXPRESSIONS.output(column)));
      return sql`SELECT ${columns} FROM ${from(table)} WHERE ROWID = ${bound(place)}`;
    },
  };
}
