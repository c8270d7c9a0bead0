import type { Operation } from '../../../contract/operations.js';
import { SourceError } from '../source-error.js';
import type { CatalogColumn, CatalogTable } from './catalog-table.js';
import { compileFilter } from './filter-sql.js';
import { quoteIdentifier } from './identifier.js';
import { keyCondition } from './item-key.js';
import { parameterText, type Json } from './parameter-text.js';
import { Binding, type Statement } from './statement.js';

type ListItems = Extract<Operation, { name: 'listItems' }>;
type Values = Extract<Operation, { name: 'createItem' }>['row'];

/** Members that clients send back with a row although they are ours, not the table's. */
const OUR_MEMBERS: ReadonlySet<string> = new Set(['@odata.etag', 'ItemInternalId']);

/** A time with an offset at its end: a column without zone would silently drop the offset. */
const HAS_OFFSET = /:\d\d(?:\.\d+)? ?(?:Z|z|[+-]\d\d(?::?\d\d)?)$/;

function qualified(table: CatalogTable): string {
  return `${quoteIdentifier(table.schema)}.${quoteIdentifier(table.name)}`;
}

/** @throws SourceError COLUMN_UNKNOWN, also for columns that the login may not read */
export function columnOf(table: CatalogTable, name: string): CatalogColumn {
  const column = table.columns.find((candidate) => candidate.name === name);
  if (column) return column;
  throw new SourceError('COLUMN_UNKNOWN', `The table has no column ${name}.`, {
    details: { column: name, table: table.name },
  });
}

/** Columns of an answer: all that the login may read, or those chosen, once each. */
export function chosenColumns(table: CatalogTable, select: readonly string[] | undefined): readonly CatalogColumn[] {
  if (!select || select.length === 0) return table.columns.filter((column) => column.selectable);
  return [...new Set(select)].map((name) => columnOf(table, name));
}

/** Money prints with the server's currency sign; as numeric it is a number. */
function outputList(columns: readonly CatalogColumn[]): string {
  if (columns.length === 0) return 'NULL';
  return columns
    .map(({ name, kind }) => (kind === 'money' ? `${quoteIdentifier(name)}::numeric` : quoteIdentifier(name)))
    .join(', ');
}

function whereClause(table: CatalogTable, operation: ListItems, binding: Binding): string {
  if (!operation.filter) return '';
  return ` WHERE ${compileFilter(operation.filter, (name) => columnOf(table, name), binding)}`;
}

/**
 * The order asked for, completed by the primary key: pages of a result whose order has ties would overlap. Nulls come
 * first, as OData orders them.
 */
function orderClause(table: CatalogTable, operation: ListItems): string {
  const asked = (operation.orderBy ?? []).map(({ column, descending }) => ({
    column: columnOf(table, column),
    descending,
  }));
  const named = new Set(asked.map(({ column }) => column.name));
  const rest = table.key.filter(({ name }) => !named.has(name)).map((column) => ({ column, descending: false }));
  const terms = [...asked, ...rest].map(({ column, descending }) => {
    const nulls = column.nullable ? (descending ? ' NULLS LAST' : ' NULLS FIRST') : '';
    return `${quoteIdentifier(column.name)}${descending ? ' DESC' : ''}${nulls}`;
  });
  return terms.length === 0 ? '' : ` ORDER BY ${terms.join(', ')}`;
}

/** One row more than asked for is fetched: it tells whether there are more. */
export function listItemsStatement(table: CatalogTable, operation: ListItems): Statement {
  const binding = new Binding();
  const columns = chosenColumns(table, operation.select);
  const where = whereClause(table, operation, binding);
  let text = `SELECT ${outputList(columns)} FROM ${qualified(table)}${where}${orderClause(table, operation)}`;
  if (operation.top !== undefined) text += ` LIMIT ${binding.add(String(operation.top + 1))}::int8`;
  if (operation.skip) text += ` OFFSET ${binding.add(String(operation.skip))}::int8`;
  return binding.statement(text, false);
}

export function countStatement(table: CatalogTable, operation: ListItems): Statement {
  const binding = new Binding();
  const where = whereClause(table, operation, binding);
  return binding.statement(`SELECT count(*) FROM ${qualified(table)}${where}`, false);
}

export function getItemStatement(table: CatalogTable, key: string): Statement {
  const binding = new Binding();
  const columns = outputList(chosenColumns(table, undefined));
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
  const text = `INSERT INTO ${qualified(table)} ${values} RETURNING ${outputList(chosenColumns(table, undefined))}`;
  return binding.statement(text, true);
}

export function updateItemStatement(table: CatalogTable, key: string, row: Values): Statement {
  const binding = new Binding();
  const set = assignments(table, row, binding);
  if (set.length === 0) throw new SourceError('VALIDATION_FAILED', 'The update names no column.');
  const where = keyCondition(table, key, binding);
  const changes = set.map(({ column, value }) => `${column} = ${value}`).join(', ');
  const output = outputList(chosenColumns(table, undefined));
  return binding.statement(`UPDATE ${qualified(table)} SET ${changes} WHERE ${where} RETURNING ${output}`, true);
}
