import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitKey } from '../sql/item-key.js';
import { TableCache } from '../sql/table-cache.js';
import { formatTableName, tableNameCandidates } from '../sql/table-name.js';
import { formatArrayLiteral, parseArrayLiteral, type ArrayElement } from './array-literal.js';
import { scrub } from './database-failure.js';
import { writerOfOid } from './json-value.js';
import { parameterText } from './parameter-text.js';

describe('array literals', () => {
  it('round-trip', () => {
    const { element } = fc.letrec<{ element: ArrayElement }>((tie) => ({
      element: fc.oneof({ maxDepth: 4 }, fc.string(), fc.constant(null), fc.array(tie('element'), { maxLength: 4 })),
    }));
    fc.assert(
      fc.property(fc.array(element, { maxLength: 5 }), (elements) => {
        expect(parseArrayLiteral(formatArrayLiteral(elements))).toEqual(elements);
      }),
    );
  });

  it.each(['', '{', '{1', '{1,', '{"a', '1,2', '{1}x', '{{{{{{{1}}}}}}}'])('%j is none', (text) => {
    expect(parseArrayLiteral(text)).toBeUndefined();
  });

  it('with bounds are read, too', () => {
    expect(parseArrayLiteral('[0:1]={1,NULL}')).toEqual(['1', null]);
  });
});

describe('JSON values', () => {
  it.each([
    [20, '9223372036854775807', '9223372036854775807'],
    [1700, '12345678901234567890123456789012345678', '12345678901234567890123456789012345678'],
    [1700, 'NaN', 'null'],
    [701, '-Infinity', 'null'],
    [701, '1e-07', '1e-07'],
    [16, 't', 'true'],
    [1082, '2020-01-02', '"2020-01-02"'],
    [1082, '0001-01-01 BC', '"0000-01-01"'],
    [1082, '12345-01-01', '"+012345-01-01"'],
    [1082, 'infinity', 'null'],
    [1114, '2020-01-02 03:04:05.6', '"2020-01-02T03:04:05.6"'],
    [1184, '2020-01-02 03:04:05+00', '"2020-01-02T03:04:05Z"'],
    [1184, '2020-01-02 03:04:05-03', '"2020-01-02T03:04:05-03:00"'],
    [25, 'a"\n\u2028', JSON.stringify('a"\n\u2028')],
    [3802, '{"a": 1}', '{"a": 1}'],
    [17, '\\x00ff', '"AP8="'],
    [1231, '{1.50,NULL,NaN}', '[1.50,null,null]'],
    [1007, '{{1,2},{3,4}}', '[[1,2],[3,4]]'],
    [3807, '{"{\\"a\\": 1}"}', '[{"a": 1}]'],
    [600, '(1,2)', '"(1,2)"'],
  ])('of type %i: %s is %s', (oid, text, json) => {
    expect(writerOfOid(oid)(text)).toBe(json);
    expect(() => JSON.parse(json) as unknown).not.toThrow();
  });

  it.each([
    [{ kind: 'json', isArray: false }, 'text', '"text"'],
    [{ kind: 'json', isArray: false }, [1], '[1]'],
    [{ kind: 'integer', isArray: false }, {}, undefined],
    [{ kind: 'integer', isArray: true }, 5, undefined],
    [{ kind: 'integer', isArray: true }, [1, [2]], '{"1",{"2"}}'],
    [{ kind: 'binary', isArray: false }, 'not base64', undefined],
    [{ kind: 'boolean', isArray: false }, false, 'false'],
  ] as const)('for %j, %j goes in as %j', (shape, value, expected) => {
    expect(parameterText(value as never, { ...shape, elementKind: shape.kind })).toBe(expected);
  });
});

describe('table names', () => {
  it('are found again by the name they are listed under', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), (schema, table) => {
        expect(tableNameCandidates(formatTableName(schema, table))).toEqual([{ schema, table }]);
      }),
    );
  });

  it('with dots mean a schema first, then themselves, and few things in all', () => {
    expect(tableNameCandidates('a.b')).toEqual([
      { schema: 'a', table: 'b' },
      { schema: undefined, table: 'a.b' },
    ]);
    expect(tableNameCandidates('[t]')).toEqual([{ schema: undefined, table: 't' }]);
    expect(tableNameCandidates('.'.repeat(200)).length).toBeLessThan(10);
  });
});

describe('keys', () => {
  it('of several columns are split at plain commas', () => {
    expect(splitKey('a\\,b,c\\\\,d', 3)).toEqual(['a,b', 'c\\', 'd']);
    expect(splitKey('a,b', 1)).toEqual(['a,b']);
    expect(splitKey('a\\', 2)).toEqual(['a']);
  });
});

describe("the source's messages", () => {
  it.each([
    ['22P02', 'invalid input syntax for type integer: "hunter2"'],
    ['22003', 'value "hunter2" is out of range for type integer'],
    ['42601', `syntax error at or near "'hunter2'"`],
    ['P0001', "wrong: 'hunter2"],
    ['22P02', 'malformed array literal: "{hunter2"'],
  ])('%s lose their values', (sqlstate, message) => {
    expect(scrub(message, sqlstate)).not.toContain('hunter2');
  });

  it('keep names', () => {
    expect(scrub('column "nope" does not exist', '42703')).toBe('column "nope" does not exist');
  });
});

describe('the memory of tables', () => {
  it('forgets after half a minute, and the least used of too many', () => {
    let now = 0;
    const cache = new TableCache(() => now);
    const table = { schema: 's', name: 't', columns: [], key: [] };
    for (let i = 0; i < 501; i += 1) {
      cache.keep(String(i), table);
      cache.find('0');
    }
    expect([cache.find('0'), cache.find('1'), cache.find('500')]).toEqual([table, undefined, table]);
    now = 30_001;
    expect(cache.find('0')).toBeUndefined();
  });
});
