import { sql } from 'kysely';
import type { Argument, CatalogColumn, CatalogTable, Routine } from '../sql/catalog-table.js';
import type { SqlCatalog } from '../sql/dialect.js';
import { bound, type Fragment } from '../sql/fragment.js';
import type { Row } from '../sql/sql-session.js';
import type { TableNameCandidate } from '../sql/table-name.js';
import { formatArrayLiteral } from './array-literal.js';
import { describeProcedure, describeTable, LIST_PROCEDURES_SQL, LIST_TABLES_SQL } from './catalog-sql.js';
import { elementKindOfOid, INTEGER_RANGE, kindOfOid } from './column-kind.js';

export const POSTGRESQL_CATALOG: SqlCatalog = {
  listTables: () => sql.raw(LIST_TABLES_SQL),
  describeTable: (candidates) => describeTable(schemasOf(candidates), namesOf(candidates)),
  readTable,
  listProcedures: () => sql.raw(LIST_PROCEDURES_SQL),
  describeProcedure: (candidates) => describeProcedure(schemasOf(candidates), namesOf(candidates)),
  readProcedures: (rows) => rows.map(readRoutine),
  displayName: (schema, table) => (schema === 'public' ? table : `${schema}.${table}`),
};

function schemasOf(candidates: readonly TableNameCandidate[]): Fragment {
  return bound(formatArrayLiteral(candidates.map(({ schema }) => schema ?? null)));
}

function namesOf(candidates: readonly TableNameCandidate[]): Fragment {
  return bound(formatArrayLiteral(candidates.map(({ table }) => table)));
}

/** Reads the rows of `describeTable`; undefined when there are none. Only the best match counts. */
function readTable(rows: readonly Row[]): CatalogTable | undefined {
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
    typeId: oid,
    range: INTEGER_RANGE.get(oid),
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

function readRoutine(row: Row): Routine {
  const names = JSON.parse(row[5] ?? '[]') as readonly string[];
  const modes = JSON.parse(row[6] ?? '[]') as readonly string[];
  const types = JSON.parse(row[7] ?? '[]') as readonly (readonly [number, string, string])[];
  const all = types.map(([oid, castType, category], index) => ({
    mode: modes[index] ?? 'i',
    argument: argumentOf(names[index] ?? '', oid, castType, category),
  }));
  const inputs = all.filter(({ mode }) => 'ibv'.includes(mode)).map(({ argument }) => argument);
  const isProcedure = row[2] === 'p';
  return {
    schema: row[0] ?? '',
    name: row[1] ?? '',
    isProcedure,
    isVoid: row[3] === 't',
    inputs,
    outputs: isProcedure ? all.filter(({ mode }) => mode === 'o').map(({ argument }) => argument) : [],
    // Arguments with a default stand at the end (CREATE FUNCTION demands it).
    requiredCount: inputs.length - Number(row[4] ?? 0),
    results: readResults(
      row,
      all.flatMap(({ mode, argument }) => ('obt'.includes(mode) ? [argument] : [])),
    ),
  };
}

function readResults(row: Row, named: readonly Argument[]): readonly Argument[] | undefined {
  if (named.length > 0 || row[2] === 'p') return named;
  const columns = JSON.parse(row[8] ?? 'null') as readonly (readonly [number, string, string, string])[] | null;
  return columns?.map(([oid, name, castType, category]) => argumentOf(name, oid, castType, category));
}

function argumentOf(name: string, oid: number, castType: string, category: string): Argument {
  const elementKind = elementKindOfOid(oid) ?? 'other';
  return {
    ...{ name, castType, sourceType: castType, typeId: oid },
    ...{ kind: kindOfOid(oid), isArray: category === 'A', elementKind },
  };
}
