import { sql } from 'kysely';
import type { Operation } from '../../../contract/operations.js';
import { SourceError } from '../source-error.js';
import type { CatalogColumn, CatalogTable } from './catalog-table.js';
import type { Assignment, SqlDialect, WritePlan } from './dialect.js';
import { compile, type Statement } from './fragment.js';
import { allEqual, keyCondition, keyValues } from './item-key.js';
import { findColumn, outputList, qualified, tableSource } from './row-source.js';

type Values = Extract<Operation, { name: 'createItem' }>['row'];

/** Members that clients send back with a row although they are ours, not the table's. */
const OUR_MEMBERS: ReadonlySet<string> = new Set(['@odata.etag', 'ItemInternalId']);

/** All columns that the login may read. */
export function readableColumns(table: CatalogTable): readonly CatalogColumn[] {
  return table.columns.filter((column) => column.selectable);
}

export function getItemStatement(table: CatalogTable, key: string, dialect: SqlDialect): Statement {
  const columns = outputList(readableColumns(table), dialect);
  const text = sql`SELECT ${columns} FROM ${qualified(table)} WHERE ${keyCondition(table, key, dialect)}`;
  return compile(dialect.compiler, text, true);
}

export function deleteItemStatement(table: CatalogTable, key: string, dialect: SqlDialect): Statement {
  const where = keyCondition(table, key, dialect);
  return compile(dialect.compiler, sql`DELETE FROM ${qualified(table)} WHERE ${where}`, true);
}

export function createItemPlan(table: CatalogTable, row: Values, dialect: SqlDialect): WritePlan {
  return dialect.writes.insert(table, assignments(table, row, dialect), readableColumns(table));
}

export function updateItemPlan(table: CatalogTable, key: string, row: Values, dialect: SqlDialect): WritePlan {
  const set = assignments(table, row, dialect);
  if (set.length === 0) throw new SourceError('VALIDATION_FAILED', 'The update names no column.');
  const values = keyValues(table, key, dialect);
  return dialect.writes.update(table, { set, where: allEqual(values), key: values }, readableColumns(table));
}

function assignments(table: CatalogTable, row: Values, dialect: SqlDialect): readonly Assignment[] {
  const source = tableSource(table);
  return Object.entries(row)
    .filter(([name]) => source.columns.has(name) || !OUR_MEMBERS.has(name))
    .map(([name, value]) => {
      const column = findColumn(source, name);
      if (column.readOnly) {
        throw new SourceError('VALIDATION_FAILED', `The source fills the column ${name} itself.`, {
          details: { column: name },
        });
      }
      const stored = dialect.types.stored(value, column);
      if (stored !== undefined) return { column, value: stored };
      throw new SourceError('VALIDATION_FAILED', `The value for the column ${name} has the wrong shape.`, {
        details: { column: name, type: column.sourceType },
      });
    });
}
