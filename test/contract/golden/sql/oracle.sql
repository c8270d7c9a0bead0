-- list tables
SELECT o.OWNER, o.OBJECT_NAME FROM ALL_OBJECTS o
JOIN ALL_USERS u ON u.USERNAME = o.OWNER AND u.ORACLE_MAINTAINED = 'N'
WHERE o.OBJECT_TYPE IN ('TABLE', 'VIEW') AND o.SECONDARY = 'N' AND o.OBJECT_NAME NOT LIKE 'BIN$%'
ORDER BY CASE WHEN o.OWNER = SYS_CONTEXT('USERENV', 'CURRENT_SCHEMA') THEN 0 ELSE 1 END, o.OWNER, o.OBJECT_NAME FETCH NEXT 10000 ROWS ONLY;
-- []

-- describe a table
SELECT want.PLACE, c.OWNER, c.TABLE_NAME, c.COLUMN_NAME, c.DATA_TYPE, c.DATA_PRECISION,
  c.DATA_SCALE, c.CHAR_LENGTH, c.NULLABLE, c.DEFAULT_LENGTH, c.VIRTUAL_COLUMN, g.GENERATION_TYPE, k.POSITION
FROM (SELECT :1 AS SCHEMA_NAME, :2 AS OBJECT_NAME, 0 AS PLACE FROM DUAL UNION ALL SELECT :3 AS SCHEMA_NAME, :4 AS OBJECT_NAME, 1 AS PLACE FROM DUAL) want
JOIN ALL_TAB_COLS c ON (c.OWNER IN (want.SCHEMA_NAME, UPPER(want.SCHEMA_NAME)) OR (want.SCHEMA_NAME IS NULL AND c.OWNER = SYS_CONTEXT('USERENV', 'CURRENT_SCHEMA')))
  AND c.TABLE_NAME IN (want.OBJECT_NAME, UPPER(want.OBJECT_NAME)) AND c.HIDDEN_COLUMN = 'NO'
JOIN ALL_USERS u ON u.USERNAME = c.OWNER AND u.ORACLE_MAINTAINED = 'N'
LEFT JOIN ALL_TAB_IDENTITY_COLS g ON g.OWNER = c.OWNER AND g.TABLE_NAME = c.TABLE_NAME AND g.COLUMN_NAME = c.COLUMN_NAME
LEFT JOIN ALL_CONSTRAINTS p ON p.OWNER = c.OWNER AND p.TABLE_NAME = c.TABLE_NAME AND p.CONSTRAINT_TYPE = 'P'
LEFT JOIN ALL_CONS_COLUMNS k ON k.OWNER = p.OWNER AND k.CONSTRAINT_NAME = p.CONSTRAINT_NAME AND k.COLUMN_NAME = c.COLUMN_NAME
ORDER BY want.PLACE, CASE WHEN c.TABLE_NAME = want.OBJECT_NAME THEN 0 ELSE 1 END, c.OWNER, c.COLUMN_ID;
-- ["s","hostile t",null,"s.hostile t"]

-- list procedures
SELECT o.OWNER, o.OBJECT_NAME FROM ALL_OBJECTS o
JOIN ALL_USERS u ON u.USERNAME = o.OWNER AND u.ORACLE_MAINTAINED = 'N'
WHERE o.OBJECT_TYPE IN ('FUNCTION', 'PROCEDURE')
ORDER BY CASE WHEN o.OWNER = SYS_CONTEXT('USERENV', 'CURRENT_SCHEMA') THEN 0 ELSE 1 END, o.OWNER, o.OBJECT_NAME FETCH NEXT 10000 ROWS ONLY;
-- []

-- describe a procedure
SELECT want.PLACE, o.OWNER, o.OBJECT_NAME, o.OBJECT_TYPE, a.ARGUMENT_NAME, a.DATA_TYPE,
  a.DATA_PRECISION, a.DATA_SCALE, a.CHAR_LENGTH, a.IN_OUT, a.POSITION, a.DEFAULTED
FROM (SELECT :1 AS SCHEMA_NAME, :2 AS OBJECT_NAME, 0 AS PLACE FROM DUAL UNION ALL SELECT :3 AS SCHEMA_NAME, :4 AS OBJECT_NAME, 1 AS PLACE FROM DUAL) want
JOIN ALL_OBJECTS o ON (o.OWNER IN (want.SCHEMA_NAME, UPPER(want.SCHEMA_NAME)) OR (want.SCHEMA_NAME IS NULL AND o.OWNER = SYS_CONTEXT('USERENV', 'CURRENT_SCHEMA')))
  AND o.OBJECT_NAME IN (want.OBJECT_NAME, UPPER(want.OBJECT_NAME)) AND o.OBJECT_TYPE IN ('FUNCTION', 'PROCEDURE')
