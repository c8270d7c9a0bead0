-- list tables
SELECT n.nspname, c.relname
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\_%'
  AND pg_catalog.has_schema_privilege(n.oid, 'USAGE')
  AND (pg_catalog.has_table_privilege(c.oid, 'SELECT') OR pg_catalog.has_any_column_privilege(c.oid, 'SELECT'))
ORDER BY n.nspname <> 'public', n.nspname, c.relname
LIMIT 10000;
-- []

-- describe a table
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
FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS want(schema_name, table_name, rank)
JOIN pg_catalog.pg_class c ON c.relname = want.table_name AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\_%' AND (
  n.nspname = want.schema_name
  OR (want.schema_name IS NULL AND (pg_catalog.pg_table_is_visible(c.oid) OR n.nspname = 'public')))
JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
JOIN pg_catalog.pg_type b ON b.oid = CASE WHEN t.typtype = 'd' THEN t.typbasetype ELSE t.oid END
LEFT JOIN pg_catalog.pg_type e ON e.oid = b.typelem AND b.typcategory = 'A'
LEFT JOIN pg_catalog.pg_index i ON i.indrelid = c.oid AND i.indisprimary
LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
ORDER BY want.rank, pg_catalog.pg_table_is_visible(c.oid) DESC, c.oid, a.attnum;
-- ["{\"s\",NULL}","{\"hostile t\",\"s.hostile t\"}"]

-- list procedures
SELECT DISTINCT n.nspname, p.proname, n.nspname <> 'public' AS is_elsewhere
FROM pg_catalog.pg_proc p
JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
WHERE p.prokind IN ('f', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\_%'
  AND p.prorettype NOT IN ('trigger'::pg_catalog.regtype, 'event_trigger'::pg_catalog.regtype)
  AND pg_catalog.has_schema_privilege(n.oid, 'USAGE') AND pg_catalog.has_function_privilege(p.oid, 'EXECUTE')
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend x
    WHERE x.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass AND x.objid = p.oid AND x.deptype = 'e')
ORDER BY 3, 1, 2
LIMIT 10000;
-- []

-- describe a procedure
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
FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS want(schema_name, routine_name, rank)
JOIN pg_catalog.pg_proc p ON p.proname = want.routine_name AND p.prokind IN ('f', 'p')
JOIN pg_catalog.pg_type r ON r.oid = p.prorettype
JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\_%' AND (
  n.nspname = want.schema_name
  OR (want.schema_name IS NULL AND (pg_catalog.pg_function_is_visible(p.oid) OR n.nspname = 'public')))
ORDER BY want.rank, pg_catalog.pg_function_is_visible(p.oid) DESC, p.oid
LIMIT 100;
-- ["{\"s\",NULL}","{\"hostile t\",\"s.hostile t\"}"]

-- get
SELECT "id", "decimal", "float", "boolean", "text", "date", "timestamp", "timestamptz", "time", "uuid", "binary", "a""b]c`.odd" FROM "s.odd""]`"."a""b]c`.odd" WHERE "id" = $1::integer;
-- ["5"]

-- get by two columns
SELECT "a", "b" FROM "s"."pair" WHERE "a" = $1::integer AND "b" = $2::varchar;
-- ["5","hostile"]

-- delete
DELETE FROM "s.odd""]`"."a""b]c`.odd" WHERE "id" = $1::integer;
-- ["5"]

-- insert
INSERT INTO "s.odd""]`"."a""b]c`.odd" ("text", "decimal") VALUES ($1, $2) RETURNING "id", "decimal", "float", "boolean", "text", "date", "timestamp", "timestamptz", "time", "uuid", "binary", "a""b]c`.odd";
-- ["hostile","1.5"]

-- insert nothing
INSERT INTO "s.odd""]`"."a""b]c`.odd" DEFAULT VALUES RETURNING "id", "decimal", "float", "boolean", "text", "date", "timestamp", "timestamptz", "time", "uuid", "binary", "a""b]c`.odd";
-- []

