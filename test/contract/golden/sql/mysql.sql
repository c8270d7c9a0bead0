-- list tables
SELECT t.TABLE_SCHEMA, t.TABLE_NAME FROM information_schema.TABLES t
WHERE t.TABLE_SCHEMA = DATABASE() AND t.TABLE_TYPE IN ('BASE TABLE', 'VIEW', 'SYSTEM VERSIONED')
ORDER BY t.TABLE_NAME LIMIT 10000;
-- []

-- describe a table
SELECT 0 AS place, c.TABLE_NAME = BINARY ? AS is_exact, c.TABLE_SCHEMA, c.TABLE_NAME,
  c.ORDINAL_POSITION, c.COLUMN_NAME, c.DATA_TYPE, c.COLUMN_TYPE, c.IS_NULLABLE, c.COLUMN_DEFAULT, c.EXTRA,
  c.CHARACTER_MAXIMUM_LENGTH, c.PRIVILEGES, s.SEQ_IN_INDEX, FALSE /*M! OR (c.DATA_TYPE = 'longtext' AND EXISTS (
  SELECT 1 FROM information_schema.CHECK_CONSTRAINTS k WHERE k.CONSTRAINT_SCHEMA = c.TABLE_SCHEMA
    AND k.TABLE_NAME = c.TABLE_NAME AND LOWER(k.CHECK_CLAUSE) = LOWER(CONCAT('json_valid(`', c.COLUMN_NAME, '`)')))) */ AS is_json
FROM information_schema.COLUMNS c
LEFT JOIN information_schema.STATISTICS s ON s.TABLE_SCHEMA = DATABASE() AND s.TABLE_NAME = ?
  AND s.INDEX_NAME = 'PRIMARY' AND s.TABLE_NAME = c.TABLE_NAME AND s.COLUMN_NAME = c.COLUMN_NAME
WHERE c.TABLE_SCHEMA = DATABASE() AND c.TABLE_NAME = ? AND c.TABLE_SCHEMA = ? UNION ALL SELECT 1 AS place, c.TABLE_NAME = BINARY ? AS is_exact, c.TABLE_SCHEMA, c.TABLE_NAME,
  c.ORDINAL_POSITION, c.COLUMN_NAME, c.DATA_TYPE, c.COLUMN_TYPE, c.IS_NULLABLE, c.COLUMN_DEFAULT, c.EXTRA,
  c.CHARACTER_MAXIMUM_LENGTH, c.PRIVILEGES, s.SEQ_IN_INDEX, FALSE /*M! OR (c.DATA_TYPE = 'longtext' AND EXISTS (
  SELECT 1 FROM information_schema.CHECK_CONSTRAINTS k WHERE k.CONSTRAINT_SCHEMA = c.TABLE_SCHEMA
    AND k.TABLE_NAME = c.TABLE_NAME AND LOWER(k.CHECK_CLAUSE) = LOWER(CONCAT('json_valid(`', c.COLUMN_NAME, '`)')))) */ AS is_json
FROM information_schema.COLUMNS c
LEFT JOIN information_schema.STATISTICS s ON s.TABLE_SCHEMA = DATABASE() AND s.TABLE_NAME = ?
  AND s.INDEX_NAME = 'PRIMARY' AND s.TABLE_NAME = c.TABLE_NAME AND s.COLUMN_NAME = c.COLUMN_NAME
WHERE c.TABLE_SCHEMA = DATABASE() AND c.TABLE_NAME = ? ORDER BY 1, 2 DESC, 4, 5;
-- ["hostile t","hostile t","hostile t","s","s.hostile t","s.hostile t","s.hostile t"]

-- list procedures
SELECT DISTINCT r.ROUTINE_SCHEMA, r.ROUTINE_NAME FROM information_schema.ROUTINES r
WHERE r.ROUTINE_SCHEMA = DATABASE() AND r.ROUTINE_TYPE IN ('FUNCTION', 'PROCEDURE') ORDER BY r.ROUTINE_NAME LIMIT 10000;
-- []

-- describe a procedure
SELECT 0 AS place, r.ROUTINE_SCHEMA, r.ROUTINE_NAME, r.ROUTINE_TYPE, p.ORDINAL_POSITION,
  p.PARAMETER_MODE, p.PARAMETER_NAME, p.DATA_TYPE, p.DTD_IDENTIFIER