JOIN ALL_USERS u ON u.USERNAME = o.OWNER AND u.ORACLE_MAINTAINED = 'N'
LEFT JOIN ALL_ARGUMENTS a ON a.OBJECT_ID = o.OBJECT_ID AND a.DATA_LEVEL = 0 AND a.DATA_TYPE IS NOT NULL
ORDER BY want.PLACE, CASE WHEN o.OBJECT_NAME = want.OBJECT_NAME THEN 0 ELSE 1 END, o.OWNER, a.SEQUENCE;
-- ["s","hostile t",null,"s.hostile t"]

-- get
SELECT "id", "decimal", "float", "boolean", "text", "date", "timestamp", "timestamptz", "time", "uuid", "binary", "a""b]c`.odd" FROM "s.odd""]`"."a""b]c`.odd" WHERE "id" = CAST(:1 AS NUMBER);
-- ["5"]

-- get by two columns
SELECT "a", "b" FROM "s"."pair" WHERE "a" = CAST(:1 AS NUMBER) AND "b" = :2;
-- ["5","hostile"]

-- delete
DELETE FROM "s.odd""]`"."a""b]c`.odd" WHERE "id" = CAST(:1 AS NUMBER);
-- ["5"]

-- insert
INSERT INTO "s.odd""]`"."a""b]c`.odd" ("text", "decimal") VALUES (:1, :2) RETURNING ROWID INTO :3;
-- ["hostile","1.5",{"type":"out text","value":null}]

-- insert nothing
INSERT INTO "s.odd""]`"."a""b]c`.odd" ("id") VALUES (DEFAULT) RETURNING ROWID INTO :1;
-- [{"type":"out text","value":null}]

-- update
UPDATE "s.odd""]`"."a""b]c`.odd" SET "a""b]c`.odd" = :1, "date" = :2 WHERE "id" = CAST(:3 AS NUMBER) RETURNING ROWID INTO :4;
-- ["hostile",{"type":"text","value":null},"5",{"type":"out text","value":null}]

-- list all
SELECT "id", "decimal", "float", "boolean", "text", "date", "timestamp", "timestamptz", "time", "uuid", "binary", "a""b]c`.odd" FROM "s.odd""]`"."a""b]c`.odd" ORDER BY "id" NULLS FIRST;
-- []

-- list a page
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" ORDER BY "id" NULLS FIRST OFFSET 20 ROWS FETCH NEXT 11 ROWS ONLY;
-- []

-- list in an order
SELECT "id", "text" FROM "s.odd""]`"."a""b]c`.odd" ORDER BY "text" DESC NULLS LAST, "id" NULLS FIRST FETCH NEXT 11 ROWS ONLY;
-- []

-- list behind a place
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE (("id" > CAST(:1 AS NUMBER))) ORDER BY "id" NULLS FIRST FETCH NEXT 11 ROWS ONLY;
-- ["5"]

-- list behind a place, nulls first
SELECT "id", "text" FROM "s.odd""]`"."a""b]c`.odd" WHERE (("text" IS NOT NULL) OR ("text" IS NULL AND "id" > CAST(:1 AS NUMBER))) ORDER BY "text" NULLS FIRST, "id" NULLS FIRST FETCH NEXT 11 ROWS ONLY;
-- ["5"]

-- list behind a place of two
SELECT "a", "b" FROM "s"."pair" WHERE (("a" > CAST(:1 AS NUMBER)) OR ("a" = CAST(:2 AS NUMBER) AND "b" > :3)) ORDER BY "a" NULLS FIRST, "b" NULLS FIRST FETCH NEXT 11 ROWS ONLY;
-- ["5","5","hostile"]

-- count
SELECT count(*) FROM "s.odd""]`"."a""b]c`.odd" WHERE "id" > CAST(:1 AS NUMBER);
-- ["5"]