-- update
UPDATE "s.odd""]`"."a""b]c`.odd" SET "a""b]c`.odd" = $1, "date" = $2 WHERE "id" = $3::integer RETURNING "id", "decimal", "float", "boolean", "text", "date", "timestamp", "timestamptz", "time", "uuid", "binary", "a""b]c`.odd";
-- ["hostile",null,"5"]

-- list all
SELECT "id", "decimal", "float", "boolean", "text", "date", "timestamp", "timestamptz", "time", "uuid", "binary", "a""b]c`.odd" FROM "s.odd""]`"."a""b]c`.odd" ORDER BY "id";
-- []

-- list a page
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" ORDER BY "id" LIMIT $1::int8 OFFSET $2::int8;
-- ["11","20"]

-- list in an order
SELECT "id", "text" FROM "s.odd""]`"."a""b]c`.odd" ORDER BY "text" DESC NULLS LAST, "id" LIMIT $1::int8;
-- ["11"]

-- list behind a place
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE ("id") > ($1::integer) ORDER BY "id" LIMIT $2::int8;
-- ["5","11"]

-- list behind a place, nulls first
SELECT "id", "text" FROM "s.odd""]`"."a""b]c`.odd" WHERE (("text" IS NOT NULL) OR ("text" IS NULL AND "id" > $1::integer)) ORDER BY "text" NULLS FIRST, "id" LIMIT $2::int8;
-- ["5","11"]

-- list behind a place of two
SELECT "a", "b" FROM "s"."pair" WHERE ("a", "b") > ($1::integer, $2::varchar) ORDER BY "a", "b" LIMIT $3::int8;
-- ["5","hostile","11"]

-- count
SELECT count(*) FROM "s.odd""]`"."a""b]c`.odd" WHERE "id" > $1::integer;
-- ["5"]

-- aggregate
SELECT "c0", "c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8" FROM (SELECT "text" AS "c0", "date" AS "c1", count(*) AS "c2", count(DISTINCT "uuid") AS "c3", sum("decimal"::numeric) AS "c4", sum("float"::float8) AS "c5", avg("id"::numeric) AS "c6", min("timestamptz") AS "c7", max("text") AS "c8" FROM "s.odd""]`"."a""b]c`.odd" WHERE "decimal" > $1::numeric GROUP BY "text", "date") "grouped" ORDER BY "c0" NULLS FIRST, "c1" NULLS FIRST LIMIT $2::int8;
-- ["0","6"]

-- column eq
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE "id" = $1::integer ORDER BY "id";
-- ["5"]

-- column ne
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE "id" IS DISTINCT FROM $1::integer ORDER BY "id";
-- ["5"]

-- column lt
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE "id" < $1::integer ORDER BY "id";
-- ["5"]

-- column le
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE "id" <= $1::integer ORDER BY "id";
-- ["5"]

-- column gt
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE "id" > $1::integer ORDER BY "id";
-- ["5"]

-- column ge
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE "id" >= $1::integer ORDER BY "id";
-- ["5"]

-- not column eq
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE "id" IS DISTINCT FROM $1::integer ORDER BY "id";
-- ["5"]

-- not column ne
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE "id" = $1::integer ORDER BY "id";
-- ["5"]

-- not column lt
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE ("id" < $1::integer) IS NOT TRUE ORDER BY "id";
-- ["5"]

-- not column le
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE ("id" <= $1::integer) IS NOT TRUE ORDER BY "id";
-- ["5"]

-- not column gt
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE ("id" > $1::integer) IS NOT TRUE ORDER BY "id";
-- ["5"]

-- not column ge
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE ("id" >= $1::integer) IS NOT TRUE ORDER BY "id";
-- ["5"]

-- null
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE "text" IS NULL ORDER BY "id";
-- []

-- never
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE FALSE ORDER BY "id";
-- []

-- beyond the integers
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE "id" < $1::numeric ORDER BY "id";
-- ["99999999999"]

-- literal decimal
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE "decimal" >= $1::numeric ORDER BY "id";
-- ["12345678901234567890123456789012345678"]

-- literal float
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE "float" >= $1::float ORDER BY "id";
-- ["1.5"]