FROM information_schema.ROUTINES r
LEFT JOIN information_schema.PARAMETERS p ON p.SPECIFIC_SCHEMA = r.ROUTINE_SCHEMA AND p.SPECIFIC_NAME = r.SPECIFIC_NAME
  AND p.ROUTINE_TYPE = r.ROUTINE_TYPE
WHERE r.ROUTINE_SCHEMA = DATABASE() AND r.ROUTINE_NAME = ? AND r.ROUTINE_TYPE IN ('FUNCTION', 'PROCEDURE') AND r.ROUTINE_SCHEMA = ? UNION ALL SELECT 1 AS place, r.ROUTINE_SCHEMA, r.ROUTINE_NAME, r.ROUTINE_TYPE, p.ORDINAL_POSITION,
  p.PARAMETER_MODE, p.PARAMETER_NAME, p.DATA_TYPE, p.DTD_IDENTIFIER
FROM information_schema.ROUTINES r
LEFT JOIN information_schema.PARAMETERS p ON p.SPECIFIC_SCHEMA = r.ROUTINE_SCHEMA AND p.SPECIFIC_NAME = r.SPECIFIC_NAME
  AND p.ROUTINE_TYPE = r.ROUTINE_TYPE
WHERE r.ROUTINE_SCHEMA = DATABASE() AND r.ROUTINE_NAME = ? AND r.ROUTINE_TYPE IN ('FUNCTION', 'PROCEDURE') ORDER BY 1, 4 DESC, 5;
-- ["hostile t","s","s.hostile t"]

-- get
SELECT `id`, `decimal`, `float`, `boolean`, `text`, `date`, `timestamp`, `timestamptz`, `time`, `uuid`, `binary`, `a"b]c``.odd` FROM `s.odd"]```.`a"b]c``.odd` WHERE `id` = CAST(? AS SIGNED);
-- ["5"]

-- get by two columns
SELECT `a`, `b` FROM `s`.`pair` WHERE `a` = CAST(? AS SIGNED) AND `b` = ?;
-- ["5","hostile"]

-- delete
DELETE FROM `s.odd"]```.`a"b]c``.odd` WHERE `id` = CAST(? AS SIGNED);
-- ["5"]

-- insert
INSERT INTO `s.odd"]```.`a"b]c``.odd` (`text`, `decimal`) VALUES (?, ?);
-- ["hostile","1.5"]

-- insert nothing
INSERT INTO `s.odd"]```.`a"b]c``.odd` () VALUES ();
-- []

-- update
UPDATE `s.odd"]```.`a"b]c``.odd` SET `a"b]c``.odd` = ?, `date` = ? WHERE `id` = CAST(? AS SIGNED);
-- ["hostile",null,"5"]

-- list all
SELECT `id`, `decimal`, `float`, `boolean`, `text`, `date`, `timestamp`, `timestamptz`, `time`, `uuid`, `binary`, `a"b]c``.odd` FROM `s.odd"]```.`a"b]c``.odd` ORDER BY `id`;
-- []

-- list a page
SELECT `id` FROM `s.odd"]```.`a"b]c``.odd` ORDER BY `id` LIMIT 11 OFFSET 20;
-- []

-- list in an order
SELECT `id`, `text` FROM `s.odd"]```.`a"b]c``.odd` ORDER BY `text` DESC, `id` LIMIT 11;
-- []

-- list behind a place
SELECT `id` FROM `s.odd"]```.`a"b]c``.odd` WHERE ((`id` > CAST(? AS SIGNED))) ORDER BY `id` LIMIT 11;
-- ["5"]

-- list behind a place, nulls first
SELECT `id`, `text` FROM `s.odd"]```.`a"b]c``.odd` WHERE ((`text` IS NOT NULL) OR (`text` IS NULL AND `id` > CAST(? AS SIGNED))) ORDER BY `text`, `id` LIMIT 11;
-- ["5"]

-- list behind a place of two
SELECT `a`, `b` FROM `s`.`pair` WHERE ((`a` > CAST(? AS SIGNED)) OR (`a` = CAST(? AS SIGNED) AND `b` > ?)) ORDER BY `a`, `b` LIMIT 11;
-- ["5","5","hostile"]

-- count
SELECT count(*) FROM `s.odd"]```.`a"b]c``.odd` WHERE `id` > CAST(? AS SIGNED);
-- ["5"]

