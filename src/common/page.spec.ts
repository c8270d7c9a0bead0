import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DomainError } from './errors/domain-error.js';
import { cutPage, decodeContinuation, encodeContinuation, PAGE_SIZE } from './page.js';

describe('continuation tokens', () => {
  it('come back as they were made', () => {
    const key = fc.array(fc.string({ unit: 'binary', maxLength: 100 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(key, (parts) => {
        expect(decodeContinuation(encodeContinuation(parts))).toEqual(parts);
      }),
    );
  });

  it.each(['', '%%%', 'bm8', 'W10', 'eyJhIjoxfQ', 'WzFd', encodeContinuation(['a'.repeat(600)])])(
    'refuse %j',
    (text) => {
      expect(() => decodeContinuation(text)).toThrow(DomainError);
    },
  );

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

  it('stand on every page but the last', () => {
    const rows = Array.from({ length: PAGE_SIZE + 1 }, (_, n) => n);
    const page = cutPage(rows, (row) => [String(row)], String);
    expect(page.value).toHaveLength(PAGE_SIZE);
    expect(decodeContinuation(page.continuationToken ?? '')).toEqual([String(PAGE_SIZE - 1)]);
    expect(cutPage(rows.slice(1), (row) => [String(row)], String)).not.toHaveProperty('continuationToken');
  });
});