-- literal boolean
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE "boolean" >= $1::boolean ORDER BY "id";
-- ["true"]

-- literal text
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE "text" >= $1::varchar ORDER BY "id";
-- ["hostile'; --"]

-- literal date
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE "date" >= $1::date ORDER BY "id";
-- ["2026-01-02"]

-- literal timestamp
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE "timestamp" >= $1::timestamptz ORDER BY "id";
-- ["2026-01-02T03:04:05.1234567Z"]

-- literal timestamptz
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE "timestamptz" >= $1::timestamptz ORDER BY "id";
-- ["2026-01-02T03:04:05.1234567+02:00"]

-- literal time
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE "time" >= $1::time ORDER BY "id";
-- ["03:04:05"]

-- literal uuid
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE "uuid" >= $1::uuid ORDER BY "id";
-- ["91d0f6b8-7f52-4c61-8f0e-3d1a2b4c5d04"]

-- literal binary
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE "binary" >= $1::binary ORDER BY "id";
-- ["\\xdead"]

-- contains
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE strpos("a""b]c`.odd"::text, $1::text) > 0 ORDER BY "id";
-- ["hostile%_["]

-- not contains
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE (strpos("a""b]c`.odd"::text, $1::text) > 0) IS NOT TRUE ORDER BY "id";
-- ["hostile%_["]

-- startswith
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE starts_with("a""b]c`.odd"::text, $1::text) ORDER BY "id";
-- ["hostile%_["]

-- not startswith
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE (starts_with("a""b]c`.odd"::text, $1::text)) IS NOT TRUE ORDER BY "id";
-- ["hostile%_["]

-- endswith
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE right("a""b]c`.odd"::text, length($1::text)) = $1::text ORDER BY "id";
-- ["hostile%_["]

-- not endswith
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE (right("a""b]c`.odd"::text, length($1::text)) = $1::text) IS NOT TRUE ORDER BY "id";
-- ["hostile%_["]

-- two columns
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE "text" IS NOT DISTINCT FROM "a""b]c`.odd" ORDER BY "id";
-- []

-- two columns differ
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE "id" IS DISTINCT FROM "decimal" ORDER BY "id";
-- []

-- function add
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE ("id"::numeric + $1::numeric) = $2::numeric ORDER BY "id";
-- ["1","1"]

-- function sub
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE ("decimal"::numeric - $1::numeric) = $2::numeric ORDER BY "id";
-- ["1.5","1"]

-- function mul
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE ("float"::float8 * $1::numeric::float8) = $2::float8 ORDER BY "id";
-- ["2","1"]

-- function div
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE div("id"::numeric, $1::numeric) = $2::numeric ORDER BY "id";
-- ["2","1"]

-- function mod
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE mod("decimal"::numeric, $1::numeric) = $2::numeric ORDER BY "id";
-- ["7","1"]

-- function negate
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE (- "decimal"::numeric) = $1::numeric ORDER BY "id";
-- ["1"]

-- function round
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE round("decimal"::numeric::numeric) = $1::numeric ORDER BY "id";
-- ["1"]

-- function floor
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE floor("float"::float8::numeric) = $1::numeric ORDER BY "id";
-- ["1"]

-- function ceiling
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE ceil("id"::numeric::numeric) = $1::numeric ORDER BY "id";
-- ["1"]

-- function length
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE char_length("text"::text) = $1::numeric ORDER BY "id";
-- ["1"]

-- function indexof
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE (strpos("text"::text, $1::text) - 1) = $2::numeric ORDER BY "id";
-- ["hostile0","1"]

-- function substring
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE substr("text"::text, greatest($1::numeric::int, 0) + 1, greatest($2::numeric::int, 0)) = $3::text ORDER BY "id";
-- ["1","2","x"]

-- function replace
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE replace("text"::text, $1::text, $2::text) = $3::text ORDER BY "id";
-- ["hostile0","hostile1","x"]

-- function tolower
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE lower("text"::text) = $1::text ORDER BY "id";
-- ["x"]

