import { sql } from 'kysely';
import type { CatalogColumn, CatalogTable } from '../sql/catalog-table.js';
import type { Assignment, SqlWrites } from '../sql/dialect.js';
import { identifier, list, type Fragment } from '../sql/fragment.js';
import { MYSQL_EXPRESSIONS } from './mysql-expressions.js';

/** Rows are read again by their key in the same transaction: MySQL has no word that gives back what was written. */
export const MYSQL_WRITES: SqlWrites = {
  insert: (table, set, output) => {
    const columns = list(set.map(({ column }) => identifier(column.name)));
    const values = list(set.map(({ value }) => value));
    return {
      write: sql`INSERT INTO ${from(table)} (${columns}) VALUES (${values})`,
      read: () => select(table, output, insertedKey(table, set)),
    };
  },
  update: (table, { set, where, key }, output) => {
    const changes = set.map(({ column, value }) => sql`${identifier(column.name)} = ${value}`);
    return {
      write: sql`UPDATE ${from(table)} SET ${list(changes)} WHERE ${where}`,
      read: (_rows, rowCount) => (rowCount === 0 ? undefined : select(table, output, changedKey(key, set))),
    };
  },
};

function from({ schema, name }: CatalogTable): Fragment {
  return identifier(schema, name);
}

function select(
  table: CatalogTable,
  output: readonly CatalogColumn[],
  where: Fragment | undefined,
): Fragment | undefined {
  if (!where) return undefined;
  const columns = output.length === 0 ? sql`NULL` : list(output.map((column) => MYSQL_EXPRESSIONS.output(column)));
  return sql`SELECT ${columns} FROM ${from(table)} WHERE ${where}`;
}

/** The key of the row just inserted; undefined where the source made a part of it that nobody can ask for. */
function insertedKey(table: CatalogTable, set: readonly Assignment[]): Fragment | undefined {
  const parts = table.key.map((column) => {
    const given = set.find((assignment) => assignment.column === column);
    if (given) {
      const value = typed(column, given.value);
      // Nothing in a numbered column asks for the next number.
      return column.isSerial
        ? sql`${identifier(column.name)} = COALESCE(${value}, LAST_INSERT_ID())`
        : equals(column, value);
    }
    return column.isSerial ? sql`${identifier(column.name)} = LAST_INSERT_ID()` : undefined;
  });
  return conjunction(parts);
}

/** The key that a row has afterwards: the change may be one of the key itself. */
function changedKey(key: readonly Assignment[], set: readonly Assignment[]): Fragment | undefined {
  return conjunction(
    key.map(({ column, value }) => {
      const given = set.find((assignment) => assignment.column === column);
      return equals(column, given ? typed(column, given.value) : value);
    }),
  );
}

function equals(column: CatalogColumn, value: Fragment): Fragment {
  return sql`${identifier(column.name)} = ${value}`;
}

function conjunction(parts: readonly (Fragment | undefined)[]): Fragment | undefined {
  const known = parts.filter((part) => part !== undefined);
  return known.length === 0 || known.length < parts.length ? undefined : list(known, sql.raw(' AND '));
}

/** A number that was bound as text would be compared as a double. */
function typed(column: CatalogColumn, value: Fragment): Fragment {
  if (column.kind === 'integer') return sql`CAST(${value} AS ${sql.raw(column.castType)})`;
  return column.kind === 'decimal' ? sql`CAST(${value} AS DECIMAL(65, 30))` : value;
}
