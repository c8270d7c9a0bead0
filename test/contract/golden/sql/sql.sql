-- list tables
SELECT s.name, o.name FROM sys.objects o JOIN sys.schemas s ON s.schema_id = o.schema_id
WHERE o.type IN ('U', 'V') AND o.is_ms_shipped = 0 AND (HAS_PERMS_BY_NAME(QUOTENAME(s.name) + '.' + QUOTENAME(o.name), 'OBJECT', 'SELECT') = 1
  OR HAS_PERMS_BY_NAME(QUOTENAME(s.name) + '.' + QUOTENAME(o.name), 'OBJECT', 'SELECT', NULL, 'COLUMN') = 1)
ORDER BY CASE WHEN s.name = N'dbo' THEN 0 ELSE 1 END, s.name, o.name OFFSET 0 ROWS FETCH NEXT 10000 ROWS ONLY;
-- []

-- describe a table
SELECT want.place, s.name, o.name, c.name, COALESCE(b.name, u.name), c.max_length,
  c.precision, c.scale, c.is_nullable, CASE WHEN c.default_object_id <> 0 THEN 1 ELSE 0 END, c.is_identity,
  CASE WHEN c.is_computed = 1 OR c.generated_always_type <> 0 THEN 1 ELSE 0 END, k.key_ordinal, c.collation_name,
  HAS_PERMS_BY_NAME(QUOTENAME(s.name) + '.' + QUOTENAME(o.name), 'OBJECT', 'SELECT', c.name, 'COLUMN')
FROM (VALUES (@1, @2, 0), (@3, @4, 1)) AS want (schema_name, object_name, place)
JOIN sys.schemas s ON (s.name = want.schema_name OR (want.schema_name IS NULL AND s.name IN (SCHEMA_NAME(), N'dbo')))
JOIN sys.objects o ON o.schema_id = s.schema_id AND o.name = want.object_name AND o.type IN ('U', 'V') AND o.is_ms_shipped = 0
JOIN sys.columns c ON c.object_id = o.object_id
JOIN sys.types u ON u.user_type_id = c.user_type_id
LEFT JOIN sys.types b ON b.user_type_id = c.system_type_id AND b.is_user_defined = 0
LEFT JOIN sys.indexes i ON i.object_id = o.object_id AND i.is_primary_key = 1
LEFT JOIN sys.index_columns k ON k.object_id = o.object_id AND k.index_id = i.index_id AND k.column_id = c.column_id
ORDER BY want.place, CASE WHEN s.name = SCHEMA_NAME() THEN 0 ELSE 1 END, s.name, o.name, c.column_id;
-- ["s","hostile t",null,"s.hostile t"]

-- list procedures
SELECT DISTINCT s.name, o.name, CASE WHEN s.name = N'dbo' THEN 0 ELSE 1 END AS is_elsewhere
FROM sys.objects o JOIN sys.schemas s ON s.schema_id = o.schema_id
WHERE o.type IN ('P', 'PC', 'FN', 'FS', 'IF', 'TF', 'FT') AND o.is_ms_shipped = 0
  AND HAS_PERMS_BY_NAME(QUOTENAME(s.name) + '.' + QUOTENAME(o.name), 'OBJECT',
    CASE WHEN o.type IN ('IF', 'TF', 'FT') THEN 'SELECT' ELSE 'EXECUTE' END) = 1
ORDER BY is_elsewhere, s.name, o.name OFFSET 0 ROWS FETCH NEXT 10000 ROWS ONLY;
-- []

-- describe a procedure
SELECT want.place, s.name, o.name, o.type, c.name, COALESCE(b.name, u.name),
  c.max_length, c.precision, c.scale, c.is_output, c.parameter_id