-- aggregate
SELECT `c0`, `c1`, `c2`, `c3`, `c4`, `c5`, `c6`, `c7`, `c8` FROM (SELECT `text` AS `c0`, `date` AS `c1`, count(*) AS `c2`, count(DISTINCT `uuid`) AS `c3`, SUM(`decimal`) AS `c4`, SUM((`float` + 0e0)) AS `c5`, AVG(`id` * 1.0000000000) AS `c6`, min(`timestamptz`) AS `c7`, max(`text`) AS `c8` FROM `s.odd"]```.`a"b]c``.odd` WHERE `decimal` > CAST(? AS DECIMAL(65, 0)) GROUP BY `text`, `date`) `grouped` ORDER BY `c0`, `c1` LIMIT 6;
-- ["0"]

-- column eq
SELECT `id` FROM `s.odd"]```.`a"b]c``.odd` WHERE `id` = CAST(? AS SIGNED) ORDER BY `id`;
-- ["5"]

-- column ne
SELECT `id` FROM `s.odd"]```.`a"b]c``.odd` WHERE NOT (`id` <=> CAST(? AS SIGNED)) ORDER BY `id`;
-- ["5"]

-- column lt
SELECT `id` FROM `s.odd"]```.`a"b]c``.odd` WHERE `id` < CAST(? AS SIGNED) ORDER BY `id`;
-- ["5"]

-- column le
SELECT `id` FROM `s.odd"]```.`a"b]c``.odd` WHERE `id` <= CAST(? AS SIGNED) ORDER BY `id`;
-- ["5"]

-- column gt
SELECT `id` FROM `s.odd"]```.`a"b]c``.odd` WHERE `id` > CAST(? AS SIGNED) ORDER BY `id`;
-- ["5"]

-- column ge
SELECT `id` FROM `s.odd"]```.`a"b]c``.odd` WHERE `id` >= CAST(? AS SIGNED) ORDER BY `id`;
-- ["5"]

-- not column eq
SELECT `id` FROM `s.odd"]```.`a"b]c``.odd` WHERE NOT (`id` <=> CAST(? AS SIGNED)) ORDER BY `id`;
-- ["5"]

-- not column ne
SELECT `id` FROM `s.odd"]```.`a"b]c``.odd` WHERE `id` = CAST(? AS SIGNED) ORDER BY `id`;
-- ["5"]

-- not column lt
SELECT `id` FROM `s.odd"]```.`a"b]c``.odd` WHERE (`id` < CAST(? AS SIGNED)) IS NOT TRUE ORDER BY `id`;
-- ["5"]

-- not column le
SELECT `id` FROM `s.odd"]```.`a"b]c``.odd` WHERE (`id` <= CAST(? AS SIGNED)) IS NOT TRUE ORDER BY `id`;
-- ["5"]

-- not column gt
SELECT `id` FROM `s.odd"]```.`a"b]c``.odd` WHERE (`id` > CAST(? AS SIGNED)) IS NOT TRUE ORDER BY `id`;
-- ["5"]

-- not column ge
SELECT `id` FROM `s.odd"]```.`a"b]c``.odd` WHERE (`id` >= CAST(? AS SIGNED)) IS NOT TRUE ORDER BY `id`;
-- ["5"]

-- null
SELECT `id` FROM `s.odd"]```.`a"b]c``.odd` WHERE `text` IS NULL ORDER BY `id`;
-- []

-- never
SELECT `id` FROM `s.odd"]```.`a"b]c``.odd` WHERE FALSE ORDER BY `id`;
-- []

-- beyond the integers
SELECT `id` FROM `s.odd"]```.`a"b]c``.odd` WHERE `id` < CAST(? AS DECIMAL(65, 0)) ORDER BY `id`;
-- ["99999999999"]

-- literal decimal
SELECT `id` FROM `s.odd"]```.`a"b]c``.odd` WHERE `decimal` >= CAST(? AS DECIMAL(65, 0)) ORDER BY `id`;
-- ["12345678901234567890123456789012345678"]

-- literal float
SELECT `id` FROM `s.odd"]```.`a"b]c``.odd` WHERE `float` >= (? + 0e0) ORDER BY `id`;
-- ["1.5"]

-- literal boolean
SELECT `id` FROM `s.odd"]```.`a"b]c``.odd` WHERE `boolean` >= CAST(? AS SIGNED) ORDER BY `id`;
-- ["1"]

-- literal text
SELECT `id` FROM `s.odd"]```.`a"b]c``.odd` WHERE `text` >= ? ORDER BY `id`;
-- ["hostile'; --"]

-- literal date
SELECT `id` FROM `s.odd"]```.`a"b]c``.odd` WHERE `date` >= CAST(? AS DATE) ORDER BY `id`;
-- ["2026-01-02"]

