import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Filter } from '../../src/contract/filter.js';
import { readCsdl } from '../../src/gateway-agent/connectors/odata/csdl-reader.js';
import { filterText } from '../../src/gateway-agent/connectors/odata/filter-text.js';
import { aggregatedSet } from '../../src/gateway-agent/connectors/odata/aggregated-set.js';
import { findProperty } from '../../src/gateway-agent/connectors/odata/edm-model.js';
import { parseApply } from '../../src/modules/connector-api/odata-apply.js';
import { parseFilter } from '../../src/modules/connector-api/odata-filter.js';
import { evaluators } from '../integration/filter-evaluation.js';

const TYPES = {
  ...{ a: 'Int32', c: 'Int64', b: 'Decimal', f: 'Double', s: 'String', t: 'String', d: 'Date', ts: 'DateTimeOffset' },
  ...{ id: 'Int32', on: 'Boolean', guid: 'Guid', bytes: 'Binary', took: 'Duration', clock: 'TimeOfDay' },
};
const properties = Object.entries(TYPES).map(([name, type]) => `<Property Name="${name}" Type="Edm.${type}"/>`);
const set = readCsdl(
  `<Edmx Version="4.0"><DataServices><Schema Namespace="N"><EnumType Name="E"/>
   <EntityType Name="T"><Key><PropertyRef Name="id"/></Key>${properties.join('')}
   <Property Name="state" Type="N.E"/><Property Name="tags" Type="Collection(Edm.String)"/></EntityType>
   <EntityContainer Name="C"><EntitySet Name="S" EntityType="N.T"/></EntityContainer></Schema></DataServices></Edmx>`,
).find('S')!;
const write = (filter: Filter): string => filterText(filter, (name) => findProperty(set, name));
const compare = (column: string, type: string, value: unknown, operator = 'eq'): Filter =>
  ({ kind: 'comparison', column, operator, value: { type, value } }) as Filter;

/** One parser and one writer that know nothing of one another: what is written is read as what was meant. */
const WRITTEN = Object.keys(evaluators).filter((name) => name !== 'replace');

describe('the filter that an OData service is asked', () => {
  it.each(WRITTEN)('says with %s what the request said', (name) => {
    fc.assert(
      fc.property(evaluators[name]!, ({ text }) => {
        const once = write(parseFilter(text));
        const read = parseFilter(once);
        expect(write(read)).toBe(once);
        // A literal in front is written behind its column: the one form that changes.
        const isTurned = /^(?:\(?-?[\d.]+|now\(\)|\d{4}-)/.test(text);
        if (!isTurned) expect(read).toEqual(parseFilter(text));
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    [compare('state', 'string', "o'n"), "state eq N.E'o''n'"],
    [compare('took', 'string', 'P1DT2H'), "took eq duration'P1DT2H'"],
    [compare('bytes', 'string', '+/8='), "bytes eq binary'-_8'"],
    [compare('clock', 'string', '08:30:00'), 'clock eq 08:30:00'],
    [compare('guid', 'string', '3f2504e0-4f89-11d3-9a0c-0305e82c3301'), 'guid eq 3f2504e0-4f89-11d3-9a0c-0305e82c3301'],
    [compare('b', 'number', '12345678901234567890123456789012345678'), 'b eq 12345678901234567890123456789012345678'],
    [compare('ts', 'date', '2024-02-29'), 'ts eq 2024-02-29T00:00:00Z'],
    [compare('d', 'dateTime', '2024-02-29T00:00:00Z'), 'd eq 2024-02-29'],
    [compare('d', 'dateTime', '2024-02-29T01:00:00+01:00', 'lt'), 'd lt 2024-02-29'],
    [compare('d', 'dateTime', '2024-02-29T10:00:00Z', 'lt'), 'd le 2024-02-29'],
    [compare('d', 'dateTime', '2024-02-29T10:00:00Z', 'ge'), 'd gt 2024-02-29'],
    [compare('s', 'date', '2024-02-29'), "s eq '2024-02-29'"],
  ])('%j', (filter, text) => {
    expect(write(filter)).toBe(text);
  });

  it.each([
    compare('took', 'string', "P1D' or true"),
    compare('clock', 'string', '08:30 or true'),
    compare('guid', 'string', 'x'),
    compare('bytes', 'string', "a'"),
    compare('ts', 'string', 'yesterday'),
    compare('a', 'string', '1 or 1 eq 1'),
    compare('on', 'string', 'true'),
    compare('a', 'boolean', true),
    compare('s', 'number', '1'),
    compare('tags', 'string', 'x'),
    compare('d', 'dateTime', '2024-02-29T10:00:00Z'),
    { kind: 'text', function: 'contains', column: 'a', value: '1' } as const,
  ])('refuses %j', (filter) => {
    expect(() => write(filter)).toThrow(expect.objectContaining({ code: 'FILTER_INVALID' }));
  });

  it.each([
    'groupby((s,d),aggregate(b with sum as total,$count as n,f with average as mean,ts with max as last))',
    "filter(s eq 'it''s' and a gt 3)/groupby((s),aggregate(t with countdistinct as kinds))",
    'aggregate(b with min as least)',
    'groupby((s,on))',
  ])('puts rows together: %s', (text) => {
    const { apply, key } = aggregatedSet(set, parseApply(text));
    expect(apply).toBe(text.replace(/filter\((.*?)\)\//, 'filter(($1))/'));
    expect(parseApply(apply)).toEqual(parseApply(text));
    expect(key.map(({ name }) => name)).toEqual(parseApply(text).groupBy);
  });

  it.each([
    [{ groupBy: ['tags'], aggregates: [] }, 'FILTER_INVALID'],
    [{ groupBy: ['none'], aggregates: [] }, 'COLUMN_UNKNOWN'],
    [{ groupBy: [], aggregates: [] }, 'VALIDATION_FAILED'],
    [{ groupBy: [], aggregates: [{ method: 'sum', column: 's', as: 'x' }] }, 'FILTER_INVALID'],
    [{ groupBy: ['s'], aggregates: [{ method: 'count', as: 's' }] }, 'VALIDATION_FAILED'],
    [{ groupBy: [], aggregates: [{ method: 'count', as: 'x)/filter(true' }] }, 'VALIDATION_FAILED'],
    [{ groupBy: [], aggregates: [{ method: 'sum', as: 'x' }] }, 'VALIDATION_FAILED'],
  ] as const)('refuses to put together %j', (aggregation, code) => {
    expect(() => aggregatedSet(set, structuredClone(aggregation) as never)).toThrow(expect.objectContaining({ code }));
  });

  it('bounds depth and size', () => {
    let deep: Filter = compare('a', 'number', '1');
    for (let depth = 0; depth < 60; depth += 1) deep = { kind: 'not', operand: deep };
    const wide: Filter = { kind: 'or', operands: Array.from({ length: 500 }, () => compare('a', 'number', '1')) };
    for (const filter of [deep, wide])
      expect(() => write(filter)).toThrow(expect.objectContaining({ code: 'FILTER_INVALID' }));
  });
});
