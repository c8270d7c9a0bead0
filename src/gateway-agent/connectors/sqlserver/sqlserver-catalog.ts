import { sql } from 'kysely';
import type { Argument, CatalogTable, Routine } from '../sql/catalog-table.js';
import type { SqlCatalog } from '../sql/dialect.js';
import { bound, list, type Fragment } from '../sql/fragment.js';
import type { Row } from '../sql/sql-session.js';
import type { TableNameCandidate } from '../sql/table-name.js';
import { declaredType, isComparable, maxLengthOf, sqlServerType, type SqlServerColumn } from './sqlserver-types.js';

/** What a name can mean, best guess first, as a table to join with. */
function wanted(candidates: readonly TableNameCandidate[]): Fragment {
  const rows = candidates.map(
    ({ schema, table }, place) => sql`(${bound(schema ?? null)}, ${bound(table)}, ${sql.raw(String(place))})`,
  );
  return sql`(VALUES ${list(rows)}) AS want (schema_name, object_name, place)`;
}

/** A name without a schema is looked for in the login's own, then in the ordinary one. */
const IN_SCHEMA = sql`(s.name = want.schema_name OR (want.schema_name IS NULL AND s.name IN (SCHEMA_NAME(), N'dbo')))`;
const OWN_FIRST = sql`CASE WHEN s.name = SCHEMA_NAME() THEN 0 ELSE 1 END`;

/** The type beneath an alias; types of the runtime (geometry) have none. */
const TYPES = sql`JOIN sys.types u ON u.user_type_id = c.user_type_id
LEFT JOIN sys.types b ON b.user_type_id = c.system_type_id AND b.is_user_defined = 0`;

const READABLE = sql`HAS_PERMS_BY_NAME(QUOTENAME(s.name) + '.' + QUOTENAME(o.name), 'OBJECT', 'SELECT') = 1
  OR HAS_PERMS_BY_NAME(QUOTENAME(s.name) + '.' + QUOTENAME(o.name), 'OBJECT', 'SELECT', NULL, 'COLUMN') = 1`;

/** Tables, views and routines of the connection's database, as far as the login may see them. */
export const SQLSERVER_CATALOG: SqlCatalog = {
  listTables: () => sql`SELECT s.name, o.name FROM sys.objects o JOIN sys.schemas s ON s.schema_id = o.schema_id
WHERE o.type IN ('U', 'V') AND o.is_ms_shipped = 0 AND (${READABLE})
ORDER BY CASE WHEN s.name = N'dbo' THEN 0 ELSE 1 END, s.name, o.name OFFSET 0 ROWS FETCH NEXT 10000 ROWS ONLY`,
  describeTable: (candidates) => sql`SELECT want.place, s.name, o.name, c.name, COALESCE(b.name, u.name), c.max_length,
  c.precision, c.scale, c.is_nullable, CASE WHEN c.default_object_id <> 0 THEN 1 ELSE 0 END, c.is_identity,
  CASE WHEN c.is_computed = 1 OR c.generated_always_type <> 0 THEN 1 ELSE 0 END, k.key_ordinal, c.collation_name,
  HAS_PERMS_BY_NAME(QUOTENAME(s.name) + '.' + QUOTENAME(o.name), 'OBJECT', 'SELECT', c.name, 'COLUMN')
FROM ${wanted(candidates)}
JOIN sys.schemas s ON ${IN_SCHEMA}
JOIN sys.objects o ON o.schema_id = s.schema_id AND o.name = want.object_name AND o.type IN ('U', 'V') AND o.is_ms_shipped = 0
JOIN sys.columns c ON c.object_id = o.object_id
${TYPES}
LEFT JOIN sys.indexes i ON i.object_id = o.object_id AND i.is_primary_key = 1
LEFT JOIN sys.index_columns k ON k.object_id = o.object_id AND k.index_id = i.index_id AND k.column_id = c.column_id
ORDER BY want.place, ${OWN_FIRST}, s.name, o.name, c.column_id`,
  readTable,
  listProcedures: () => sql`SELECT DISTINCT s.name, o.name, CASE WHEN s.name = N'dbo' THEN 0 ELSE 1 END AS is_elsewhere
FROM sys.objects o JOIN sys.schemas s ON s.schema_id = o.schema_id
WHERE o.type IN ('P', 'PC', 'FN', 'FS', 'IF', 'TF', 'FT') AND o.is_ms_shipped = 0
  AND HAS_PERMS_BY_NAME(QUOTENAME(s.name) + '.' + QUOTENAME(o.name), 'OBJECT',
    CASE WHEN o.type IN ('IF', 'TF', 'FT') THEN 'SELECT' ELSE 'EXECUTE' END) = 1
ORDER BY is_elsewhere, s.name, o.name OFFSET 0 ROWS FETCH NEXT 10000 ROWS ONLY`,
  describeProcedure: (candidates) => sql`SELECT want.place, s.name, o.name, o.type, c.name, COALESCE(b.name, u.name),
  c.max_length, c.precision, c.scale, c.is_output, c.parameter_id
FROM ${wanted(candidates)}
JOIN sys.schemas s ON ${IN_SCHEMA}
JOIN sys.objects o ON o.schema_id = s.schema_id AND o.name = want.object_name AND o.is_ms_shipped = 0
  AND o.type IN ('P', 'PC', 'FN', 'FS', 'IF', 'TF', 'FT')
LEFT JOIN sys.parameters c ON c.object_id = o.object_id
LEFT JOIN sys.types u ON u.user_type_id = c.user_type_id
LEFT JOIN sys.types b ON b.user_type_id = c.system_type_id AND b.is_user_defined = 0
ORDER BY want.place, ${OWN_FIRST}, s.name, o.name, c.parameter_id`,
  readProcedures,
  displayName: (schema, table) => (schema === 'dbo' ? table : `${schema}.${table}`),
};

