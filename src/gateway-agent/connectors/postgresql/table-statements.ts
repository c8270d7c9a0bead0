import type { Operation } from '../../../contract/operations.js';
import { SourceError } from '../source-error.js';
import type { CatalogColumn, CatalogTable } from './catalog-table.js';
import { quoteIdentifier } from './identifier.js';
import { keyCondition } from './item-key.js';
import { parameterText, type Json } from './parameter-text.js';
import { findColumn, outputList, qualified, tableSource } from './row-source.js';
import { Binding, type Statement } from './statement.js';

type Values = Extract<Operation, { name: 'createItem' }>['row'];

/** Members that clients send back with a row although they are ours, not the table's. */
const OUR_MEMBERS: ReadonlySet<string> = new Set(['@odata.etag', 'ItemInternalId']);

/** A time with an offset at its end: a column without zone would silently drop the offset. */
const HAS_OFFSET = /:\d\d(?:\.\d+)? ?(?:Z|z|[+-]\d\d(?::?\d\d)?)$/;

/** @throws SourceError COLUMN_UNKNOWN, also for columns that the login may not read */
export function columnOf(table: CatalogTable, name: string): CatalogColumn {
  return findColumn(tableSource(table), name);
}

/** All columns that the login may read. */
export function readableColumns(table: CatalogTable): readonly CatalogColumn[] {
  return table.columns.filter((column) => column.selectable);
}

export function getItemStatement(table: CatalogTable, key: string): Statement {
  const binding = new Binding();
  const columns = outputList(readableColumns(table));
  const text = `SELECT ${columns} FROM ${qualified(table)} WHERE ${keyCondition(table, key, binding)}`;
  return binding.statement(text, true);
}

export function deleteItemStatement(table: CatalogTable, key: string): Statement {
  const binding = new Binding();
  return binding.statement(`DELETE FROM ${qualified(table)} WHERE ${keyCondition(table, key, binding)}`, true);
}

interface Assignment {
  readonly column: string;
  readonly value: string;
}

function assignments(table: CatalogTable, row: Values, binding: Binding): readonly Assignment[] {
  const known = new Set(table.columns.map(({ name }) => name));
  return Object.entries(row)
    .filter(([name]) => known.has(name) || !OUR_MEMBERS.has(name))
    .map(([name, value]) => {
      const column = columnOf(table, name);
      if (column.readOnly) {
        throw new SourceError('VALIDATION_FAILED', `The source fills the column ${name} itself.`, {
          details: { column: name },
        });
      }
      return { column: quoteIdentifier(name), value: bindValue(column, value, binding) };
    });
}

function bindValue(column: CatalogColumn, value: Json, binding: Binding): string {
  const text = parameterText(value, column);
  if (text === undefined) {
    throw new SourceError('VALIDATION_FAILED', `The value for the column ${column.name} has the wrong shape.`, {
      details: { column: column.name, type: column.sourceType },
    });
  }
  const placeholder = binding.add(text, column.name);
  const dropsOffset = column.kind === 'timestamp' && !column.isArray && text !== null && HAS_OFFSET.test(text);
  return dropsOffset ? `${placeholder}::timestamptz` : placeholder;
}

export function createItemStatement(table: CatalogTable, row: Values): Statement {
  const binding = new Binding();
  const set = assignments(table, row, binding);
  const values =
    set.length === 0
      ? 'DEFAULT VALUES'
      : `(${set.map(({ column }) => column).join(', ')}) VALUES (${set.map(({ value }) => value).join(', ')})`;
  const text = `INSERT INTO ${qualified(table)} ${values} RETURNING ${outputList(readableColumns(table))}`;
  return binding.statement(text, true);
}

export function updateItemStatement(table: CatalogTable, key: string, row: Values): Statement {
  const binding = new Binding();
  const set = assignments(table, row, binding);
  if (set.length === 0) throw new SourceError('VALIDATION_FAILED', 'The update names no column.');
  const where = keyCondition(table, key, binding);
  const changes = set.map(({ column, value }) => `${column} = ${value}`).join(', ');
  const output = outputList(readableColumns(table));
  return binding.statement(`UPDATE ${qualified(table)} SET ${changes} WHERE ${where} RETURNING ${output}`, true);
}
