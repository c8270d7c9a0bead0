import { sql } from 'kysely';
import type { CatalogColumn, SqlType } from '../sql/catalog-table.js';
import type { Json, LiteralType } from '../sql/dialect.js';
import { bound, type Fragment } from '../sql/fragment.js';
import { bytesOf, isWithin, momentOf, plainDecimal, scalarText } from '../sql/value-texts.js';

/** Forms of times, as the source's format models say them. */
export const SECOND_FORM = sql.raw(`'YYYY-MM-DD"T"HH24:MI:SS'`);
export const FRACTION_FORM = sql.raw(`'YYYY-MM-DD"T"HH24:MI:SS.FF'`);
export const ZONED_FORM = sql.raw(`'YYYY-MM-DD"T"HH24:MI:SS.FFTZH:TZM'`);
const READ_FORM = sql.raw(`'YYYY-MM-DD"T"HH24:MI:SS.FF9'`);
const READ_ZONED_FORM = sql.raw(`'YYYY-MM-DD"T"HH24:MI:SS.FF9TZH:TZM'`);

/** Most characters of a text that is compared with a padded one. */
const MAX_PADDED = 500;

function timestamp(text: string, column?: string): Fragment | undefined {
  const moment = momentOf(text);
  if (!moment) return undefined;
  const value = `${moment.day}T${moment.time}${moment.fraction === '' ? '.0' : moment.fraction}`;
  return sql`TO_TIMESTAMP(${bound(value, column)}, ${READ_FORM})`;
}

function zoned(text: string, column?: string): Fragment | undefined {
  const moment = momentOf(text);
  if (!moment) return undefined;
  const value = `${moment.day}T${moment.time}${moment.fraction === '' ? '.0' : moment.fraction}+00:00`;
  return sql`TO_TIMESTAMP_TZ(${bound(value, column)}, ${READ_ZONED_FORM})`;
}

/** A day and a second; a fraction of one makes it a timestamp, which compares as well. */
function second(text: string, column?: string): Fragment | undefined {
  const moment = momentOf(text);
  if (!moment) return undefined;
  if (/[1-9]/.test(moment.fraction)) return timestamp(text, column);
  return sql`TO_DATE(${bound(`${moment.day}T${moment.time}`, column)}, ${SECOND_FORM})`;
}

function numberLiteral(text: string, column?: string): Fragment | undefined {
  const number = plainDecimal(text);
  return number && sql`CAST(${bound(number.text, column)} AS NUMBER)`;
}

function doubleLiteral(text: string, column?: string): Fragment | undefined {
  return plainDecimal(text) && sql`TO_BINARY_DOUBLE(${bound(text.replace(/^\+/, ''), column)})`;
}

export function columnLiteral(text: string, column: CatalogColumn): Fragment | undefined {
  const { name, kind, typeId } = column;
  switch (kind) {
    case 'integer':
      return isWithin(text, column.range) ? numberLiteral(text, name) : undefined;
    case 'decimal':
      return numberLiteral(text, name);
    case 'float':
      return doubleLiteral(text, name);
    case 'boolean':
      return text === 'true' || text === 'false' ? sql`TO_BOOLEAN(${bound(text, name)})` : undefined;
    case 'date':
      return second(text, name);
    case 'timestamp':
      return typeId === 'DATE' ? second(text, name) : timestamp(text, name);
    case 'timestamptz':
      return zoned(text, name);
    case 'binary': {
      const bytes = bytesOf(text);
      return bytes && bound({ type: 'raw', value: bytes }, name);
    }
    // There are no types of these kinds here; where they stand they are texts.
    case 'time':
    case 'uuid':
    case 'text': {
      const isPadded = (typeId === 'CHAR' || typeId === 'NCHAR') && text.length <= MAX_PADDED;
      return isPadded
        ? sql`CAST(${bound(text, name)} AS CHAR(${sql.raw(String(MAX_PADDED))} CHAR))`
        : bound(text, name);
    }
    default:
      return undefined;
  }
}

/** A literal where no column says the type. */
export function freeLiteral(text: string | null, type: LiteralType, column?: string): Fragment {
  switch (type) {
    case 'decimal':
      return (text === null ? undefined : numberLiteral(text, column)) ?? sql`CAST(NULL AS NUMBER)`;
    case 'float':
      return (text === null ? undefined : doubleLiteral(text, column)) ?? sql`CAST(NULL AS BINARY_DOUBLE)`;
    case 'text':
      return text === null ? sql`CAST(NULL AS VARCHAR2(1))` : bound(text, column);
    case 'date':
      return (text === null ? undefined : second(text, column)) ?? sql`CAST(NULL AS DATE)`;
    case 'moment':
      return (text === null ? undefined : zoned(text, column)) ?? sql`CAST(NULL AS TIMESTAMP WITH TIME ZONE)`;
  }
}

/** A JSON value as it is stored in a type; undefined when JSON of that shape has no place in it. */
export function storedValue(value: Json, type: SqlType, name?: string): Fragment | undefined {
  if (value === null) return bound({ type: type.kind === 'binary' ? 'raw' : 'text', value: null }, name);
  if (type.kind === 'json') return bound(JSON.stringify(value), name);
  const text = scalarText(value);
  if (text === undefined) return undefined;
  switch (type.kind) {
    case 'integer':
    case 'decimal':
      return bound(plainDecimal(text)?.text ?? text, name);
    case 'float':
      return doubleLiteral(text, name) ?? bound(text, name);
    case 'boolean':
      return sql`TO_BOOLEAN(${bound(text, name)})`;
    case 'timestamp':
      return (type.typeId === 'DATE' ? second(text, name) : timestamp(text, name)) ?? bound(text, name);
    case 'timestamptz':
      return zoned(text, name) ?? bound(text, name);
    case 'binary': {
      const bytes = typeof value === 'string' ? bytesOf(value) : undefined;
      return bytes && bound({ type: 'raw', value: bytes }, name);
    }
    default:
      return bound(text, name);
  }
}
