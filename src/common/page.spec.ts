import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DomainError } from './errors/domain-error.js';
import { cutPage, decodeContinuation, decodePlaceInTime, encodeContinuation, PAGE_SIZE } from './page.js';

describe('continuation tokens', () => {
  it('come back as they were made', () => {
    const part = fc.string({ unit: 'binary', maxLength: 100 }).filter((text) => !text.includes('\0'));
    const key = fc.array(part, { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(key, (parts) => {
        expect(decodeContinuation(encodeContinuation(parts))).toEqual(parts);
      }),
    );
  });

  it.each([
    '',
    '%%%',
    'bm8',
    'W10',
    'eyJhIjoxfQ',
    'WzFd',
    encodeContinuation(['a'.repeat(600)]),
    encodeContinuation(['a\0']),
  ])('refuse %j', (text) => {
    expect(() => decodeContinuation(text)).toThrow(DomainError);
  });

  it('are refused, not crashed on, whatever they hold', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        try {
          decodeContinuation(text);
        } catch (error) {
          expect(error).toMatchObject({ code: 'VALIDATION_FAILED' });
        }
      }),
    );
  });

  it('hold moments and ids that the database has a type for', () => {
    const id = '00000000-0000-4000-8000-000000000001';
    const at = new Date('2026-01-01T00:00:00.000Z');
    expect(decodePlaceInTime(encodeContinuation([at.toISOString(), id]))).toEqual({ at, id });
    const years = [
      '0000-12-31T23:59:59.999Z',
      '+010000-01-01T00:00:00.000Z',
      '-000001-01-01T00:00:00.000Z',
      '',
      'soon',
    ];
    for (const key of [...years.map((year) => [year, id]), [at.toISOString(), '17'], [at.toISOString()]]) {
      expect(() => decodePlaceInTime(encodeContinuation(key)), key.join()).toThrow(DomainError);
    }
  });

  it('stand on every page but the last', () => {
    const rows = Array.from({ length: PAGE_SIZE + 1 }, (_, n) => n);
    const page = cutPage(rows, (row) => [String(row)], String);
    expect(page.value).toHaveLength(PAGE_SIZE);
    expect(decodeContinuation(page.continuationToken ?? '')).toEqual([String(PAGE_SIZE - 1)]);
    expect(cutPage(rows.slice(1), (row) => [String(row)], String)).not.toHaveProperty('continuationToken');
  });
});