-- literal timestamp
SELECT `id` FROM `s.odd"]```.`a"b]c``.odd` WHERE `timestamp` >= CAST(? AS DATETIME(6)) ORDER BY `id`;
-- ["2026-01-02 03:04:05.123456"]

-- literal timestamptz
SELECT `id` FROM `s.odd"]```.`a"b]c``.odd` WHERE `timestamptz` >= CAST(? AS DATETIME(6)) ORDER BY `id`;
-- ["2026-01-02 01:04:05.123456"]

-- literal time
SELECT `id` FROM `s.odd"]```.`a"b]c``.odd` WHERE `time` >= CAST(? AS TIME(6)) ORDER BY `id`;
-- ["03:04:05"]

-- literal uuid
SELECT `id` FROM `s.odd"]```.`a"b]c``.odd` WHERE `uuid` >= ? ORDER BY `id`;
-- ["91d0f6b8-7f52-4c61-8f0e-3d1a2b4c5d04"]

-- literal binary
SELECT `id` FROM `s.odd"]```.`a"b]c``.odd` WHERE `binary` >= ? ORDER BY `id`;
-- [{"type":"Buffer","data":[222,173]}]

-- contains
SELECT `id` FROM `s.odd"]```.`a"b]c``.odd` WHERE LOCATE(?, `a"b]c``.odd`) > 0 ORDER BY `id`;
-- ["hostile%_["]

-- not contains
SELECT `id` FROM `s.odd"]```.`a"b]c``.odd` WHERE (LOCATE(?, `a"b]c``.odd`) > 0) IS NOT TRUE ORDER BY `id`;
-- ["hostile%_["]

-- startswith
SELECT `id` FROM `s.odd"]```.`a"b]c``.odd` WHERE LOCATE(?, `a"b]c``.odd`) = 1 ORDER BY `id`;
-- ["hostile%_["]

-- not startswith
SELECT `id` FROM `s.odd"]```.`a"b]c``.odd` WHERE (LOCATE(?, `a"b]c``.odd`) = 1) IS NOT TRUE ORDER BY `id`;
-- ["hostile%_["]

-- endswith
SELECT `id` FROM `s.odd"]```.`a"b]c``.odd` WHERE (CHAR_LENGTH(`a"b]c``.odd`) >= CHAR_LENGTH(?) AND RIGHT(`a"b]c``.odd`, CHAR_LENGTH(?)) = ?) ORDER BY `id`;
-- ["hostile%_[","hostile%_[","hostile%_["]

-- not endswith
SELECT `id` FROM `s.odd"]```.`a"b]c``.odd` WHERE ((CHAR_LENGTH(`a"b]c``.odd`) >= CHAR_LENGTH(?) AND RIGHT(`a"b]c``.odd`, CHAR_LENGTH(?)) = ?)) IS NOT TRUE ORDER BY `id`;
-- ["hostile%_[","hostile%_[","hostile%_["]

-- two columns
SELECT `id` FROM `s.odd"]```.`a"b]c``.odd` WHERE (`text` <=> `a"b]c``.odd`) ORDER BY `id`;
-- []

-- two columns differ
SELECT `id` FROM `s.odd"]```.`a"b]c``.odd` WHERE NOT (`id` <=> `decimal`) ORDER BY `id`;
-- []

-- function add
SELECT `id` FROM `s.odd"]```.`a"b]c``.odd` WHERE (CAST(`id` AS DECIMAL(65, 0)) + CAST(? AS DECIMAL(65, 0))) = CAST(? AS DECIMAL(65, 0)) ORDER BY `id`;
-- ["1","1"]

-- function sub
SELECT `id` FROM `s.odd"]```.`a"b]c``.odd` WHERE (`decimal` - CAST(? AS DECIMAL(65, 1))) = CAST(? AS DECIMAL(65, 0)) ORDER BY `id`;
-- ["1.5","1"]

-- function mul
SELECT `id` FROM `s.odd"]```.`a"b]c``.odd` WHERE ((`float` + 0e0) * (CAST(? AS DECIMAL(65, 0)) + 0e0)) = (? + 0e0) ORDER BY `id`;
-- ["2","1"]

-- function div
SELECT `id` FROM `s.odd"]```.`a"b]c``.odd` WHERE (CAST(`id` AS DECIMAL(65, 0)) DIV CAST(? AS DECIMAL(65, 0))) = CAST(? AS DECIMAL(65, 0)) ORDER BY `id`;
-- ["2","1"]

