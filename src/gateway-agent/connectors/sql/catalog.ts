import type { Table, TableList } from '../../../contract/table.js';
import { SourceError } from '../source-error.js';
import type { CatalogTable } from './catalog-table.js';
import { changeColumn, newRowColumn } from './change-columns.js';
import { contractTypeOf } from './column-kind.js';
import type { SqlDialect } from './dialect.js';
import type { Fragment } from './fragment.js';
import type { Row } from './sql-session.js';
import { formatTableName, tableNameCandidates, type TableNameCandidate } from './table-name.js';

/** Names longer than this mean nothing and are not looked up, in characters: twice the longest that a source has (128). */
const MAX_NAME_LENGTH = 256;

/** What looks a name up in the catalogue; the name is bound, as text. @throws what `missing` makes */
export function lookup(
  name: string,
  missing: () => SourceError,
  describe: (candidates: readonly TableNameCandidate[]) => Fragment,
): Fragment {
  if (name.length > MAX_NAME_LENGTH || name.includes('\0')) throw missing();
  return describe(tableNameCandidates(name));
}

export function tableMissing(name: string): SourceError {
  const shown = name.slice(0, MAX_NAME_LENGTH);
  return new SourceError('TABLE_NOT_FOUND', 'The data source has no such table, or the login may not see it.', {
    details: { table: shown },
  });
}

export function toTableList(rows: readonly Row[], { catalog }: SqlDialect): TableList {
  return rows.map(([schema, name]) => ({
    name: formatTableName(schema ?? '', name ?? ''),
    displayName: catalog.displayName(schema ?? '', name ?? ''),
  }));
}

/** The contract's description of a table: columns that the login may not read are left out. */
export function toContractTable(table: CatalogTable, { catalog }: SqlDialect): Table {
  const [newColumn, updated] = [newRowColumn(table), changeColumn(table)];
  return {
    name: formatTableName(table.schema, table.name),
    displayName: catalog.displayName(table.schema, table.name),
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
