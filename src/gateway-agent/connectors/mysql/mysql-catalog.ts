import { sql } from 'kysely';
import type { Argument, CatalogColumn, CatalogTable, Routine } from '../sql/catalog-table.js';
import type { SqlCatalog } from '../sql/dialect.js';
import { bound, list, type Fragment } from '../sql/fragment.js';
import type { Row } from '../sql/sql-session.js';
import type { TableNameCandidate } from '../sql/table-name.js';
import { isGeometry, mysqlType } from './mysql-types.js';

/** The connection's own database, and nothing beside it. */
const HERE = sql`DATABASE()`;

/** MariaDB's JSON is a text with a check upon it; MySQL passes over this comment. */
const IS_JSON = sql.raw(`FALSE /*M! OR (c.DATA_TYPE = 'longtext' AND EXISTS (
  SELECT 1 FROM information_schema.CHECK_CONSTRAINTS k WHERE k.CONSTRAINT_SCHEMA = c.TABLE_SCHEMA
    AND k.TABLE_NAME = c.TABLE_NAME AND LOWER(k.CHECK_CLAUSE) = LOWER(CONCAT('json_valid(\`', c.COLUMN_NAME, '\`)')))) */`);

/** One name at a time and as a constant: the server looks a constant up, and reads every table's file for anything else. */
function describe({ schema, table }: TableNameCandidate, place: number): Fragment {
  return sql`SELECT ${sql.raw(String(place))} AS place, c.TABLE_NAME = BINARY ${bound(table)} AS is_exact, c.TABLE_SCHEMA, c.TABLE_NAME,
  c.ORDINAL_POSITION, c.COLUMN_NAME, c.DATA_TYPE, c.COLUMN_TYPE, c.IS_NULLABLE, c.COLUMN_DEFAULT, c.EXTRA,
  c.CHARACTER_MAXIMUM_LENGTH, c.PRIVILEGES, s.SEQ_IN_INDEX, ${IS_JSON} AS is_json
FROM information_schema.COLUMNS c
LEFT JOIN information_schema.STATISTICS s ON s.TABLE_SCHEMA = ${HERE} AND s.TABLE_NAME = ${bound(table)}
  AND s.INDEX_NAME = 'PRIMARY' AND s.TABLE_NAME = c.TABLE_NAME AND s.COLUMN_NAME = c.COLUMN_NAME
WHERE c.TABLE_SCHEMA = ${HERE} AND c.TABLE_NAME = ${bound(table)}${schema === undefined ? sql`` : sql` AND c.TABLE_SCHEMA = ${bound(schema)}`}`;
}

function describeRoutine({ schema, table }: TableNameCandidate, place: number): Fragment {
  return sql`SELECT ${sql.raw(String(place))} AS place, r.ROUTINE_SCHEMA, r.ROUTINE_NAME, r.ROUTINE_TYPE, p.ORDINAL_POSITION,
  p.PARAMETER_MODE, p.PARAMETER_NAME, p.DATA_TYPE, p.DTD_IDENTIFIER
FROM information_schema.ROUTINES r
LEFT JOIN information_schema.PARAMETERS p ON p.SPECIFIC_SCHEMA = r.ROUTINE_SCHEMA AND p.SPECIFIC_NAME = r.SPECIFIC_NAME
  AND p.ROUTINE_TYPE = r.ROUTINE_TYPE
WHERE r.ROUTINE_SCHEMA = ${HERE} AND r.ROUTINE_NAME = ${bound(table)} AND r.ROUTINE_TYPE IN ('FUNCTION', 'PROCEDURE')${
    schema === undefined ? sql`` : sql` AND r.ROUTINE_SCHEMA = ${bound(schema)}`
  }`;
}

const UNION = sql` UNION ALL `;