-- aggregate
SELECT "c0", "c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8" FROM (SELECT "text" AS "c0", "date" AS "c1", count(*) AS "c2", count(DISTINCT "uuid") AS "c3", SUM("decimal") AS "c4", SUM(TO_BINARY_DOUBLE("float")) AS "c5", AVG("id") AS "c6", min("timestamptz") AS "c7", max("text") AS "c8" FROM "s.odd""]`"."a""b]c`.odd" WHERE "decimal" > CAST(:1 AS NUMBER) GROUP BY "text", "date") "grouped" ORDER BY "c0" NULLS FIRST, "c1" NULLS FIRST FETCH NEXT 6 ROWS ONLY;
-- ["0"]

-- column eq
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE "id" = CAST(:1 AS NUMBER) ORDER BY "id" NULLS FIRST;
-- ["5"]

-- column ne
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE DECODE("id", CAST(:1 AS NUMBER), 0, 1) = 1 ORDER BY "id" NULLS FIRST;
-- ["5"]

-- column lt
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE "id" < CAST(:1 AS NUMBER) ORDER BY "id" NULLS FIRST;
-- ["5"]

-- column le
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE "id" <= CAST(:1 AS NUMBER) ORDER BY "id" NULLS FIRST;
-- ["5"]

-- column gt
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE "id" > CAST(:1 AS NUMBER) ORDER BY "id" NULLS FIRST;
-- ["5"]

-- column ge
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE "id" >= CAST(:1 AS NUMBER) ORDER BY "id" NULLS FIRST;
-- ["5"]

-- not column eq
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE DECODE("id", CAST(:1 AS NUMBER), 0, 1) = 1 ORDER BY "id" NULLS FIRST;
-- ["5"]

-- not column ne
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE "id" = CAST(:1 AS NUMBER) ORDER BY "id" NULLS FIRST;
-- ["5"]

-- not column lt
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE CASE WHEN "id" < CAST(:1 AS NUMBER) THEN 1 ELSE 0 END = 0 ORDER BY "id" NULLS FIRST;
-- ["5"]

-- not column le
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE CASE WHEN "id" <= CAST(:1 AS NUMBER) THEN 1 ELSE 0 END = 0 ORDER BY "id" NULLS FIRST;
-- ["5"]

-- not column gt
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE CASE WHEN "id" > CAST(:1 AS NUMBER) THEN 1 ELSE 0 END = 0 ORDER BY "id" NULLS FIRST;
-- ["5"]

-- not column ge
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE CASE WHEN "id" >= CAST(:1 AS NUMBER) THEN 1 ELSE 0 END = 0 ORDER BY "id" NULLS FIRST;
-- ["5"]

-- null
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE "text" IS NULL ORDER BY "id" NULLS FIRST;
-- []

-- never
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE 1 = 0 ORDER BY "id" NULLS FIRST;
-- []

-- beyond the integers
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE "id" < CAST(:1 AS NUMBER) ORDER BY "id" NULLS FIRST;
-- ["99999999999"]

-- literal decimal
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE "decimal" >= CAST(:1 AS NUMBER) ORDER BY "id" NULLS FIRST;
-- ["12345678901234567890123456789012345678"]

-- literal float
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE "float" >= TO_BINARY_DOUBLE(:1) ORDER BY "id" NULLS FIRST;
-- ["1.5"]

-- literal boolean
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE "boolean" >= TO_BOOLEAN(:1) ORDER BY "id" NULLS FIRST;
-- ["true"]

-- literal text
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE "text" >= :1 ORDER BY "id" NULLS FIRST;
-- ["hostile'; --"]

-- literal date
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE "date" >= TO_DATE(:1, 'YYYY-MM-DD"T"HH24:MI:SS') ORDER BY "id" NULLS FIRST;
-- ["2026-01-02T00:00:00"]

-- literal timestamp
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE "timestamp" >= TO_TIMESTAMP_TZ(:1, 'YYYY-MM-DD"T"HH24:MI:SS.FF9TZH:TZM') ORDER BY "id" NULLS FIRST;
-- ["2026-01-02T03:04:05.1234567+00:00"]

-- literal timestamptz
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE "timestamptz" >= TO_TIMESTAMP_TZ(:1, 'YYYY-MM-DD"T"HH24:MI:SS.FF9TZH:TZM') ORDER BY "id" NULLS FIRST;
-- ["2026-01-02T01:04:05.1234567+00:00"]

-- literal time
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE "time" >= :1 ORDER BY "id" NULLS FIRST;
-- ["03:04:05"]

