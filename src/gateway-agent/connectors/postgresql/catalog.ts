import type { Table, TableList } from '../../../contract/table.js';
import { SourceError } from '../source-error.js';
import { formatArrayLiteral } from './array-literal.js';
import type { CatalogColumn, CatalogTable } from './catalog-table.js';
import { DESCRIBE_TABLE_SQL } from './catalog-sql.js';
import { changeColumn, newRowColumn } from './change-columns.js';
import { contractTypeOf, kindOfOid } from './column-kind.js';
import type { Row } from './row-stream.js';
import { Binding, type Statement } from './statement.js';
import { formatTableName, tableNameCandidates } from './table-name.js';

/** Names longer than this (four times PostgreSQL's own limit, in characters) mean nothing and are not looked up. */
const MAX_NAME_LENGTH = 256;

/** The statement that looks a name up in the catalogue; the name is bound, as text. */
export function lookupStatement(sql: string, name: string, missing: () => SourceError): Statement {
  if (name.length > MAX_NAME_LENGTH || name.includes('\0')) throw missing();
  const candidates = tableNameCandidates(name);
  const binding = new Binding();
  binding.add(formatArrayLiteral(candidates.map((candidate) => candidate.schema ?? null)));
  binding.add(formatArrayLiteral(candidates.map((candidate) => candidate.table)));
  return binding.statement(sql, true);
}

export function tableMissing(name: string): SourceError {
  const shown = name.slice(0, MAX_NAME_LENGTH);
  return new SourceError('TABLE_NOT_FOUND', 'The data source has no such table, or the login may not see it.', {
    details: { table: shown },
  });
}

export function describeTableStatement(name: string): Statement {
  return lookupStatement(DESCRIBE_TABLE_SQL, name, () => tableMissing(name));
}

/** Reads the rows of `DESCRIBE_TABLE_SQL`; undefined when there are none. Only the best match counts. */
export function readTable(rows: readonly Row[]): CatalogTable | undefined {
  const [oid, schema, name] = rows[0] ?? [];
  if (!oid || !schema || !name) return undefined;
  const own: Row[] = [];
  for (const row of rows) {
    if (row[0] !== oid || own.some((seen) => seen[3] === row[3])) break;
    own.push(row);
  }
  const key = own.filter((row) => row[12] !== null).sort((a, b) => Number(a[12]) - Number(b[12]));
  const columns = own.map((row) => readColumn(row, key.indexOf(row)));
  return { schema, name, columns, key: key.flatMap((row) => columns[own.indexOf(row)] ?? []) };
}

function readColumn(row: Row, keyIndex: number): CatalogColumn {
  const oid = Number(row[6]);
  const isArray = row[7] === 'A';
  const kind = kindOfOid(oid);
  return {
    name: row[3] ?? '',
    castType: row[4] ?? 'text',
    sourceType: row[5] ?? '',
    oid,
    // Everything of the string category compares as text, types of extensions such as citext included.
    kind: kind === 'other' && row[7] === 'S' ? 'text' : kind,
    isArray,
    elementKind: kindOfOid(Number(row[8])),
    nullable: row[9] === 'f',
    hasDefault: row[10] === 't' || row[11] === 't',
    readOnly: row[11] === 't',
    keyOrder: keyIndex === -1 ? undefined : keyIndex + 1,
    maxLength: row[13] === null || row[13] === undefined ? undefined : Number(row[13]),
    selectable: row[14] === 't',
    comparable: kind === 'other' ? row[15] === 't' : kind !== 'json',
    isSerial: row[16] === 't',
  };
}

/** What people call the table: its schema is left out where it is the ordinary one. */
export function displayNameOf(schema: string, name: string): string {
  return schema === 'public' ? name : `${schema}.${name}`;
}

export function toTableList(rows: readonly Row[]): TableList {
  return rows.map(([schema, name]) => ({
    name: formatTableName(schema ?? '', name ?? ''),
    displayName: displayNameOf(schema ?? '', name ?? ''),
  }));
}

/** The contract's description of a table: columns that the login may not read are left out. */
export function toContractTable(table: CatalogTable): Table {
  const [newColumn, updated] = [newRowColumn(table), changeColumn(table)];
  return {
    name: formatTableName(table.schema, table.name),
    displayName: displayNameOf(table.schema, table.name),
    columns: table.columns
      .filter((column) => column.selectable)
      .map((column) => ({
        name: column.name,
        type: contractTypeOf(column.kind, column.isArray),
        sourceType: column.sourceType,
        nullable: column.nullable,
        hasDefault: column.hasDefault,
        readOnly: column.readOnly,
        ...(column.keyOrder === undefined ? {} : { keyOrder: column.keyOrder }),
        ...(column.maxLength === undefined ? {} : { maxLength: column.maxLength }),
        comparable: column.comparable && !column.isArray,
      })),
    changes: {
      ...(newColumn && { new: newColumn.name }),
      ...(updated && { updated: updated.name }),
    },
  };
}
