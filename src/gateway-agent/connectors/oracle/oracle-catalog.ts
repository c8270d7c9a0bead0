import { sql } from 'kysely';
import type { Argument, CatalogColumn, CatalogTable, Routine } from '../sql/catalog-table.js';
import type { SqlCatalog } from '../sql/dialect.js';
import { bound, list, type Fragment } from '../sql/fragment.js';
import type { Row } from '../sql/sql-session.js';
import type { TableNameCandidate } from '../sql/table-name.js';
import { isComparable, isReadable, oracleType, type OracleTypeName } from './oracle-types.js';

const HERE = sql`SYS_CONTEXT('USERENV', 'CURRENT_SCHEMA')`;

/** What a name can mean, best guess first, as a table to join with. */
function wanted(candidates: readonly TableNameCandidate[]): Fragment {
  const rows = candidates.map(
    ({ schema, table }, place) =>
      sql`SELECT ${bound(schema ?? null)} AS SCHEMA_NAME, ${bound(table)} AS OBJECT_NAME, ${sql.raw(String(place))} AS PLACE FROM DUAL`,
  );
  return sql`(${list(rows, sql.raw(' UNION ALL '))}) want`;
}

/** Names that were never quoted are kept in capitals, and people write them as they like. */
const named = (owner: Fragment, name: Fragment): Fragment =>
  sql`(${owner} IN (want.SCHEMA_NAME, UPPER(want.SCHEMA_NAME)) OR (want.SCHEMA_NAME IS NULL AND ${owner} = ${HERE}))
  AND ${name} IN (want.OBJECT_NAME, UPPER(want.OBJECT_NAME))`;

/** Tables, views and routines that the login may see, those of the server itself left out. */
export const ORACLE_CATALOG: SqlCatalog = {
  listTables: () => sql`SELECT o.OWNER, o.OBJECT_NAME FROM ALL_OBJECTS o
JOIN ALL_USERS u ON u.USERNAME = o.OWNER AND u.ORACLE_MAINTAINED = 'N'
WHERE o.OBJECT_TYPE IN ('TABLE', 'VIEW') AND o.SECONDARY = 'N' AND o.OBJECT_NAME NOT LIKE 'BIN$%'
ORDER BY CASE WHEN o.OWNER = ${HERE} THEN 0 ELSE 1 END, o.OWNER, o.OBJECT_NAME FETCH NEXT 10000 ROWS ONLY`,
  describeTable: (
    candidates,
  ) => sql`SELECT want.PLACE, c.OWNER, c.TABLE_NAME, c.COLUMN_NAME, c.DATA_TYPE, c.DATA_PRECISION,
  c.DATA_SCALE, c.CHAR_LENGTH, c.NULLABLE, c.DEFAULT_LENGTH, c.VIRTUAL_COLUMN, g.GENERATION_TYPE, k.POSITION
FROM ${wanted(candidates)}
JOIN ALL_TAB_COLS c ON ${named(sql`c.OWNER`, sql`c.TABLE_NAME`)} AND c.HIDDEN_COLUMN = 'NO'
JOIN ALL_USERS u ON u.USERNAME = c.OWNER AND u.ORACLE_MAINTAINED = 'N'
LEFT JOIN ALL_TAB_IDENTITY_COLS g ON g.OWNER = c.OWNER AND g.TABLE_NAME = c.TABLE_NAME AND g.COLUMN_NAME = c.COLUMN_NAME
LEFT JOIN ALL_CONSTRAINTS p ON p.OWNER = c.OWNER AND p.TABLE_NAME = c.TABLE_NAME AND p.CONSTRAINT_TYPE = 'P'
LEFT JOIN ALL_CONS_COLUMNS k ON k.OWNER = p.OWNER AND k.CONSTRAINT_NAME = p.CONSTRAINT_NAME AND k.COLUMN_NAME = c.COLUMN_NAME
ORDER BY want.PLACE, CASE WHEN c.TABLE_NAME = want.OBJECT_NAME THEN 0 ELSE 1 END, c.OWNER, c.COLUMN_ID`,
  readTable,
  listProcedures: () => sql`SELECT o.OWNER, o.OBJECT_NAME FROM ALL_OBJECTS o
JOIN ALL_USERS u ON u.USERNAME = o.OWNER AND u.ORACLE_MAINTAINED = 'N'
WHERE o.OBJECT_TYPE IN ('FUNCTION', 'PROCEDURE')
ORDER BY CASE WHEN o.OWNER = ${HERE} THEN 0 ELSE 1 END, o.OWNER, o.OBJECT_NAME FETCH NEXT 10000 ROWS ONLY`,
  describeProcedure: (
    candidates,
  ) => sql`SELECT want.PLACE, o.OWNER, o.OBJECT_NAME, o.OBJECT_TYPE, a.ARGUMENT_NAME, a.DATA_TYPE,
  a.DATA_PRECISION, a.DATA_SCALE, a.CHAR_LENGTH, a.IN_OUT, a.POSITION, a.DEFAULTED
FROM ${wanted(candidates)}
JOIN ALL_OBJECTS o ON ${named(sql`o.OWNER`, sql`o.OBJECT_NAME`)} AND o.OBJECT_TYPE IN ('FUNCTION', 'PROCEDURE')
JOIN ALL_USERS u ON u.USERNAME = o.OWNER AND u.ORACLE_MAINTAINED = 'N'
LEFT JOIN ALL_ARGUMENTS a ON a.OBJECT_ID = o.OBJECT_ID AND a.DATA_LEVEL = 0 AND a.DATA_TYPE IS NOT NULL
ORDER BY want.PLACE, CASE WHEN o.OBJECT_NAME = want.OBJECT_NAME THEN 0 ELSE 1 END, o.OWNER, a.SEQUENCE`,
  readProcedures,
  displayName: (schema, table) => `${schema}.${table}`,
};

