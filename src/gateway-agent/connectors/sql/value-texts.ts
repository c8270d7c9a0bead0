import type { SqlType } from './catalog-table.js';
import type { Json, JsonWriter } from './dialect.js';

/** Writers of values whose text form is the same in every database but PostgreSQL, which has its own. */

export const writeText: JsonWriter = (text) => JSON.stringify(text);

/** For text that is JSON already: digits, documents of the source. */
export const writeAsIs: JsonWriter = (text) => text;

/** For text that needs no escaping: base64, GUIDs. */
export const writeQuoted: JsonWriter = (text) => `"${text}"`;

const NUMBER = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** Digits pass through: a double would round them. What JSON has no word for (NaN, the infinities) becomes null. */
export const writeNumber: JsonWriter = (text) => {
  if (NUMBER.test(text)) return text;
  // A source may leave the zero in front of the point away.
  const completed = text.replace(/^(-?)\./, '$10.');
  return NUMBER.test(completed) ? completed : 'null';
};

/** 0 and 1 are false and true; a column of small numbers that is taken for one of truths keeps its other values. */
export const writeBoolean: JsonWriter = (text) => (text === '0' ? 'false' : text === '1' ? 'true' : writeNumber(text));

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Undefined when the text is not base64. */
export function bytesOf(text: string): Buffer | undefined {
  return BASE64.test(text) ? Buffer.from(text, 'base64') : undefined;
}

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function isGuid(text: string): boolean {
  return GUID.test(text);
}

const WHOLE = /^[+-]?\d{1,100}$/;

/** Whole numbers of eight bytes. */
const BIGINT = { least: -(2n ** 63n), most: 2n ** 63n - 1n };

/** Whether the text is a whole number within a type's range, so that a cast at the source changes nothing of it. */
export function isWithin(text: string, range: SqlType['range'] = BIGINT): boolean {
  return WHOLE.test(text) && BigInt(text) >= range.least && BigInt(text) <= range.most;
}

const DECIMAL = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/;

/** A number written without an exponent, and its digits in front of and behind the point; undefined for other text. */
export function plainDecimal(text: string): { text: string; whole: number; scale: number } | undefined {
  const [, sign, whole = '', fraction = '', exponent = '0'] = DECIMAL.exec(text) ?? [];
  if (sign === undefined || whole + fraction === '') return undefined;
  const digits = whole + fraction;
  const point = whole.length + Number(exponent);
  const front = point <= 0 ? '' : digits.slice(0, point).padEnd(point, '0');
  const behind = point >= digits.length ? '' : digits.slice(Math.max(point, 0)).padStart(digits.length - point, '0');
  const significant = front.replace(/^0+/, '');
  const plain = `${sign === '-' ? '-' : ''}${significant === '' ? '0' : significant}${behind === '' ? '' : `.${behind}`}`;
  return { text: plain, whole: significant.length, scale: behind.length };
}

const MOMENT = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?)(\.\d{1,9})?[ ]?(Z|z|[+-]\d\d:?\d\d)?)?$/;

/** A time in parts, as ISO 8601 or a database writes it. */
export interface Moment {
  /** `2020-01-31` */
  readonly day: string;
  /** `23:59:59` */
  readonly time: string;
  /** With its point; empty when there is none. */
  readonly fraction: string;
  /** Whether it said where on earth; its parts are in UTC then. */
  readonly hasZone: boolean;
}

/** Undefined for text that is no time. A time that no day has (February 30) is the source's to refuse. */
export function momentOf(text: string): Moment | undefined {
  const [, day, clock = '00:00:00', fraction = '', zone] = MOMENT.exec(text) ?? [];
  if (day === undefined) return undefined;
  const time = clock.length === 5 ? `${clock}:00` : clock;
  if (zone === undefined) return { day, time, fraction, hasZone: false };
  const offset = zone.toUpperCase() === 'Z' ? 'Z' : `${zone.slice(0, 3)}:${zone.slice(-2)}`;
  const utc = new Date(`${day}T${time}${offset}`);
  if (Number.isNaN(utc.getTime()) || utc.getUTCFullYear() < 0 || utc.getUTCFullYear() > 9999) return undefined;
  const iso = utc.toISOString();
  return { day: iso.slice(0, 10), time: iso.slice(11, 19), fraction, hasZone: true };
}

/** A value without structure, as text; undefined for lists and objects. */
export function scalarText(value: Json): string | undefined {
  return typeof value === 'object' ? undefined : String(value);
}

/** The shortest digits that a 4-byte float comes back from: its double would show digits that nobody wrote. */
export function floatText(value: number): string {
  for (let digits = 6; digits < 9; digits += 1) {
    const shorter = Number(value.toPrecision(digits));
    if (Math.fround(shorter) === value) return String(shorter);
  }
  return String(value);
}
