import valueParser from 'tedious/lib/value-parser.js';
import { NotEnoughDataError } from 'tedious/lib/token/helpers.js';
import { TYPES } from 'tedious';
import { describe, expect, it } from 'vitest';
import { readExact, readValuesExactly } from './exact-values.js';

type Metadata = Parameters<typeof valueParser.readValue>[2];

/** A column as the server would announce it. */
function column(name: string, scale?: number): Metadata {
  return { type: { name }, scale } as unknown as Metadata;
}

const read = (name: string, hex: string, scale?: number) =>
  readExact(Buffer.from(hex.replaceAll(' ', ''), 'hex'), 0, column(name, scale), NotEnoughDataError);

/** Length, sign and little-endian digits of decimal(38). */
function decimal38(digits: bigint, isPositive: boolean): string {
  const bytes = Buffer.alloc(16);
  bytes.writeBigUInt64LE(digits & 0xffff_ffff_ffff_ffffn, 0);
  bytes.writeBigUInt64LE(digits >> 64n, 8);
  return `11${isPositive ? '01' : '00'}${bytes.toString('hex')}`;
}

describe('values of SQL Server', () => {
  it.each([
    [
      'DecimalN',
      decimal38(12345678901234567890123456789012345678n, true),
      10,
      '1234567890123456789012345678.9012345678',
    ],
    [
      'NumericN',
      decimal38(99999999999999999999999999999999999999n, false),
      0,
      '-99999999999999999999999999999999999999',
    ],
    ['NumericN', '05 01 05000000', 3, '0.005'],
    ['NumericN', '05 00 00000000', 2, '0.00'],
    ['MoneyN', '08 ffffff7f ffffffff', undefined, '922337203685477.5807'],
    ['Money', 'ffffffff fdffffff', undefined, '-0.0003'],
    ['SmallMoney', '10270000', undefined, '1.0000'],
    ['Date', '03 1f4b0a', undefined, '1847-12-21'],
    ['Date', '03 000000', undefined, '0001-01-01'],
    ['Date', '03 dab937', undefined, '9999-12-31'],
    ['Time', '05 ffbf692ac9', 7, '23:59:59.9999999'],
    ['Time', '03 7f5101', 0, '23:59:59'],
    ['DateTime2', '08 ffbf692ac9 dab937', 7, '9999-12-31T23:59:59.9999999'],
    ['DateTime2', '06 000000 000000', 0, '0001-01-01T00:00:00'],
    ['DateTimeN', '08 ffffffff 01000000', undefined, '1899-12-31T00:00:00.003'],
    ['DateTime', '00000000 ff818b01', undefined, '1900-01-01T23:59:59.997'],
    ['SmallDateTime', '0100 3c00', undefined, '1900-01-02T01:00:00'],
  ])('%s %s is read to its last digit', (name, hex, scale, expected) => {
    expect(read(name, hex, scale)).toEqual({ value: expected, offset: hex.replaceAll(' ', '').length / 2 });
  });

  it('keep the offset that they were written with', () => {
    // 2020-01-01T00:30:00.1234567+01:00, which is 23:30 of the day before in UTC.
    const bytes = Buffer.alloc(11);
    bytes.writeUInt8(10, 0);
    bytes.writeUIntLE(23.5 * 3600 * 1e7 + 1_234_567, 1, 5);
    bytes.writeUIntLE(737_423, 6, 3);
    bytes.writeInt16LE(60, 9);
    expect(read('DateTimeOffset', bytes.toString('hex'), 7)?.value).toBe('2020-01-01T00:30:00.1234567+01:00');
    bytes.writeInt16LE(-330, 9);
    expect(read('DateTimeOffset', bytes.toString('hex'), 7)?.value).toBe('2019-12-31T18:00:00.1234567-05:30');
    bytes.writeInt16LE(0, 9);
    expect(read('DateTimeOffset', bytes.toString('hex'), 7)?.value).toBe('2019-12-31T23:30:00.1234567Z');
  });

  it('are null when they have no length, and wait for bytes that are still under way', () => {
    expect(read('DecimalN', '00', 4)).toEqual({ value: null, offset: 1 });
    expect(() => read('DecimalN', '0501', 4)).toThrow(NotEnoughDataError);
    expect(() => read('Money', '00', 4)).toThrow(NotEnoughDataError);
    expect(read('NVarChar', '0000')).toBeUndefined();
  });

  it('come out of the driver so once it was told; until then it rounds them', async () => {
    const bytes = Buffer.from(decimal38(12345678901234567890123456789012345678n, true), 'hex');
    const options = { useUTC: true } as Parameters<typeof valueParser.readValue>[3];
    const byDriver = () => valueParser.readValue(bytes, 0, column('DecimalN', 10), options).value;
    // Should this fail, the driver reads exactly by itself: then exact-values.ts can go.
    expect(typeof byDriver()).toBe('number');
    await readValuesExactly();
    expect(byDriver()).toBe('1234567890123456789012345678.9012345678');
    await readValuesExactly();
    expect(byDriver()).toBe('1234567890123456789012345678.9012345678');
    const int = { type: TYPES.Int } as unknown as Metadata;
    expect(valueParser.readValue(Buffer.from('2a000000', 'hex'), 0, int, options).value).toBe(42);
  });
});