const numberOf = (text: string | null | undefined): number | undefined =>
  text === null || text === undefined ? undefined : Number(text);

function typeName(row: Row, from: number): OracleTypeName {
  const [name, precision, scale, length] = row.slice(from, from + 4);
  return { name: name ?? '', precision: numberOf(precision), scale: numberOf(scale), charLength: numberOf(length) };
}

function readTable(rows: readonly Row[]): CatalogTable | undefined {
  const [place, schema, name] = rows[0] ?? [];
  if (!schema || !name) return undefined;
  const own = rows.filter((row) => row[0] === place && row[1] === schema && row[2] === name);
  const columns = own.map(readColumn);
  const key = columns
    .filter(({ keyOrder }) => keyOrder !== undefined)
    .sort((a, b) => (a.keyOrder ?? 0) - (b.keyOrder ?? 0));
  return { schema, name, columns, key };
}

function readColumn(row: Row): CatalogColumn {
  const [nullable, defaultLength, virtual, identity, position] = row.slice(8);
  const type = oracleType(typeName(row, 4));
  const isIdentity = identity !== null && identity !== undefined;
  const length = numberOf(row[7]);
  return {
    ...type,
    name: row[3] ?? '',
    nullable: nullable === 'Y',
    hasDefault: isIdentity || virtual === 'YES' || (numberOf(defaultLength) ?? 0) > 0,
    readOnly: virtual === 'YES' || identity === 'ALWAYS',
    keyOrder: numberOf(position),
    maxLength: type.kind === 'text' && length ? length : undefined,
    selectable: isReadable(type),
    comparable: isComparable(type),
    isSerial: isIdentity,
  };
}

function readProcedures(rows: readonly Row[]): readonly Routine[] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const id = JSON.stringify(row.slice(0, 4));
    groups.set(id, [...(groups.get(id) ?? []), row]);
  }
  return [...groups.values()].map(readRoutine);
}

/** An argument at position 0 is what a function gives back. */
function readRoutine(rows: readonly Row[]): Routine {
  const [, schema, name, kind] = rows[0] ?? [];
  const isProcedure = kind === 'PROCEDURE';
  const read = (row: Row): Argument => ({ ...oracleType(typeName(row, 5)), name: row[4] ?? name ?? '' });
  const all = rows.filter((row) => Number(row[10] ?? 0) > 0);
  const inputs = all.filter((row) => row[9] !== 'OUT');
  const lastNeeded = inputs.findLastIndex((row) => row[11] === 'N');
  return {
    schema: schema ?? '',
    name: name ?? '',
    isProcedure,
    isVoid: false,
    inputs: inputs.map(read),
    outputs: all.filter((row) => row[9] === 'OUT').map(read),
    requiredCount: lastNeeded + 1,
    results: (isProcedure ? all.filter((row) => row[9] !== 'IN') : rows.filter((row) => row[10] === '0')).map(read),
  };
}