-- literal uuid
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE "uuid" >= :1 ORDER BY "id" NULLS FIRST;
-- ["91d0f6b8-7f52-4c61-8f0e-3d1a2b4c5d04"]

-- literal binary
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE "binary" >= :1 ORDER BY "id" NULLS FIRST;
-- [{"type":"raw","value":{"type":"Buffer","data":[222,173]}}]

-- contains
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE INSTR("a""b]c`.odd", :1) > 0 ORDER BY "id" NULLS FIRST;
-- ["hostile%_["]

-- not contains
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE CASE WHEN INSTR("a""b]c`.odd", :1) > 0 THEN 1 ELSE 0 END = 0 ORDER BY "id" NULLS FIRST;
-- ["hostile%_["]

-- startswith
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE INSTR("a""b]c`.odd", :1) = 1 ORDER BY "id" NULLS FIRST;
-- ["hostile%_["]

-- not startswith
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE CASE WHEN INSTR("a""b]c`.odd", :1) = 1 THEN 1 ELSE 0 END = 0 ORDER BY "id" NULLS FIRST;
-- ["hostile%_["]

-- endswith
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE SUBSTR("a""b]c`.odd", -LENGTH(:1)) = :2 ORDER BY "id" NULLS FIRST;
-- ["hostile%_[","hostile%_["]

-- not endswith
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE CASE WHEN SUBSTR("a""b]c`.odd", -LENGTH(:1)) = :2 THEN 1 ELSE 0 END = 0 ORDER BY "id" NULLS FIRST;
-- ["hostile%_[","hostile%_["]

-- two columns
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE DECODE("text", "a""b]c`.odd", 1, 0) = 1 ORDER BY "id" NULLS FIRST;
-- []

-- two columns differ
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE DECODE("id", "decimal", 0, 1) = 1 ORDER BY "id" NULLS FIRST;
-- []

-- function add
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE ("id" + CAST(:1 AS NUMBER)) = CAST(:2 AS NUMBER) ORDER BY "id" NULLS FIRST;
-- ["1","1"]

-- function sub
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE ("decimal" - CAST(:1 AS NUMBER)) = CAST(:2 AS NUMBER) ORDER BY "id" NULLS FIRST;
-- ["1.5","1"]

-- function mul
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE (TO_BINARY_DOUBLE("float") * TO_BINARY_DOUBLE(CAST(:1 AS NUMBER))) = TO_BINARY_DOUBLE(:2) ORDER BY "id" NULLS FIRST;
-- ["2","1"]

-- function div
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE TRUNC("id" / CAST(:1 AS NUMBER)) = CAST(:2 AS NUMBER) ORDER BY "id" NULLS FIRST;
-- ["2","1"]

-- function mod
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE MOD("decimal", CAST(:1 AS NUMBER)) = CAST(:2 AS NUMBER) ORDER BY "id" NULLS FIRST;
-- ["7","1"]

-- function negate
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE (- "decimal") = CAST(:1 AS NUMBER) ORDER BY "id" NULLS FIRST;
-- ["1"]

-- function round
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE ROUND(CAST("decimal" AS NUMBER)) = CAST(:1 AS NUMBER) ORDER BY "id" NULLS FIRST;
-- ["1"]

-- function floor
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE FLOOR(TO_BINARY_DOUBLE("float")) = CAST(:1 AS NUMBER) ORDER BY "id" NULLS FIRST;
-- ["1"]

-- function ceiling
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE CEIL("id") = CAST(:1 AS NUMBER) ORDER BY "id" NULLS FIRST;
-- ["1"]

-- function length
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE LENGTH("text") = CAST(:1 AS NUMBER) ORDER BY "id" NULLS FIRST;
-- ["1"]

-- function indexof
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE (INSTR("text", :1) - 1) = CAST(:2 AS NUMBER) ORDER BY "id" NULLS FIRST;
-- ["hostile0","1"]

-- function substring
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE SUBSTR("text", GREATEST(TRUNC(CAST(:1 AS NUMBER)), 0) + 1, GREATEST(TRUNC(CAST(:2 AS NUMBER)), 0)) = :3 ORDER BY "id" NULLS FIRST;
-- ["1","2","x"]

-- function replace
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE REPLACE("text", :1, :2) = :3 ORDER BY "id" NULLS FIRST;
-- ["hostile0","hostile1","x"]

-- function tolower
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE LOWER("text") = :1 ORDER BY "id" NULLS FIRST;
-- ["x"]