-- function mod
SELECT `id` FROM `s.odd"]```.`a"b]c``.odd` WHERE MOD(`decimal`, CAST(? AS DECIMAL(65, 0))) = CAST(? AS DECIMAL(65, 0)) ORDER BY `id`;
-- ["7","1"]

-- function negate
SELECT `id` FROM `s.odd"]```.`a"b]c``.odd` WHERE (- `decimal`) = CAST(? AS DECIMAL(65, 0)) ORDER BY `id`;
-- ["1"]

-- function round
SELECT `id` FROM `s.odd"]```.`a"b]c``.odd` WHERE ROUND(CAST(`decimal` AS DECIMAL(65, 20))) = CAST(? AS DECIMAL(65, 0)) ORDER BY `id`;
-- ["1"]

-- function floor
SELECT `id` FROM `s.odd"]```.`a"b]c``.odd` WHERE FLOOR((`float` + 0e0)) = CAST(? AS DECIMAL(65, 0)) ORDER BY `id`;
-- ["1"]

-- function ceiling
SELECT `id` FROM `s.odd"]```.`a"b]c``.odd` WHERE CEILING(CAST(`id` AS DECIMAL(65, 0))) = CAST(? AS DECIMAL(65, 0)) ORDER BY `id`;
-- ["1"]

-- function length
SELECT `id` FROM `s.odd"]```.`a"b]c``.odd` WHERE CHAR_LENGTH(`text`) = CAST(? AS DECIMAL(65, 0)) ORDER BY `id`;
-- ["1"]

-- function indexof
SELECT `id` FROM `s.odd"]```.`a"b]c``.odd` WHERE (LOCATE(?, `text`) - 1) = CAST(? AS DECIMAL(65, 0)) ORDER BY `id`;
-- ["hostile0","1"]

-- function substring
SELECT `id` FROM `s.odd"]```.`a"b]c``.odd` WHERE SUBSTRING(`text`, GREATEST(CAST(CAST(? AS DECIMAL(65, 0)) AS SIGNED), 0) + 1, GREATEST(CAST(CAST(? AS DECIMAL(65, 0)) AS SIGNED), 0)) = ? ORDER BY `id`;
-- ["1","2","x"]

-- function replace
SELECT `id` FROM `s.odd"]```.`a"b]c``.odd` WHERE REPLACE(`text`, ?, ?) = ? ORDER BY `id`;
-- ["hostile0","hostile1","x"]

-- function tolower
SELECT `id` FROM `s.odd"]```.`a"b]c``.odd` WHERE LOWER(`text`) = ? ORDER BY `id`;
-- ["x"]

-- function toupper
SELECT `id` FROM `s.odd"]```.`a"b]c``.odd` WHERE UPPER(`text`) = ? ORDER BY `id`;
-- ["x"]

-- function trim
SELECT `id` FROM `s.odd"]```.`a"b]c``.odd` WHERE REGEXP_REPLACE(`text`, ?, '') = ? ORDER BY `id`;
-- ["^[[:space:]]+|[[:space:]]+$","x"]

-- function concat
SELECT `id` FROM `s.odd"]```.`a"b]c``.odd` WHERE CONCAT(`text`, ?) = ? ORDER BY `id`;
-- ["hostile0","x"]

-- function year
SELECT `id` FROM `s.odd"]```.`a"b]c``.odd` WHERE YEAR(`timestamptz`) = CAST(? AS DECIMAL(65, 0)) ORDER BY `id`;
-- ["1"]

-- function month
SELECT `id` FROM `s.odd"]```.`a"b]c``.odd` WHERE MONTH(`date`) = CAST(? AS DECIMAL(65, 0)) ORDER BY `id`;
-- ["1"]

-- function day
SELECT `id` FROM `s.odd"]```.`a"b]c``.odd` WHERE DAY(`timestamp`) = CAST(? AS DECIMAL(65, 0)) ORDER BY `id`;
-- ["1"]

-- function hour
SELECT `id` FROM `s.odd"]```.`a"b]c``.odd` WHERE HOUR(`timestamptz`) = CAST(? AS DECIMAL(65, 0)) ORDER BY `id`;
-- ["1"]

-- function minute
SELECT `id` FROM `s.odd"]```.`a"b]c``.odd` WHERE MINUTE(`time`) = CAST(? AS DECIMAL(65, 0)) ORDER BY `id`;
-- ["1"]