FROM (VALUES (@1, @2, 0), (@3, @4, 1)) AS want (schema_name, object_name, place)
JOIN sys.schemas s ON (s.name = want.schema_name OR (want.schema_name IS NULL AND s.name IN (SCHEMA_NAME(), N'dbo')))
JOIN sys.objects o ON o.schema_id = s.schema_id AND o.name = want.object_name AND o.is_ms_shipped = 0
  AND o.type IN ('P', 'PC', 'FN', 'FS', 'IF', 'TF', 'FT')
LEFT JOIN sys.parameters c ON c.object_id = o.object_id
LEFT JOIN sys.types u ON u.user_type_id = c.user_type_id
LEFT JOIN sys.types b ON b.user_type_id = c.system_type_id AND b.is_user_defined = 0
ORDER BY want.place, CASE WHEN s.name = SCHEMA_NAME() THEN 0 ELSE 1 END, s.name, o.name, c.parameter_id;
-- ["s","hostile t",null,"s.hostile t"]

-- get
SELECT "id", "decimal", "float", "boolean", "text", "date", "timestamp", "timestamptz", "time", "uuid", "binary", "a""b]c`.odd" FROM "s.odd""]`"."a""b]c`.odd" WHERE "id" = CAST(@1 AS bigint);
-- ["5"]

-- get by two columns
SELECT "a", "b" FROM "s"."pair" WHERE "a" = CAST(@1 AS bigint) AND "b" = @2;
-- ["5","hostile"]

-- delete
DELETE FROM "s.odd""]`"."a""b]c`.odd" WHERE "id" = CAST(@1 AS bigint);
-- ["5"]

-- insert
SET NOCOUNT ON; SET XACT_ABORT ON; DECLARE @tidegate_rows TABLE (k0 integer NULL); INSERT INTO "s.odd""]`"."a""b]c`.odd" ("text", "decimal") OUTPUT inserted."id" INTO @tidegate_rows VALUES (@1, @2); SELECT "id", "decimal", "float", "boolean", "text", "date", "timestamp", "timestamptz", "time", "uuid", "binary", "a""b]c`.odd" FROM "s.odd""]`"."a""b]c`.odd" WHERE EXISTS (SELECT 1 FROM @tidegate_rows r WHERE "s.odd""]`"."a""b]c`.odd"."id" = r.k0);
-- ["hostile","1.5"]

-- insert nothing
SET NOCOUNT ON; SET XACT_ABORT ON; DECLARE @tidegate_rows TABLE (k0 integer NULL); INSERT INTO "s.odd""]`"."a""b]c`.odd" OUTPUT inserted."id" INTO @tidegate_rows DEFAULT VALUES; SELECT "id", "decimal", "float", "boolean", "text", "date", "timestamp", "timestamptz", "time", "uuid", "binary", "a""b]c`.odd" FROM "s.odd""]`"."a""b]c`.odd" WHERE EXISTS (SELECT 1 FROM @tidegate_rows r WHERE "s.odd""]`"."a""b]c`.odd"."id" = r.k0);
-- []

-- update
SET NOCOUNT ON; SET XACT_ABORT ON; DECLARE @tidegate_rows TABLE (k0 integer NULL); UPDATE "s.odd""]`"."a""b]c`.odd" SET "a""b]c`.odd" = @1, "date" = @2 OUTPUT inserted."id" INTO @tidegate_rows WHERE "id" = CAST(@3 AS bigint); SELECT "id", "decimal", "float", "boolean", "text", "date", "timestamp", "timestamptz", "time", "uuid", "binary", "a""b]c`.odd" FROM "s.odd""]`"."a""b]c`.odd" WHERE EXISTS (SELECT 1 FROM @tidegate_rows r WHERE "s.odd""]`"."a""b]c`.odd"."id" = r.k0);
-- ["hostile",{"type":"nvarchar","value":null},"5"]

-- list all
SELECT "id", "decimal", "float", "boolean", "text", "date", "timestamp", "timestamptz", "time", "uuid", "binary", "a""b]c`.odd" FROM "s.odd""]`"."a""b]c`.odd" ORDER BY "id";
-- []

