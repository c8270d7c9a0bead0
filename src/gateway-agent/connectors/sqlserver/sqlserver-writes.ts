import { sql } from 'kysely';
import type { CatalogColumn, CatalogTable } from '../sql/catalog-table.js';
import type { SqlWrites } from '../sql/dialect.js';
import { identifier, list, type Fragment } from '../sql/fragment.js';
import { SQLSERVER_EXPRESSIONS } from './sqlserver-expressions.js';
import { declarationOf } from './sqlserver-types.js';

/** No counts between the statements of a batch, and a refused one ends it. */
const QUIET = sql.raw('SET NOCOUNT ON; SET XACT_ABORT ON;');

/**
 * The keys of written rows go into a variable and the rows are read by them: tables with triggers do not answer a write
 * themselves, and what a trigger changed is part of the row. Rows without a key are told as they were written.
 */
export const SQLSERVER_WRITES: SqlWrites = {
  insert: (table, set, output) => {
    const columns = list(set.map(({ column }) => identifier(column.name)));
    const values = sql`VALUES (${list(set.map(({ value }) => value))})`;
    const kept = keptOf(table, output);
    const head = sql`INSERT INTO ${from(table)}${set.length === 0 ? sql`` : sql` (${columns})`} ${outputOf(kept)}`;
    return { write: batch(table, kept, output, sql`${head} ${set.length === 0 ? sql`DEFAULT VALUES` : values}`) };
  },
  update: (table, { set, where }, output) => {
    const kept = keptOf(table, output);
    const changes = list(set.map(({ column, value }) => sql`${identifier(column.name)} = ${value}`));
    return {
      write: batch(table, kept, output, sql`UPDATE ${from(table)} SET ${changes} ${outputOf(kept)} WHERE ${where}`),
    };
  },
};

function from({ schema, name }: CatalogTable): Fragment {
  return identifier(schema, name);
}

function keptOf(table: CatalogTable, output: readonly CatalogColumn[]): readonly CatalogColumn[] {
  return table.key.length > 0 ? table.key : output;
}

/** Columns of the variable are numbered: names of the table's stay out of declarations. */
function inner(index: number): Fragment {
  return sql.raw(`k${index}`);
}

function outputOf(kept: readonly CatalogColumn[]): Fragment {
  const columns = kept.map(({ name }) => sql`inserted.${identifier(name)}`);
  return sql`OUTPUT ${list(columns)} INTO @tidegate_rows`;
}

function batch(
  table: CatalogTable,
  kept: readonly CatalogColumn[],
  output: readonly CatalogColumn[],
  write: Fragment,
): Fragment {
  const declared = kept.map((column, index) => sql`${inner(index)} ${sql.raw(declarationOf(column))} NULL`);
  const head = sql`${QUIET} DECLARE @tidegate_rows TABLE (${list(declared)}); ${write};`;
  if (table.key.length === 0) {
    return sql`${head} SELECT ${list(kept.map((_, index) => inner(index)))} FROM @tidegate_rows`;
  }
  const same = kept.map(({ name }, index) => sql`${from(table)}.${identifier(name)} = r.${inner(index)}`);
  const columns = list(output.map((column) => SQLSERVER_EXPRESSIONS.output(column)));
  return sql`${head} SELECT ${columns} FROM ${from(table)} WHERE EXISTS (SELECT 1 FROM @tidegate_rows r WHERE ${list(
    same,
    sql.raw(' AND '),
  )})`;
}