-- function second
SELECT `id` FROM `s.odd"]```.`a"b]c``.odd` WHERE SECOND(`time`) = CAST(? AS DECIMAL(65, 0)) ORDER BY `id`;
-- ["1"]

-- function date
SELECT `id` FROM `s.odd"]```.`a"b]c``.odd` WHERE DATE(`timestamptz`) = CAST(? AS DATE) ORDER BY `id`;
-- ["2026-01-02"]

-- function now
SELECT `id` FROM `s.odd"]```.`a"b]c``.odd` WHERE NOW(6) = CAST(? AS DATETIME(6)) ORDER BY `id`;
-- ["2026-01-02 00:00:00"]

-- first keys
SELECT `id` FROM `s.odd"]```.`a"b]c``.odd` WHERE `id` > (SELECT max(`id`) FROM `s.odd"]```.`a"b]c``.odd`) - 1000 ORDER BY `id`;
-- []

-- new keys
SELECT `id` FROM `s.odd"]```.`a"b]c``.odd` WHERE `id` >= (-3) AND (`id` > 9 OR `id` BETWEEN (-3) AND 4) ORDER BY `id` LIMIT 5;
-- []

-- new rows
SELECT `id`, `text`, `id` FROM `s.odd"]```.`a"b]c``.odd` WHERE (`id` IN ((-1), 7)) ORDER BY `id` LIMIT 11;
-- []

-- latest changes by timestamp
SELECT TIMESTAMPDIFF(MICROSECOND, '1970-01-01 00:00:00', `timestamp`), `timestamp`, `id` FROM `s.odd"]```.`a"b]c``.odd` WHERE (`timestamp` >= '0001-01-01 00:00:00' AND `timestamp` <= NOW(6) + INTERVAL 14 HOUR) AND `timestamp` > ((SELECT max(`timestamp`) FROM `s.odd"]```.`a"b]c``.odd` WHERE (`timestamp` >= '0001-01-01 00:00:00' AND `timestamp` <= NOW(6) + INTERVAL 14 HOUR)) - INTERVAL 300 SECOND) ORDER BY `timestamp` DESC, `id` DESC LIMIT 5;
-- []

-- changed rows by timestamp
SELECT `id`, `text`, TIMESTAMPDIFF(MICROSECOND, '1970-01-01 00:00:00', `timestamp`), `timestamp`, `id` FROM `s.odd"]```.`a"b]c``.odd` WHERE (`timestamp` >= '0001-01-01 00:00:00' AND `timestamp` <= NOW(6) + INTERVAL 14 HOUR) AND `timestamp` > (CAST(? AS DATETIME(6)) - INTERVAL 300 SECOND) AND ((`timestamp` > CAST(? AS DATETIME(6))) OR (`timestamp` = CAST(? AS DATETIME(6)) AND `id` > CAST(? AS SIGNED))) ORDER BY `timestamp`, `id` LIMIT 12;
-- ["2026-01-02 03:04:05","2026-01-02 03:04:05","2026-01-02 03:04:05","7"]

-- latest changes by timestamptz
SELECT TIMESTAMPDIFF(MICROSECOND, '1970-01-01 00:00:00', `timestamptz`), `timestamptz`, `id` FROM `s.odd"]```.`a"b]c``.odd` WHERE (`timestamptz` >= '0001-01-01 00:00:00' AND `timestamptz` <= NOW(6)) AND `timestamptz` > ((SELECT max(`timestamptz`) FROM `s.odd"]```.`a"b]c``.odd` WHERE (`timestamptz` >= '0001-01-01 00:00:00' AND `timestamptz` <= NOW(6))) - INTERVAL 300 SECOND) ORDER BY `timestamptz` DESC, `id` DESC LIMIT 5;
-- []

-- changed rows by timestamptz
SELECT `id`, `text`, TIMESTAMPDIFF(MICROSECOND, '1970-01-01 00:00:00', `timestamptz`), `timestamptz`, `id` FROM `s.odd"]```.`a"b]c``.odd` WHERE (`timestamptz` >= '0001-01-01 00:00:00' AND `timestamptz` <= NOW(6)) AND `timestamptz` > (CAST(? AS DATETIME(6)) - INTERVAL 300 SECOND) AND ((`timestamptz` > CAST(? AS DATETIME(6))) OR (`timestamptz` = CAST(? AS DATETIME(6)) AND `id` > CAST(? AS SIGNED))) ORDER BY `timestamptz`, `id` LIMIT 12;
-- ["2026-01-02 03:04:05","2026-01-02 03:04:05","2026-01-02 03:04:05","7"]