-- list a page
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" ORDER BY "id" OFFSET 20 ROWS FETCH NEXT 11 ROWS ONLY;
-- []

-- list in an order
SELECT "id", "text" FROM "s.odd""]`"."a""b]c`.odd" ORDER BY "text" DESC, "id" OFFSET 0 ROWS FETCH NEXT 11 ROWS ONLY;
-- []

-- list behind a place
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE (("id" > CAST(@1 AS bigint))) ORDER BY "id" OFFSET 0 ROWS FETCH NEXT 11 ROWS ONLY;
-- ["5"]

-- list behind a place, nulls first
SELECT "id", "text" FROM "s.odd""]`"."a""b]c`.odd" WHERE (("text" IS NOT NULL) OR ("text" IS NULL AND "id" > CAST(@1 AS bigint))) ORDER BY "text", "id" OFFSET 0 ROWS FETCH NEXT 11 ROWS ONLY;
-- ["5"]

-- list behind a place of two
SELECT "a", "b" FROM "s"."pair" WHERE (("a" > CAST(@1 AS bigint)) OR ("a" = CAST(@2 AS bigint) AND "b" > @3)) ORDER BY "a", "b" OFFSET 0 ROWS FETCH NEXT 11 ROWS ONLY;
-- ["5","5","hostile"]

-- count
SELECT count(*) FROM "s.odd""]`"."a""b]c`.odd" WHERE "id" > CAST(@1 AS bigint);
-- ["5"]

-- aggregate
SELECT "c0", "c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8" FROM (SELECT "text" AS "c0", "date" AS "c1", count(*) AS "c2", count(DISTINCT "uuid") AS "c3", SUM("decimal") AS "c4", SUM(CAST("float" AS float)) AS "c5", AVG(CAST("id" AS decimal(38, 10))) AS "c6", min("timestamptz") AS "c7", max("text") AS "c8" FROM "s.odd""]`"."a""b]c`.odd" WHERE "decimal" > CAST(@1 AS decimal(1, 0)) GROUP BY "text", "date") "grouped" ORDER BY "c0", "c1" OFFSET 0 ROWS FETCH NEXT 6 ROWS ONLY;
-- ["0"]

-- column eq
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE "id" = CAST(@1 AS bigint) ORDER BY "id";
-- ["5"]

-- column ne
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE NOT EXISTS (SELECT "id" INTERSECT SELECT CAST(@1 AS bigint)) ORDER BY "id";
-- ["5"]

-- column lt
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE "id" < CAST(@1 AS bigint) ORDER BY "id";
-- ["5"]

-- column le
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE "id" <= CAST(@1 AS bigint) ORDER BY "id";
-- ["5"]

-- column gt
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE "id" > CAST(@1 AS bigint) ORDER BY "id";
-- ["5"]

-- column ge
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE "id" >= CAST(@1 AS bigint) ORDER BY "id";
-- ["5"]

-- not column eq
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE NOT EXISTS (SELECT "id" INTERSECT SELECT CAST(@1 AS bigint)) ORDER BY "id";
-- ["5"]

-- not column ne
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE "id" = CAST(@1 AS bigint) ORDER BY "id";
-- ["5"]

-- not column lt
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE CASE WHEN "id" < CAST(@1 AS bigint) THEN 1 ELSE 0 END = 0 ORDER BY "id";
-- ["5"]

-- not column le
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE CASE WHEN "id" <= CAST(@1 AS bigint) THEN 1 ELSE 0 END = 0 ORDER BY "id";
-- ["5"]

-- not column gt
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE CASE WHEN "id" > CAST(@1 AS bigint) THEN 1 ELSE 0 END = 0 ORDER BY "id";
-- ["5"]

-- not column ge
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE CASE WHEN "id" >= CAST(@1 AS bigint) THEN 1 ELSE 0 END = 0 ORDER BY "id";
-- ["5"]

-- null
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE "text" IS NULL ORDER BY "id";
-- []

-- never
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE 1 = 0 ORDER BY "id";
-- []

