import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DomainError } from '../../common/errors/domain-error.js';
import { aggregationSchema, type Aggregation } from '../../contract/aggregation.js';
import { parseApply } from './odata-apply.js';

const isOver1 = { kind: 'comparison', operator: 'gt', column: 'x', value: { type: 'number', value: '1' } };

function failure(text: string): DomainError {
  try {
    parseApply(text);
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
  throw new Error(`"${text}" was taken for an aggregation`);
}

describe('$apply', () => {
  it.each<[string, unknown]>([
    ['groupby((a,b))', { groupBy: ['a', 'b'], aggregates: [] }],
    ['aggregate($count as n)', { groupBy: [], aggregates: [{ method: 'count', as: 'n' }] }],
    [
      'groupby( (a, order_x0020_date) , aggregate(x with sum as y, $count as n,x with countdistinct as d))',
      {
        groupBy: ['a', 'order date'],
        aggregates: [
          { method: 'sum', column: 'x', as: 'y' },
          { method: 'count', as: 'n' },
          { method: 'countdistinct', column: 'x', as: 'd' },
        ],
      },
    ],
    [
      'filter(x gt 1)/aggregate(x with max as m)',
      { groupBy: [], aggregates: [{ method: 'max', column: 'x', as: 'm' }], filter: isOver1 },
    ],
    [
      "filter(x gt 1)/filter(a eq ')/(''')/groupby((a))",
      {
        groupBy: ['a'],
        aggregates: [],
        filter: {
          kind: 'and',
          operands: [
            isOver1,
            { kind: 'comparison', operator: 'eq', column: 'a', value: { type: 'string', value: ")/('" } },
          ],
        },
      },
    ],
  ])('%s', (text, aggregation) => {
    const parsed: Aggregation = parseApply(text);
    expect(parsed).toEqual(aggregation);
    expect(aggregationSchema.parse(parsed)).toEqual(parsed);
  });

  it.each([
    ['', 0],
    ['filter(x gt 1)', 0],
    ['topcount(1,x)', 0],
    ['compute(x add 1 as y)/groupby((y))', 0],
    ['aggregate(x with median as m)', 10],
    ['aggregate(x with count as m)', 10],
    ['groupby(a)', 8],
    ['groupby((a),aggregate($count as n),(b))', 8],
    ['groupby((a)', 11],
    ['groupby((a)))', 12],
    ["filter(a eq 'x)/groupby((a))", 28],
    ['groupby((a)) or 1', 0],
    ['groupby((a/b))', 9],
  ])('refuses "%s" at %i', (text, position) => {
    expect(failure(text)).toMatchObject({ code: 'VALIDATION_FAILED', details: { option: '$apply', position } });
  });

  it('refuses a bad filter with its place in the whole', () => {
    expect(failure('filter(x gt)/groupby((a))')).toMatchObject({ code: 'FILTER_INVALID', details: { position: 11 } });
    expect(failure('filter(soundex(x) eq 1)/groupby((a))')).toMatchObject({ code: 'FILTER_INVALID' });
  });

  it('refuses anything else with one of the two codes', () => {
    const words = ['filter', 'groupby', 'aggregate', '(', ')', ',', '/', 'a', 'x with sum as y', "'", ' eq 1'];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words), { maxLength: 20 }), (parts) => {
        try {
          aggregationSchema.parse(parseApply(parts.join('')));
        } catch (error) {
          expect((error as DomainError).code).toMatch(/^(VALIDATION_FAILED|FILTER_INVALID)$/);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