/** Tables, views and routines of the connection's database, as far as the login may see them. */
export const MYSQL_CATALOG: SqlCatalog = {
  listTables: () => sql`SELECT t.TABLE_SCHEMA, t.TABLE_NAME FROM information_schema.TABLES t
WHERE t.TABLE_SCHEMA = ${HERE} AND t.TABLE_TYPE IN ('BASE TABLE', 'VIEW', 'SYSTEM VERSIONED')
ORDER BY t.TABLE_NAME LIMIT 10000`,
  describeTable: (candidates) => sql`${list(candidates.map(describe), UNION)} ORDER BY 1, 2 DESC, 4, 5`,
  readTable,
  listProcedures: () => sql`SELECT DISTINCT r.ROUTINE_SCHEMA, r.ROUTINE_NAME FROM information_schema.ROUTINES r
WHERE r.ROUTINE_SCHEMA = ${HERE} AND r.ROUTINE_TYPE IN ('FUNCTION', 'PROCEDURE') ORDER BY r.ROUTINE_NAME LIMIT 10000`,
  describeProcedure: (candidates) => sql`${list(candidates.map(describeRoutine), UNION)} ORDER BY 1, 4 DESC, 5`,
  readProcedures,
  displayName: (_schema, table) => table,
};

function readTable(rows: readonly Row[]): CatalogTable | undefined {
  const [, , schema, name] = rows[0] ?? [];
  if (!schema || !name) return undefined;
  const own = rows.filter((row) => row[0] === rows[0]?.[0] && row[3] === name);
  const columns = own.map(readColumn);
  const key = columns
    .filter(({ keyOrder }) => keyOrder !== undefined)
    .sort((a, b) => (a.keyOrder ?? 0) - (b.keyOrder ?? 0));
  return { schema, name, columns, key };
}

function readColumn(row: Row): CatalogColumn {
  const [, , , , , name, dataType, columnType, nullable, byDefault, extra, length, privileges, keyOrder, isJson] = row;
  const type = mysqlType({ dataType: dataType ?? '', columnType: columnType ?? '', isJson: isJson === '1' });
  const words = (extra ?? '').toLowerCase();
  const isGenerated = /\b(?:virtual|stored|persistent) generated\b/.test(words) || /row (?:start|end)/.test(words);
  const isSerial = words.includes('auto_increment');
  return {
    ...type,
    name: name ?? '',
    nullable: nullable === 'YES',
    // MariaDB writes "no default" as the word NULL.
    hasDefault: isSerial || isGenerated || (byDefault !== null && byDefault !== undefined && byDefault !== 'NULL'),
    readOnly: isGenerated,
    keyOrder: keyOrder === null || keyOrder === undefined ? undefined : Number(keyOrder),
    maxLength: type.kind === 'text' && length !== null && length !== undefined ? Number(length) : undefined,
    selectable: (privileges ?? '').includes('select'),
    comparable: type.kind !== 'json' && !isGeometry(type),
    isSerial,
  };
}

function readProcedures(rows: readonly Row[]): readonly Routine[] {
  return [...groupRows(rows).values()].map(readRoutine);
}

/** A function and a procedure may bear one name. */
function groupRows(rows: readonly Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const id = JSON.stringify(row.slice(0, 4));
    groups.set(id, [...(groups.get(id) ?? []), row]);
  }
  return groups;
}

function readRoutine(rows: readonly Row[]): Routine {
  const [, schema, name, kind] = rows[0] ?? [];
  const isProcedure = kind === 'PROCEDURE';
  const all = rows.filter((row) => row[4] !== null && Number(row[4]) > 0);
  const result = rows.find((row) => row[4] !== null && Number(row[4]) === 0);
  const of = (...modes: readonly string[]): PlacedArgument[] =>
    all.filter((row) => modes.includes(row[5] ?? 'IN')).map(readArgument);
  const inputs = of('IN', 'INOUT');
  return {
    schema: schema ?? '',
    name: name ?? '',
    isProcedure,
    isVoid: false,
    inputs,
    outputs: of('OUT'),
    requiredCount: inputs.length,
    results: isProcedure ? of('OUT', 'INOUT') : result ? [{ ...readArgument(result), name: name ?? '' }] : undefined,
  };
}

/** An argument with its place in the call: calls know no names here. */
export interface PlacedArgument extends Argument {
  readonly place: number;
  /** Whether something comes back in it. */
  readonly isOut: boolean;
}

function readArgument(row: Row): PlacedArgument {
  const type = mysqlType({ dataType: row[7] ?? '', columnType: row[8] ?? '', isJson: false });
  return { ...type, name: row[6] ?? '', place: Number(row[4] ?? 0), isOut: row[5] === 'OUT' || row[5] === 'INOUT' };
}