-- beyond the integers
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE "id" < CAST(@1 AS decimal(11, 0)) ORDER BY "id";
-- ["99999999999"]

-- literal decimal
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE "decimal" >= CAST(@1 AS decimal(38, 0)) ORDER BY "id";
-- ["12345678901234567890123456789012345678"]

-- literal float
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE "float" >= CAST(@1 AS float) ORDER BY "id";
-- ["1.5"]

-- literal boolean
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE "boolean" >= CAST(@1 AS bit) ORDER BY "id";
-- ["1"]

-- literal text
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE "text" >= @1 ORDER BY "id";
-- ["hostile'; --"]

-- literal date
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE "date" >= CAST(@1 AS date) ORDER BY "id";
-- ["2026-01-02"]

-- literal timestamp
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE "timestamp" >= CAST(@1 AS datetimeoffset(7)) ORDER BY "id";
-- ["2026-01-02T03:04:05.1234567Z"]

-- literal timestamptz
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE "timestamptz" >= CAST(@1 AS datetimeoffset(7)) ORDER BY "id";
-- ["2026-01-02T01:04:05.1234567Z"]

-- literal time
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE "time" >= CAST(@1 AS time(7)) ORDER BY "id";
-- ["03:04:05"]

-- literal uuid
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE "uuid" >= CAST(@1 AS uniqueidentifier) ORDER BY "id";
-- ["91d0f6b8-7f52-4c61-8f0e-3d1a2b4c5d04"]

-- literal binary
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE "binary" >= @1 ORDER BY "id";
-- [{"type":"varbinary","value":{"type":"Buffer","data":[222,173]}}]

-- contains
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE (CHARINDEX(@1, "a""b]c`.odd") > 0 OR (DATALENGTH(@2) = 0 AND "a""b]c`.odd" IS NOT NULL)) ORDER BY "id";
-- ["hostile%_[","hostile%_["]

-- not contains
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE CASE WHEN (CHARINDEX(@1, "a""b]c`.odd") > 0 OR (DATALENGTH(@2) = 0 AND "a""b]c`.odd" IS NOT NULL)) THEN 1 ELSE 0 END = 0 ORDER BY "id";
-- ["hostile%_[","hostile%_["]

-- startswith
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE (CHARINDEX(@1, "a""b]c`.odd") = 1 OR (DATALENGTH(@2) = 0 AND "a""b]c`.odd" IS NOT NULL)) ORDER BY "id";
-- ["hostile%_[","hostile%_["]

-- not startswith
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE CASE WHEN (CHARINDEX(@1, "a""b]c`.odd") = 1 OR (DATALENGTH(@2) = 0 AND "a""b]c`.odd" IS NOT NULL)) THEN 1 ELSE 0 END = 0 ORDER BY "id";
-- ["hostile%_[","hostile%_["]

-- endswith
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE ((LEN("a""b]c`.odd" + N'.') - 1) >= (LEN(@1 + N'.') - 1) AND RIGHT("a""b]c`.odd", (LEN(@2 + N'.') - 1)) = @3) ORDER BY "id";
-- ["hostile%_[","hostile%_[","hostile%_["]

-- not endswith
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE CASE WHEN ((LEN("a""b]c`.odd" + N'.') - 1) >= (LEN(@1 + N'.') - 1) AND RIGHT("a""b]c`.odd", (LEN(@2 + N'.') - 1)) = @3) THEN 1 ELSE 0 END = 0 ORDER BY "id";
-- ["hostile%_[","hostile%_[","hostile%_["]

-- two columns
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE EXISTS (SELECT "text" INTERSECT SELECT "a""b]c`.odd") ORDER BY "id";
-- []

-- two columns differ
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE NOT EXISTS (SELECT "id" INTERSECT SELECT "decimal") ORDER BY "id";
-- []

-- function add
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE (CAST("id" AS decimal(20, 0)) + CAST(@1 AS decimal(1, 0))) = CAST(@2 AS decimal(1, 0)) ORDER BY "id";
-- ["1","1"]

