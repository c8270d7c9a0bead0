import type { ColumnKind } from '../sql/column-kind.js';
import type { JsonWriter } from '../sql/dialect.js';
import { parseArrayLiteral, type ArrayElement } from './array-literal.js';
import { elementKindOfOid, kindOfOid } from './column-kind.js';

/** NaN and the infinities: neither JSON nor ISO 8601 has a word for them, so they become null. */
const NOT_FINITE: ReadonlySet<string> = new Set(['NaN', 'Infinity', '-Infinity', 'infinity', '-infinity']);

const ZERO = 48;
const NINE = 57;

/** Digits pass through as text: a double would round int8 and numeric. No word of NOT_FINITE ends in a digit. */
const writeNumber: JsonWriter = (text) => {
  const last = text.charCodeAt(text.length - 1);
  return (last >= ZERO && last <= NINE) || !NOT_FINITE.has(text) ? text : 'null';
};
/** Most texts need no escaping, and to see that is cheaper than to escape them. */
const PLAIN = /^[ !#-[\]-~]*$/;
const writeText: JsonWriter = (text) => (PLAIN.test(text) ? `"${text}"` : JSON.stringify(text));

const DATE = /^(\d{4,})-(\d\d-\d\d)(?:[ ](\d\d:\d\d:\d\d(?:\.\d+)?)([+-]\d\d(?::?\d\d)?)?)?( BC)?$/;

/** Years outside 0000 to 9999 take the expanded form of ISO 8601, with a sign and six digits; 1 BC is year 0. */
const writeDate: JsonWriter = (text) => {
  // Nearly every time with a zone is of four digits of a year, in UTC, and needs no taking apart.
  if (text[10] === ' ' && text.endsWith('+00')) return `"${text.slice(0, 10)}T${text.slice(11, -3)}Z"`;
  if (NOT_FINITE.has(text)) return 'null';
  const parts = DATE.exec(text);
  if (!parts) return JSON.stringify(text);
  const [, year = '', day = '', time, zone, before] = parts;
  const isoYear = before ? expandedYear(1 - Number(year)) : year.length > 4 ? expandedYear(Number(year)) : year;
  if (time === undefined) return `"${isoYear}-${day}"`;
  return `"${isoYear}-${day}T${time}${zone === undefined ? '' : isoZone(zone)}"`;
};

function expandedYear(year: number): string {
  if (year >= 0 && year <= 9999) return String(year).padStart(4, '0');
  return `${year < 0 ? '-' : '+'}${String(Math.abs(year)).padStart(6, '0')}`;
}

function isoZone(zone: string): string {
  if (zone === '+00' || zone === '+00:00') return 'Z';
  return zone.length === 3 ? `${zone}:00` : zone;
}

const writeBytes: JsonWriter = (text) =>
  text.startsWith('\\x') ? `"${Buffer.from(text.slice(2), 'hex').toString('base64')}"` : JSON.stringify(text);

const WRITERS: Readonly<Record<ColumnKind, JsonWriter>> = {
  integer: writeNumber,
  decimal: writeNumber,
  float: writeNumber,
  money: writeText,
  boolean: (text) => (text === 't' ? 'true' : 'false'),
  text: writeText,
  date: writeDate,
  timestamp: writeDate,
  timestamptz: writeDate,
  time: writeText,
  uuid: (text) => `"${text}"`,
  binary: writeBytes,
  json: (text) => text,
  other: writeText,
};

function arrayWriter(element: JsonWriter): JsonWriter {
  const write = (value: ArrayElement): string => {
    if (value === null) return 'null';
    return typeof value === 'string' ? element(value) : `[${value.map(write).join(',')}]`;
  };
  return (text) => {
    const elements = parseArrayLiteral(text);
    return elements ? write(elements) : JSON.stringify(text);
  };
}

/** The writer for a column that the catalogue described. */
export function writerOf(kind: ColumnKind, isArray: boolean, elementKind: ColumnKind): JsonWriter {
  return isArray ? arrayWriter(WRITERS[elementKind]) : WRITERS[kind];
}

/** The writer for a column of a free query, known by its type's oid alone. Arrays of the source's own types stay text. */
export function writerOfOid(oid: number): JsonWriter {
  const elementKind = elementKindOfOid(oid);
  return elementKind === undefined ? WRITERS[kindOfOid(oid)] : arrayWriter(WRITERS[elementKind]);
}
