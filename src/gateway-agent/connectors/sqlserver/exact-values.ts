import type { Metadata } from 'tedious/lib/metadata-parser.js';

/** A value read, and where in the buffer the next one begins. */
interface Reading {
  readonly value: string | null;
  readonly offset: number;
}

/** Thrown when a value's bytes are not all there yet; the driver waits for more and reads again. */
type Shortage = new (byteCount: number) => Error;

/** Days from 0001-01-01, where SQL Server's newer types count from, to 1970-01-01. */
const DAYS_TO_EPOCH = 719_162;
/** Days from 1900-01-01, where its older types count from, to 1970-01-01. */
const OLD_DAYS_TO_EPOCH = 25_567;
const MS_PER_DAY = 86_400_000;
/** Fractions of a second that the longest types keep, as digits. */
const MAX_SCALE = 7;

let isInstalled = false;

/**
 * Makes tedious read decimals, money and times as text. It hands out doubles and JavaScript dates, which lose digits of
 * decimal(38), of money, and the offset of datetimeoffset, and has no setting for it.
 *
 * Cause: tedious 19.2.2, lib/value-parser.js. It may go once the driver has an option for exact values; the unit test
 * beside this file tells when the driver's own reading has become exact.
 */
export async function readValuesExactly(): Promise<void> {
  if (isInstalled) return;
  const [parser, helpers] = await Promise.all([
    import('tedious/lib/value-parser.js'),
    import('tedious/lib/token/helpers.js'),
  ]);
  const own = parser.default as { readValue: typeof parser.readValue };
  const { readValue } = parser;
  own.readValue = (buffer, offset, metadata, options) =>
    (readExact(buffer, offset, metadata, helpers.NotEnoughDataError) as ReturnType<typeof readValue> | undefined) ??
    readValue(buffer, offset, metadata, options);
  isInstalled = true;
}

/**
 * Reads a value of a type that the driver would round; undefined for other types.
 *
 * @see MS-TDS, section 2.2.5.5.1, "System Data Type Values"
 */
export function readExact(buffer: Buffer, offset: number, metadata: Metadata, Short: Shortage): Reading | undefined {
  const fixed = FIXED[metadata.type.name];
  if (fixed !== undefined)
    return { value: fixed.read(take(buffer, offset, fixed.length, Short)), offset: offset + fixed.length };
  const read = SIZED[metadata.type.name];
  if (read === undefined) return undefined;
  const length = take(buffer, offset, 1, Short).readUInt8();
  const start = offset + 1;
  if (length === 0) return { value: null, offset: start };
  return { value: read(take(buffer, start, length, Short), metadata.scale ?? 0), offset: start + length };
}

function take(buffer: Buffer, offset: number, length: number, Short: Shortage): Buffer {
  if (buffer.length < offset + length) throw new Short(offset + length);
  return buffer.subarray(offset, offset + length);
}

const FIXED: Readonly<Record<string, { length: number; read: (bytes: Buffer) => string } | undefined>> = {
  Money: { length: 8, read: money },
  SmallMoney: { length: 4, read: money },
  DateTime: { length: 8, read: oldDateTime },
  SmallDateTime: { length: 4, read: oldDateTime },
};

const SIZED: Readonly<Record<string, ((bytes: Buffer, scale: number) => string) | undefined>> = {
  NumericN: (bytes, scale) => {
    const digits = scaled(littleEndian(bytes.subarray(1)), scale);
    return bytes[0] === 1 || /^[0.]+$/.test(digits) ? digits : `-${digits}`;
  },
  DecimalN: (bytes, scale) => SIZED['NumericN']?.(bytes, scale) ?? '',
  MoneyN: money,
  DateTimeN: oldDateTime,
  Date: (bytes) => day(bytes.readUIntLE(0, 3) - DAYS_TO_EPOCH),
  Time: (bytes, scale) => time(bytes, scale),
  DateTime2: (bytes, scale) => {
    const place = bytes.length - 3;
    return `${day(bytes.readUIntLE(place, 3) - DAYS_TO_EPOCH)}T${time(bytes.subarray(0, place), scale)}`;
  },
  DateTimeOffset: dateTimeOffset,
};

function littleEndian(bytes: Buffer): bigint {
  let value = 0n;
  for (let i = bytes.length - 1; i >= 0; i -= 1) value = (value << 8n) | BigInt(bytes[i] ?? 0);
  return value;
}

/** A whole number with its last digits behind the point. */
function scaled(value: bigint, scale: number): string {
  const sign = value < 0n ? '-' : '';
  const digits = (value < 0n ? -value : value).toString().padStart(scale + 1, '0');
  return sign + (scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`);
}

/** Ten-thousandths; the longer form has its high half first. */
function money(bytes: Buffer): string {
  const value =
    bytes.length === 4
      ? BigInt(bytes.readInt32LE())
      : (BigInt(bytes.readInt32LE(0)) << 32n) | BigInt(bytes.readUInt32LE(4));
  return scaled(value, 4);
}

function day(daysFromEpoch: number): string {
  return new Date(daysFromEpoch * MS_PER_DAY).toISOString().slice(0, 10);
}

function time(bytes: Buffer, scale: number): string {
  const fraction = bytes.readUIntLE(0, bytes.length);
  const perSecond = 10 ** scale;
  return clock(Math.floor(fraction / perSecond), fraction % perSecond, scale);
}

function clock(seconds: number, fraction: number, scale: number): string {
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const text = parts.map((part) => String(part).padStart(2, '0')).join(':');
  return scale === 0 ? text : `${text}.${String(fraction).padStart(scale, '0')}`;
}

/** `smalldatetime` counts minutes, `datetime` three hundredths of a second, which people see as milliseconds. */
function oldDateTime(bytes: Buffer): string {
  if (bytes.length === 4) {
    return `${day(bytes.readUInt16LE(0) - OLD_DAYS_TO_EPOCH)}T${clock(bytes.readUInt16LE(2) * 60, 0, 0)}`;
  }
  const ticks = bytes.readInt32LE(4);
  const ms = Math.round(((ticks % 300) * 10) / 3);
  return `${day(bytes.readInt32LE(0) - OLD_DAYS_TO_EPOCH)}T${clock(Math.floor(ticks / 300), ms, 3)}`;
}

/** Kept at the source in UTC beside its offset; told in local time with the offset, as it was written. */
function dateTimeOffset(bytes: Buffer, scale: number): string {
  const place = bytes.length - 5;
  const perSecond = 10 ** Math.min(scale, MAX_SCALE);
  const units = bytes.readUIntLE(0, place);
  const offset = bytes.readInt16LE(place + 3);
  const utc = bytes.readUIntLE(place, 3) - DAYS_TO_EPOCH;
  const seconds = utc * 86_400 + Math.floor(units / perSecond) + offset * 60;
  const days = Math.floor(seconds / 86_400);
  return `${day(days)}T${clock(seconds - days * 86_400, units % perSecond, scale)}${zone(offset)}`;
}

function zone(minutes: number): string {
  if (minutes === 0) return 'Z';
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `${minutes < 0 ? '-' : '+'}${String(hours).padStart(2, '0')}:${String(rest).padStart(2, '0')}`;
}