-- function sub
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE ("decimal" - CAST(@1 AS decimal(2, 1))) = CAST(@2 AS decimal(1, 0)) ORDER BY "id";
-- ["1.5","1"]

-- function mul
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE (CAST("float" AS float) * CAST(CAST(@1 AS decimal(1, 0)) AS float)) = CAST(@2 AS float) ORDER BY "id";
-- ["2","1"]

-- function div
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE ROUND(CAST("id" AS decimal(20, 0)) / CAST(@1 AS decimal(1, 0)), 0, 1) = CAST(@2 AS decimal(1, 0)) ORDER BY "id";
-- ["2","1"]

-- function mod
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE ("decimal" % CAST(@1 AS decimal(1, 0))) = CAST(@2 AS decimal(1, 0)) ORDER BY "id";
-- ["7","1"]

-- function negate
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE (- "decimal") = CAST(@1 AS decimal(1, 0)) ORDER BY "id";
-- ["1"]

-- function round
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE ROUND("decimal", 0) = CAST(@1 AS decimal(1, 0)) ORDER BY "id";
-- ["1"]

-- function floor
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE FLOOR(CAST("float" AS float)) = CAST(@1 AS decimal(1, 0)) ORDER BY "id";
-- ["1"]

-- function ceiling
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE CEILING(CAST("id" AS decimal(20, 0))) = CAST(@1 AS decimal(1, 0)) ORDER BY "id";
-- ["1"]

-- function length
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE (LEN("text" + N'.') - 1) = CAST(@1 AS decimal(1, 0)) ORDER BY "id";
-- ["1"]

-- function indexof
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE CASE WHEN DATALENGTH(@1) = 0 THEN 0 ELSE CHARINDEX(@2, "text") - 1 END = CAST(@3 AS decimal(1, 0)) ORDER BY "id";
-- ["hostile0","hostile0","1"]

-- function substring
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE SUBSTRING("text", CASE WHEN CAST(CAST(@1 AS decimal(1, 0)) AS int) < 0 THEN 0 ELSE CAST(CAST(@2 AS decimal(1, 0)) AS int) END + 1, CASE WHEN CAST(CAST(@3 AS decimal(1, 0)) AS int) < 0 THEN 0 ELSE CAST(CAST(@4 AS decimal(1, 0)) AS int) END) = @5 ORDER BY "id";
-- ["1","1","2","2","x"]

-- function replace
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE REPLACE("text", @1, @2) = @3 ORDER BY "id";
-- ["hostile0","hostile1","x"]

-- function tolower
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE LOWER("text") = @1 ORDER BY "id";
-- ["x"]

-- function toupper
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE UPPER("text") = @1 ORDER BY "id";
-- ["x"]

-- function trim
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE TRIM(NCHAR(32) + NCHAR(9) + NCHAR(10) + NCHAR(11) + NCHAR(12) + NCHAR(13) FROM "text") = @1 ORDER BY "id";
-- ["x"]

-- function concat
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE ("text" + @1) = @2 ORDER BY "id";
-- ["hostile0","x"]

-- function year
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE DATEPART(year, SWITCHOFFSET("timestamptz", '+00:00')) = CAST(@1 AS decimal(1, 0)) ORDER BY "id";
-- ["1"]

-- function month
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE DATEPART(month, "date") = CAST(@1 AS decimal(1, 0)) ORDER BY "id";
-- ["1"]

-- function day
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE DATEPART(day, "timestamp") = CAST(@1 AS decimal(1, 0)) ORDER BY "id";
-- ["1"]

-- function hour
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE DATEPART(hour, SWITCHOFFSET("timestamptz", '+00:00')) = CAST(@1 AS decimal(1, 0)) ORDER BY "id";
-- ["1"]

-- function minute
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE DATEPART(minute, "time") = CAST(@1 AS decimal(1, 0)) ORDER BY "id";
-- ["1"]