-- function toupper
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE upper("text"::text) = $1::text ORDER BY "id";
-- ["x"]

-- function trim
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE btrim("text"::text, $1::text) = $2::text ORDER BY "id";
-- [" \t\n\r\f\u000b","x"]

-- function concat
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE ("text"::text || $1::text) = $2::text ORDER BY "id";
-- ["hostile0","x"]

-- function year
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE floor(extract(year from "timestamptz"))::int = $1::numeric ORDER BY "id";
-- ["1"]

-- function month
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE floor(extract(month from "date"))::int = $1::numeric ORDER BY "id";
-- ["1"]

-- function day
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE floor(extract(day from "timestamp"))::int = $1::numeric ORDER BY "id";
-- ["1"]

-- function hour
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE floor(extract(hour from "timestamptz"))::int = $1::numeric ORDER BY "id";
-- ["1"]

-- function minute
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE floor(extract(minute from "time"))::int = $1::numeric ORDER BY "id";
-- ["1"]

-- function second
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE floor(extract(second from "time"))::int = $1::numeric ORDER BY "id";
-- ["1"]

-- function date
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE ("timestamptz")::date = $1::date ORDER BY "id";
-- ["2026-01-02"]

-- function now
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE now() = $1::timestamptz ORDER BY "id";
-- ["2026-01-02T00:00:00Z"]

-- first keys
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE "id" > (SELECT max("id") FROM "s.odd""]`"."a""b]c`.odd") - 1000 ORDER BY "id";
-- []

-- new keys
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE "id" >= (-3) AND ("id" > 9 OR "id" BETWEEN (-3) AND 4) ORDER BY "id" LIMIT $1::int8;
-- ["5"]

-- new rows
SELECT "id", "text", "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE ("id" IN ((-1), 7)) ORDER BY "id" LIMIT $1::int8;
-- ["11"]

-- latest changes by timestamp
SELECT (extract(epoch FROM "timestamp") * 1000000)::int8, "timestamp", "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE isfinite("timestamp") AND "timestamp" <= (now() AT TIME ZONE 'UTC') + interval '14 hours' AND "timestamp" > (SELECT max("timestamp") FROM "s.odd""]`"."a""b]c`.odd" WHERE isfinite("timestamp") AND "timestamp" <= (now() AT TIME ZONE 'UTC') + interval '14 hours') - interval '300 seconds' ORDER BY "timestamp" DESC, "id" DESC LIMIT $1::int8;
-- ["5"]

-- changed rows by timestamp
SELECT "id", "text", (extract(epoch FROM "timestamp") * 1000000)::int8, "timestamp", "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE isfinite("timestamp") AND "timestamp" <= (now() AT TIME ZONE 'UTC') + interval '14 hours' AND "timestamp" > $1::timestamp - interval '300 seconds' AND ("timestamp", "id") > ($2::timestamp, $3::integer) ORDER BY "timestamp", "id" LIMIT $4::int8;
-- ["2026-01-02 03:04:05","2026-01-02 03:04:05","7","12"]

-- latest changes by timestamptz
SELECT (extract(epoch FROM "timestamptz") * 1000000)::int8, "timestamptz", "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE isfinite("timestamptz") AND "timestamptz" <= now() AND "timestamptz" > (SELECT max("timestamptz") FROM "s.odd""]`"."a""b]c`.odd" WHERE isfinite("timestamptz") AND "timestamptz" <= now()) - interval '300 seconds' ORDER BY "timestamptz" DESC, "id" DESC LIMIT $1::int8;
-- ["5"]

-- changed rows by timestamptz
SELECT "id", "text", (extract(epoch FROM "timestamptz") * 1000000)::int8, "timestamptz", "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE isfinite("timestamptz") AND "timestamptz" <= now() AND "timestamptz" > $1::timestamptz - interval '300 seconds' AND ("timestamptz", "id") > ($2::timestamptz, $3::integer) ORDER BY "timestamptz", "id" LIMIT $4::int8;
-- ["2026-01-02 03:04:05","2026-01-02 03:04:05","7","12"]