-- function toupper
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE UPPER("text") = :1 ORDER BY "id" NULLS FIRST;
-- ["x"]

-- function trim
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE REGEXP_REPLACE("text", '^[[:space:]]+|[[:space:]]+$') = :1 ORDER BY "id" NULLS FIRST;
-- ["x"]

-- function concat
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE ("text" || :1) = :2 ORDER BY "id" NULLS FIRST;
-- ["hostile0","x"]

-- function year
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE TO_NUMBER(TO_CHAR(SYS_EXTRACT_UTC("timestamptz"), 'YYYY')) = CAST(:1 AS NUMBER) ORDER BY "id" NULLS FIRST;
-- ["1"]

-- function month
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE TO_NUMBER(TO_CHAR("date", 'MM')) = CAST(:1 AS NUMBER) ORDER BY "id" NULLS FIRST;
-- ["1"]

-- function day
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE TO_NUMBER(TO_CHAR("timestamp", 'DD')) = CAST(:1 AS NUMBER) ORDER BY "id" NULLS FIRST;
-- ["1"]

-- function hour
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE TO_NUMBER(TO_CHAR(SYS_EXTRACT_UTC("timestamptz"), 'HH24')) = CAST(:1 AS NUMBER) ORDER BY "id" NULLS FIRST;
-- ["1"]

-- function minute
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE TO_NUMBER(TO_CHAR("time", 'MI')) = CAST(:1 AS NUMBER) ORDER BY "id" NULLS FIRST;
-- ["1"]

-- function second
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE TO_NUMBER(TO_CHAR("time", 'SS')) = CAST(:1 AS NUMBER) ORDER BY "id" NULLS FIRST;
-- ["1"]

-- function date
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE TRUNC(CAST(SYS_EXTRACT_UTC("timestamptz") AS DATE)) = TO_DATE(:1, 'YYYY-MM-DD"T"HH24:MI:SS') ORDER BY "id" NULLS FIRST;
-- ["2026-01-02T00:00:00"]

-- function now
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE SYSTIMESTAMP = TO_TIMESTAMP_TZ(:1, 'YYYY-MM-DD"T"HH24:MI:SS.FF9TZH:TZM') ORDER BY "id" NULLS FIRST;
-- ["2026-01-02T00:00:00.0+00:00"]

-- first keys
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE "id" > (SELECT max("id") FROM "s.odd""]`"."a""b]c`.odd") - 1000 ORDER BY "id";
-- []

-- new keys
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE "id" >= (-3) AND ("id" > 9 OR "id" BETWEEN (-3) AND 4) ORDER BY "id" FETCH NEXT 5 ROWS ONLY;
-- []

-- new rows
SELECT "id", "text", "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE ("id" IN ((-1), 7)) ORDER BY "id" FETCH NEXT 11 ROWS ONLY;
-- []

-- latest changes by timestamp
SELECT (EXTRACT(DAY FROM (CAST("timestamp" AS TIMESTAMP) - TIMESTAMP '1970-01-01 00:00:00')) * 86400000000 + EXTRACT(HOUR FROM (CAST("timestamp" AS TIMESTAMP) - TIMESTAMP '1970-01-01 00:00:00')) * 3600000000 + EXTRACT(MINUTE FROM (CAST("timestamp" AS TIMESTAMP) - TIMESTAMP '1970-01-01 00:00:00')) * 60000000 + ROUND(EXTRACT(SECOND FROM (CAST("timestamp" AS TIMESTAMP) - TIMESTAMP '1970-01-01 00:00:00')) * 1000000)), "timestamp", "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE "timestamp" <= SYS_EXTRACT_UTC(SYSTIMESTAMP) + INTERVAL '14' HOUR AND "timestamp" > ((SELECT max("timestamp") FROM "s.odd""]`"."a""b]c`.odd" WHERE "timestamp" <= SYS_EXTRACT_UTC(SYSTIMESTAMP) + INTERVAL '14' HOUR) - NUMTODSINTERVAL(300, 'SECOND')) ORDER BY "timestamp" DESC, "id" DESC FETCH NEXT 5 ROWS ONLY;
-- []