-- function second
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE DATEPART(second, "time") = CAST(@1 AS decimal(1, 0)) ORDER BY "id";
-- ["1"]

-- function date
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE CAST(SWITCHOFFSET("timestamptz", '+00:00') AS date) = CAST(@1 AS date) ORDER BY "id";
-- ["2026-01-02"]

-- function now
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE SYSDATETIMEOFFSET() = CAST(@1 AS datetimeoffset(7)) ORDER BY "id";
-- ["2026-01-02T00:00:00Z"]

-- first keys
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE "id" > (SELECT max("id") FROM "s.odd""]`"."a""b]c`.odd") - 1000 ORDER BY "id";
-- []

-- new keys
SELECT "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE "id" >= (-3) AND ("id" > 9 OR "id" BETWEEN (-3) AND 4) ORDER BY "id" OFFSET 0 ROWS FETCH NEXT 5 ROWS ONLY;
-- []

-- new rows
SELECT "id", "text", "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE ("id" IN ((-1), 7)) ORDER BY "id" OFFSET 0 ROWS FETCH NEXT 11 ROWS ONLY;
-- []

-- latest changes by timestamp
SELECT DATEDIFF_BIG(microsecond, '1970-01-01', "timestamp"), "timestamp", "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE "timestamp" <= DATEADD(hour, 14, SYSUTCDATETIME()) AND "timestamp" > DATEADD(second, -300, (SELECT max("timestamp") FROM "s.odd""]`"."a""b]c`.odd" WHERE "timestamp" <= DATEADD(hour, 14, SYSUTCDATETIME()))) ORDER BY "timestamp" DESC, "id" DESC OFFSET 0 ROWS FETCH NEXT 5 ROWS ONLY;
-- []

-- changed rows by timestamp
SELECT "id", "text", DATEDIFF_BIG(microsecond, '1970-01-01', "timestamp"), "timestamp", "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE "timestamp" <= DATEADD(hour, 14, SYSUTCDATETIME()) AND "timestamp" > DATEADD(second, -300, CAST(@1 AS datetime2(7))) AND (("timestamp" > CAST(@2 AS datetime2(7))) OR ("timestamp" = CAST(@3 AS datetime2(7)) AND "id" > CAST(@4 AS bigint))) ORDER BY "timestamp", "id" OFFSET 0 ROWS FETCH NEXT 12 ROWS ONLY;
-- ["2026-01-02T03:04:05","2026-01-02T03:04:05","2026-01-02T03:04:05","7"]

-- latest changes by timestamptz
SELECT DATEDIFF_BIG(microsecond, '1970-01-01', "timestamptz"), "timestamptz", "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE "timestamptz" <= SYSDATETIMEOFFSET() AND "timestamptz" > DATEADD(second, -300, (SELECT max("timestamptz") FROM "s.odd""]`"."a""b]c`.odd" WHERE "timestamptz" <= SYSDATETIMEOFFSET())) ORDER BY "timestamptz" DESC, "id" DESC OFFSET 0 ROWS FETCH NEXT 5 ROWS ONLY;
-- []

-- changed rows by timestamptz
SELECT "id", "text", DATEDIFF_BIG(microsecond, '1970-01-01', "timestamptz"), "timestamptz", "id" FROM "s.odd""]`"."a""b]c`.odd" WHERE "timestamptz" <= SYSDATETIMEOFFSET() AND "timestamptz" > DATEADD(second, -300, CAST(@1 AS datetimeoffset(7))) AND (("timestamptz" > CAST(@2 AS datetimeoffset(7))) OR ("timestamptz" = CAST(@3 AS datetimeoffset(7)) AND "id" > CAST(@4 AS bigint))) ORDER BY "timestamptz", "id" OFFSET 0 ROWS FETCH NEXT 12 ROWS ONLY;
-- ["2026-01-02T03:04:05Z","2026-01-02T03:04:05Z","2026-01-02T03:04:05Z","7"]
