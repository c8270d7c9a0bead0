import { sql } from 'kysely';
import type { CatalogColumn, SqlType } from '../sql/catalog-table.js';
import type { Json, LiteralType } from '../sql/dialect.js';
import { bound, type Fragment } from '../sql/fragment.js';
import { bytesOf, isGuid, isWithin, momentOf, plainDecimal, scalarText } from '../sql/value-texts.js';
import { isGeometry } from './mysql-types.js';

/** Most digits of a decimal, and most of them behind the point. @see MySQL reference manual, "DECIMAL Data Type" */
const MAX_DIGITS = 65;
const MAX_SCALE = 30;

/** A number as an exact decimal; one that no decimal holds as a float, which compares as well. */
export function decimalLiteral(text: string, column?: string): Fragment | undefined {
  const number = plainDecimal(text);
  if (!number) return undefined;
  if (number.scale > MAX_SCALE || number.whole + number.scale > MAX_DIGITS) return floatLiteral(text, column);
  return sql`CAST(${bound(number.text, column)} AS DECIMAL(${sql.raw(`${MAX_DIGITS}, ${number.scale}`)}))`;
}

export function floatLiteral(text: string, column?: string): Fragment | undefined {
  const number = plainDecimal(text);
  return number && sql`(${bound(text.replace(/^\+/, ''), column)} + 0e0)`;
}

/** A time as this database writes it, in UTC where it said its zone; undefined for text that is none. */
export function timeText(text: string): string | undefined {
  const moment = momentOf(text);
  return moment && `${moment.day} ${moment.time}${moment.fraction.slice(0, 7)}`;
}

/** What a caller wrote, in the type of a column; undefined for what the type is never written as. */
export function columnLiteral(text: string, column: CatalogColumn): Fragment | undefined {
  const { name } = column;
  switch (column.kind) {
    case 'integer': {
      if (!isWithin(text, column.range)) return undefined;
      const type = sql.raw(column.castType === 'UNSIGNED' ? 'UNSIGNED' : 'SIGNED');
      return sql`CAST(${bound(text.replace(/^\+/, ''), name)} AS ${type})`;
    }
    case 'boolean': {
      const number = text === 'true' ? '1' : text === 'false' ? '0' : text;
      return /^\d{1,3}$/.test(number) ? sql`CAST(${bound(number, name)} AS SIGNED)` : undefined;
    }
    case 'decimal':
      return decimalLiteral(text, name);
    case 'float':
      return floatLiteral(text, name);
    case 'date': {
      const day = momentOf(text)?.day;
      return day === undefined ? undefined : sql`CAST(${bound(day, name)} AS DATE)`;
    }
    case 'timestamp':
    case 'timestamptz': {
      const time = timeText(text);
      return time === undefined ? undefined : sql`CAST(${bound(time, name)} AS DATETIME(6))`;
    }
    case 'time':
      return /^-?\d{1,3}:\d\d(?::\d\d(?:\.\d{1,9})?)?$/.test(text)
        ? sql`CAST(${bound(text, name)} AS TIME(6))`
        : undefined;
    case 'uuid':
      return isGuid(text) ? bound(text, name) : undefined;
    case 'binary': {
      const bytes = bytesOf(text);
      return bytes && bound(bytes, name);
    }
    case 'json':
      return undefined;
    default:
      return isGeometry(column) ? undefined : bound(text, name);
  }
}

/** A literal where no column says the type. */
export function freeLiteral(text: string | null, type: LiteralType, column?: string): Fragment {
  switch (type) {
    case 'decimal':
      return (text === null ? undefined : decimalLiteral(text, column)) ?? sql`CAST(NULL AS DECIMAL(65, 30))`;
    case 'float':
      return (text === null ? undefined : floatLiteral(text, column)) ?? sql`(NULL + 0e0)`;
    case 'text':
      return text === null ? sql`CAST(NULL AS CHAR)` : bound(text, column);
    case 'date':
      return sql`CAST(${bound(text === null ? null : (momentOf(text)?.day ?? text), column)} AS DATE)`;
    case 'moment':
      return sql`CAST(${bound(text === null ? null : (timeText(text) ?? text), column)} AS DATETIME(6))`;
  }
}

/** A JSON value as it is stored in a type; undefined when JSON of that shape has no place in it. */
export function storedValue(value: Json, type: SqlType, name?: string): Fragment | undefined {
  if (value === null) return bound(null, name);
  if (type.kind === 'json') return bound(JSON.stringify(value), name);
  const text = scalarText(value);
  if (text === undefined) return undefined;
  switch (type.kind) {
    case 'boolean':
      return bound(text === 'true' ? 1 : text === 'false' ? 0 : text, name);
    case 'binary': {
      const bytes = typeof value === 'string' ? bytesOf(value) : undefined;
      return bytes && bound(bytes, name);
    }
    case 'timestamp':
    case 'timestamptz':
      return bound(timeText(text) ?? text, name);
    case 'integer':
      // A text in a column of bits is taken for its bytes.
      return type.typeId === 'bit' ? sql`CAST(${bound(text, name)} AS UNSIGNED)` : bound(text, name);
    default:
      return isGeometry(type) ? sql`ST_GeomFromText(${bound(text, name)})` : bound(text, name);
  }
}