-- changed rows by timestamp
SELECT "id", "text", (EXTRACT(DAY FROM (CAST("timestamp" AS TIMESTAMP) - TIMESTAMP '1970-01-01 00:00:00')) * 86400000000 + EXTRACT(HOUR FROM (CAST("timestamp" AS TIMESTAMP) - TIMESTAMP '1970-01-01 00:00:00')) * 3600000000 + EXTRACT(MINUTE FROM (CAST("timestamp" AS TIMESTAMP) - TIMESTAMP '1970-01-01 00:00:00')) * 60000000 + ROUND(EXTRACT(SECOND FROM (CAST("timestamp" AS TIMESTAMP) - TIMESTAMP '1970-01-01 00:00:00')) * 1000000)), "timestamp", "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE "timestamp" <= SYS_EXTRACT_UTC(SYSTIMESTAMP) + INTERVAL '14' HOUR AND "timestamp" > (TO_TIMESTAMP(:1, 'YYYY-MM-DD"T"HH24:MI:SS.FF9') - NUMTODSINTERVAL(300, 'SECOND')) AND (("timestamp" > TO_TIMESTAMP(:2, 'YYYY-MM-DD"T"HH24:MI:SS.FF9')) OR ("timestamp" = TO_TIMESTAMP(:3, 'YYYY-MM-DD"T"HH24:MI:SS.FF9') AND "id" > CAST(:4 AS NUMBER))) ORDER BY "timestamp" NULLS FIRST, "id" NULLS FIRST FETCH NEXT 12 ROWS ONLY;
-- ["2026-01-02T03:04:05.0","2026-01-02T03:04:05.0","2026-01-02T03:04:05.0","7"]

-- latest changes by timestamptz
SELECT (EXTRACT(DAY FROM (SYS_EXTRACT_UTC("timestamptz") - TIMESTAMP '1970-01-01 00:00:00')) * 86400000000 + EXTRACT(HOUR FROM (SYS_EXTRACT_UTC("timestamptz") - TIMESTAMP '1970-01-01 00:00:00')) * 3600000000 + EXTRACT(MINUTE FROM (SYS_EXTRACT_UTC("timestamptz") - TIMESTAMP '1970-01-01 00:00:00')) * 60000000 + ROUND(EXTRACT(SECOND FROM (SYS_EXTRACT_UTC("timestamptz") - TIMESTAMP '1970-01-01 00:00:00')) * 1000000)), "timestamptz", "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE "timestamptz" <= SYSTIMESTAMP AND "timestamptz" > ((SELECT max("timestamptz") FROM "s.odd""]`"."a""b]c`.odd" WHERE "timestamptz" <= SYSTIMESTAMP) - NUMTODSINTERVAL(300, 'SECOND')) ORDER BY "timestamptz" DESC, "id" DESC FETCH NEXT 5 ROWS ONLY;
-- []

-- changed rows by timestamptz
SELECT "id", "text", (EXTRACT(DAY FROM (SYS_EXTRACT_UTC("timestamptz") - TIMESTAMP '1970-01-01 00:00:00')) * 86400000000 + EXTRACT(HOUR FROM (SYS_EXTRACT_UTC("timestamptz") - TIMESTAMP '1970-01-01 00:00:00')) * 3600000000 + EXTRACT(MINUTE FROM (SYS_EXTRACT_UTC("timestamptz") - TIMESTAMP '1970-01-01 00:00:00')) * 60000000 + ROUND(EXTRACT(SECOND FROM (SYS_EXTRACT_UTC("timestamptz") - TIMESTAMP '1970-01-01 00:00:00')) * 1000000)), "timestamptz", "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE "timestamptz" <= SYSTIMESTAMP AND "timestamptz" > (TO_TIMESTAMP_TZ(:1, 'YYYY-MM-DD"T"HH24:MI:SS.FF9TZH:TZM') - NUMTODSINTERVAL(300, 'SECOND')) AND (("timestamptz" > TO_TIMESTAMP_TZ(:2, 'YYYY-MM-DD"T"HH24:MI:SS.FF9TZH:TZM')) OR ("timestamptz" = TO_TIMESTAMP_TZ(:3, 'YYYY-MM-DD"T"HH24:MI:SS.FF9TZH:TZM') AND "id" > CAST(:4 AS NUMBER))) ORDER BY "timestamptz" NULLS FIRST, "id" NULLS FIRST FETCH NEXT 12 ROWS ONLY;
-- ["2026-01-02T03:04:05.0+00:00","2026-01-02T03:04:05.0+00:00","2026-01-02T03:04:05.0+00:00","7"]
