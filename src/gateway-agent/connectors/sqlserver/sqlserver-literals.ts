import { sql } from 'kysely';
import type { CatalogColumn, SqlType } from '../sql/catalog-table.js';
import type { ColumnKind } from '../sql/column-kind.js';
import type { Json, LiteralType } from '../sql/dialect.js';
import { bound, type Fragment } from '../sql/fragment.js';
import { bytesOf, isGuid, isWithin, momentOf, plainDecimal, scalarText } from '../sql/value-texts.js';

/** Most digits of a decimal. */
const MAX_DIGITS = 38;

/** Digits of a second that the types of times keep. */
const FRACTIONS: Readonly<Record<string, number>> = { datetime: 3, smalldatetime: 0 };

/** A number as a decimal of just its digits: wider ones lose places when they are computed with. */
export function decimalLiteral(text: string, column?: string): Fragment | undefined {
  const number = plainDecimal(text);
  if (!number) return undefined;
  const digits = Math.max(1, number.whole + number.scale);
  if (digits > MAX_DIGITS) return floatLiteral(text, column);
  return sql`CAST(${bound(number.text, column)} AS decimal(${sql.raw(`${digits}, ${number.scale}`)}))`;
}

export function floatLiteral(text: string, column?: string): Fragment | undefined {
  return plainDecimal(text) && sql`CAST(${bound(text.replace(/^\+/, ''), column)} AS float)`;
}

/** A time in the one form that no language setting reads in another way; in UTC where it said its zone. */
export function timeText(text: string, digits = 7): string | undefined {
  const moment = momentOf(text);
  if (!moment) return undefined;
  const fraction = digits === 0 ? '' : moment.fraction.slice(0, digits + 1);
  return `${moment.day}T${moment.time}${fraction}`;
}

/** Types in which values of a kind are compared, where the column has none that is narrower. */
const CASTS: Readonly<Partial<Record<ColumnKind, string>>> = {
  integer: 'bigint',
  boolean: 'bit',
  date: 'date',
  timestamp: 'datetime2(7)',
  timestamptz: 'datetimeoffset(7)',
  time: 'time(7)',
  uuid: 'uniqueidentifier',
};
const NARROWER: ReadonlySet<string> = new Set(['tinyint', 'smallint', 'int', 'datetime', 'smalldatetime']);

function castOf({ kind, castType }: SqlType): string {
  return NARROWER.has(castType) ? castType : (CASTS[kind] ?? castType);
}

export function columnLiteral(text: string, column: CatalogColumn): Fragment | undefined {
  const { name, kind, castType } = column;
  const cast = (value: string): Fragment => sql`CAST(${bound(value, name)} AS ${sql.raw(castOf(column))})`;
  switch (kind) {
    case 'integer':
      return isWithin(text, column.range) ? cast(text.replace(/^\+/, '')) : undefined;
    case 'boolean': {
      const bit = text === 'true' ? '1' : text === 'false' ? '0' : text;
      return bit === '0' || bit === '1' ? cast(bit) : undefined;
    }
    case 'decimal':
      return decimalLiteral(text, name);
    case 'float':
      return floatLiteral(text, name);
    case 'date': {
      const day = momentOf(text)?.day;
      return day === undefined ? undefined : cast(day);
    }
    case 'timestamp': {
      const time = timeText(text, FRACTIONS[castType]);
      return time === undefined ? undefined : cast(time);
    }
    case 'timestamptz': {
      const time = timeText(text);
      return time === undefined ? undefined : cast(`${time}Z`);
    }
    case 'time':
      return /^\d\d:\d\d(?::\d\d(?:\.\d{1,7})?)?$/.test(text) ? cast(text) : undefined;
    case 'uuid':
      return isGuid(text) ? cast(text) : undefined;
    case 'binary': {
      const bytes = bytesOf(text);
      return bytes && bound({ type: 'varbinary', value: bytes }, name);
    }
    case 'text':
      return bound(text, name);
    default:
      return castType === 'hierarchyid' || castType === 'sql_variant' ? cast(text) : undefined;
  }
}

/** A literal where no column says the type. */
export function freeLiteral(text: string | null, type: LiteralType, column?: string): Fragment {
  switch (type) {
    case 'decimal':
      return (text === null ? undefined : decimalLiteral(text, column)) ?? sql`CAST(NULL AS decimal(38, 10))`;
    case 'float':
      return (text === null ? undefined : floatLiteral(text, column)) ?? sql`CAST(NULL AS float)`;
    case 'text':
      return text === null ? sql`CAST(NULL AS nvarchar(1))` : bound(text, column);
    case 'date':
      return sql`CAST(${bound(text === null ? null : (momentOf(text)?.day ?? text), column)} AS date)`;
    case 'moment': {
      const time = text === null ? undefined : timeText(text);
      return sql`CAST(${bound(time === undefined ? text : `${time}Z`, column)} AS datetimeoffset(7))`;
    }
  }
}

/** A JSON value as it is stored in a type; undefined when JSON of that shape has no place in it. */
export function storedValue(value: Json, type: SqlType, name?: string): Fragment | undefined {
  if (value === null) return bound({ type: type.kind === 'binary' ? 'varbinary' : 'nvarchar', value: null }, name);
  const text = scalarText(value);
  if (text === undefined) return type.castType === 'json' ? bound(JSON.stringify(value), name) : undefined;
  switch (type.kind) {
    case 'boolean':
      return bound(text === 'true' ? '1' : text === 'false' ? '0' : text, name);
    case 'decimal':
      return bound(plainDecimal(text)?.text ?? text, name);
    case 'timestamp':
      return bound(timeText(text, FRACTIONS[type.castType]) ?? text, name);
    case 'binary': {
      const bytes = typeof value === 'string' ? bytesOf(value) : undefined;
      return bytes && bound({ type: 'varbinary', value: bytes }, name);
    }
    default:
      if (type.castType !== 'geometry' && type.castType !== 'geography') return bound(text, name);
      return sql`${sql.raw(type.castType)}::Parse(${bound(text, name)})`;
  }
}
