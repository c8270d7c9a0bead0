import { sql } from 'kysely';
import type { Fragment } from '../sql/fragment.js';

/** Schemas of the server itself, its temporary ones included: `n` is pg_namespace. */
const NOT_SYSTEM = `n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\\_%'`;

/** Tables, partitioned tables, views, materialized views, foreign tables. */
const RELATION_KINDS = `('r', 'p', 'v', 'm', 'f')`;

/** Every table and view that the login may read. Partitions are reached through their parent. */
export const LIST_TABLES_SQL = `
SELECT n.nspname, c.relname
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ${RELATION_KINDS} AND NOT c.relispartition AND ${NOT_SYSTEM}
  AND pg_catalog.has_schema_privilege(n.oid, 'USAGE')
  AND (pg_catalog.has_table_privilege(c.oid, 'SELECT') OR pg_catalog.has_any_column_privilege(c.oid, 'SELECT'))
ORDER BY n.nspname <> 'public', n.nspname, c.relname
LIMIT 10000`;

/** Every function and procedure that the login may call, those of extensions left out. */
export const LIST_PROCEDURES_SQL = `
SELECT DISTINCT n.nspname, p.proname, n.nspname <> 'public' AS is_elsewhere
FROM pg_catalog.pg_proc p
JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
WHERE p.prokind IN ('f', 'p') AND ${NOT_SYSTEM}
  AND p.prorettype NOT IN ('trigger'::pg_catalog.regtype, 'event_trigger'::pg_catalog.regtype)
  AND pg_catalog.has_schema_privilege(n.oid, 'USAGE') AND pg_catalog.has_function_privilege(p.oid, 'EXECUTE')
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend x
    WHERE x.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass AND x.objid = p.oid AND x.deptype = 'e')
ORDER BY 3, 1, 2
LIMIT 10000`;

/**
 * The columns of the table that a name means. What it can mean stands in two arrays, best guess first: schemas
 * (null = search path, then public) and tables. Names are compared as text, since a cast to `name` would cut at 63 bytes.
 */
export function describeTable(schemas: Fragment, tables: Fragment): Fragment {
  return sql`
SELECT c.oid, n.nspname, c.relname, a.attname,
  pg_catalog.format_type(a.atttypid, -1) AS cast_type,
  pg_catalog.format_type(a.atttypid, a.atttypmod) AS source_type,
  b.oid AS type_oid, b.typcategory AS category, coalesce(e.oid, 0) AS element_oid,
  a.attnotnull OR t.typnotnull AS not_null,
  a.atthasdef OR a.attidentity <> '' AS has_default,
  a.attidentity = 'a' OR a.attgenerated <> '' AS read_only,
  pg_catalog.array_position(i.indkey::int2[], a.attnum) AS key_place,
  CASE WHEN b.typname IN ('varchar', 'bpchar') AND a.atttypmod > 4 THEN a.atttypmod - 4 END AS max_length,
  pg_catalog.has_column_privilege(c.oid, a.attnum, 'SELECT') AS selectable,
  b.typtype IN ('e', 'r') OR b.typcategory = 'S' OR EXISTS (
    SELECT FROM pg_catalog.pg_opclass o JOIN pg_catalog.pg_am m ON m.oid = o.opcmethod AND m.amname = 'btree'
    WHERE o.opcdefault AND o.opcintype = b.oid) AS comparable,
  a.attidentity <> '' OR coalesce(pg_catalog.pg_get_expr(d.adbin, d.adrelid) LIKE 'nextval(%', false) AS is_serial
FROM unnest(${schemas}::text[], ${tables}::text[]) WITH ORDINALITY AS want(schema_name, table_name, rank)
JOIN pg_catalog.pg_class c ON c.relname = want.table_name AND c.relkind IN ${sql.raw(RELATION_KINDS)}
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace AND ${sql.raw(NOT_SYSTEM)} AND (
  n.nspname = want.schema_name
  OR (want.schema_name IS NULL AND (pg_catalog.pg_table_is_visible(c.oid) OR n.nspname = 'public')))
JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
JOIN pg_catalog.pg_type b ON b.oid = CASE WHEN t.typtype = 'd' THEN t.typbasetype ELSE t.oid END
LEFT JOIN pg_catalog.pg_type e ON e.oid = b.typelem AND b.typcategory = 'A'
LEFT JOIN pg_catalog.pg_index i ON i.indrelid = c.oid AND i.indisprimary
LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
ORDER BY want.rank, pg_catalog.pg_table_is_visible(c.oid) DESC, c.oid, a.attnum`;
}

/**
 * Functions and procedures that a name can mean, with the arguments of each. One row a routine; arrays are aligned.
 */
export function describeProcedure(schemas: Fragment, routines: Fragment): Fragment {
  return sql`
SELECT n.nspname, p.proname, p.prokind, p.prorettype = 'void'::pg_catalog.regtype AS is_void,
  p.pronargdefaults AS default_count,
  pg_catalog.to_json(coalesce(p.proargnames, '{}'::text[])) AS names,
  pg_catalog.to_json(coalesce(p.proargmodes::text[], '{}'::text[])) AS modes,
  (SELECT coalesce(pg_catalog.json_agg(pg_catalog.json_build_array(arg.oid, arg.name, arg.category) ORDER BY arg.place), '[]')
   FROM (SELECT x.place, ty.oid::int8 AS oid, pg_catalog.format_type(ty.oid, -1) AS name, ty.typcategory AS category
         FROM unnest(coalesce(p.proallargtypes, p.proargtypes::oid[])) WITH ORDINALITY AS x(type_oid, place)
         JOIN pg_catalog.pg_type ty ON ty.oid = x.type_oid) arg) AS types,
  CASE WHEN r.typtype = 'c' THEN
    (SELECT pg_catalog.json_agg(pg_catalog.json_build_array(ty.oid::int8, a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod),
       ty.typcategory) ORDER BY a.attnum)
     FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_type ty ON ty.oid = a.atttypid
     WHERE a.attrelid = r.typrelid AND a.attnum > 0 AND NOT a.attisdropped)
  WHEN r.typtype <> 'p' THEN
    pg_catalog.json_build_array(pg_catalog.json_build_array(r.oid::int8, p.proname, pg_catalog.format_type(r.oid, -1), r.typcategory))
  END AS columns
FROM unnest(${schemas}::text[], ${routines}::text[]) WITH ORDINALITY AS want(schema_name, routine_name, rank)
JOIN pg_catalog.pg_proc p ON p.proname = want.routine_name AND p.prokind IN ('f', 'p')
JOIN pg_catalog.pg_type r ON r.oid = p.prorettype
JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace AND ${sql.raw(NOT_SYSTEM)} AND (
  n.nspname = want.schema_name
  OR (want.schema_name IS NULL AND (pg_catalog.pg_function_is_visible(p.oid) OR n.nspname = 'public')))
ORDER BY want.rank, pg_catalog.pg_function_is_visible(p.oid) DESC, p.oid
LIMIT 100`;
}