/** Collations have names of letters, digits and underscores; another one is not written into a statement. */
const COLLATION = /^\w{1,128}$/;

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

function typeName(row: Row, from: number): { name: string; length: number; precision: number; scale: number } {
  const [name, length, precision, scale] = row.slice(from, from + 4);
  return { name: name ?? '', length: Number(length), precision: Number(precision), scale: Number(scale) };
}

function readColumn(row: Row): SqlServerColumn {
  const [nullable, hasDefault, isIdentity, isComputed, keyOrder, collation, selectable] = row.slice(8);
  const named = typeName(row, 4);
  const type = sqlServerType(named);
  const readOnly = isIdentity === '1' || isComputed === '1' || named.name === 'timestamp';
  const isCollated = collation !== null && collation !== undefined && COLLATION.test(collation);
  return {
    ...type,
    name: row[3] ?? '',
    nullable: nullable === '1',
    hasDefault: hasDefault === '1' || readOnly,
    readOnly,
    keyOrder: keyOrder === null || keyOrder === undefined || keyOrder === '0' ? undefined : Number(keyOrder),
    maxLength: maxLengthOf(named),
    selectable: selectable !== '0',
    comparable: isComparable(named.name),
    isSerial: isIdentity === '1',
    // A variable takes no numbers of versions, but their bytes.
    declared:
      named.name === 'timestamp' ? 'binary(8)' : declaredType(named) + (isCollated ? ` COLLATE ${collation}` : ''),
  };
}

function readProcedures(rows: readonly Row[]): readonly Routine[] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const id = JSON.stringify(row.slice(0, 3));
    groups.set(id, [...(groups.get(id) ?? []), row]);
  }
  return [...groups.values()].map(readRoutine);
}

/** Parameters bear an `@` in front of their names; number 0 is what a function gives back. */
function readRoutine(rows: readonly Row[]): Routine {
  const [, schema, name, kind] = rows[0] ?? [];
  const isProcedure = kind?.startsWith('P') ?? false;
  const all = rows.filter((row) => Number(row[10] ?? 0) > 0);
  const result = rows.find((row) => row[10] === '0');
  const read = (row: Row): Argument => ({ ...sqlServerType(typeName(row, 5)), name: (row[4] ?? '').replace(/^@/, '') });
  return {
    schema: schema ?? '',
    name: name ?? '',
    isProcedure,
    isVoid: false,
    // What comes back may be given a value, too; nobody can tell what has a default, so the source says what is missing.
    inputs: all.map(read),
    outputs: [],
    requiredCount: 0,
    results: isProcedure
      ? all.filter((row) => row[9] === '1').map(read)
      : result && [{ ...read(result), name: name ?? '' }],
  };
}
