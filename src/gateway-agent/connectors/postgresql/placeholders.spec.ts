import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bindPlaceholders } from './placeholders.js';
import { scanSql } from './sql-scanner.js';

const values = { a: 1, b: 'two', naïve: 3 };
const textOf = (query: string): string => bindPlaceholders(query, values).text;

describe('placeholders', () => {
  it.each([
    ['SELECT @a', 'SELECT $1'],
    ['SELECT @a, @b, @a', 'SELECT $1, $2, $1'],
    ['x=@a AND y<>@b', 'x=$1 AND y<>$2'],
    ['x>=@a::int', 'x>=$1::int'],
    ["'a'||@b", "'a'||$1"],
    ['(@naïve)', '($1)'],
    ['-@a', '-$1'],
    ['f(@a,@b)', 'f($1,$2)'],
    ['x=@a--@b', 'x=$1--@b'],
    ['x=--@b\n@a', 'x=--@b\n$1'],
    ['x=/*@b*/@a', 'x=/*@b*/$1'],
  ])('%s becomes %s', (query, expected) => {
    expect(textOf(query)).toBe(expected);
  });

  it.each([
    "'@a'",
    "'it''s @a'",
    "E'\\'@a'",
    "e'\\\\\\'@a'",
    "E'x'\n  '\\'@a'",
    "E'x' -- note\n '\\' @a'",
    "B'@a'",
    "N'@a'",
    "U&'\\0041 @a'",
    '"@a"',
    '"x""@a"',
    'U&"@a"',
    '$$@a$$',
    '$t$ @a $$ @a $t$',
    '$_1$@a$_1$',
    '$é$@a$é$',
    '-- @a',
    '-- @a\r',
    '/* @a */',
    '/* /* @a */ @a */',
    "'unended @a",
    '/* unended @a',
    '"unended @a',
    '$$unended @a',
    'x @> y',
    'x <@ y',
    'x @@ y',
    '@ -5',
    '@(x)',
    '@-5',
    'x @? y',
  ])('leaves %j as it is', (query) => {
    expect(textOf(query)).toBe(query);
    expect(bindPlaceholders(query, values).values).toEqual([]);
  });

  it.each([
    ["'x\\' @a", "'x\\' $1"],
    ["'x'\n'@b' @a", "'x'\n'@b' $1"],
    ['x$$ @a', 'x$$ $1'],
    ['a$b$ @a $b$', 'a$b$ $1 $b$'],
    ["E'a\\\\' @a", "E'a\\\\' $1"],
    ["te'x' @a", "te'x' $1"],
    ['/* /* */ */ @a', '/* /* */ */ $1'],
    ['1e5@a', '1e5$1'],
  ])('knows where %j ends', (query, expected) => {
    expect(textOf(query)).toBe(expected);
  });

  it.each(['SELECT @missing', 'SELECT $1', 'SELECT x<@a', 'SELECT x@@b', 'a\0b'])('refuses %j', (query) => {
    expect(() => textOf(query)).toThrowError(expect.objectContaining({ code: 'VALIDATION_FAILED' }));
  });

  it('never puts a value into the text', () => {
    fc.assert(
      fc.property(fc.string(), fc.string({ unit: fc.constantFrom(...'\'"$@-/*\\Eab \n') }), (value, query) => {
        try {
          const secret = `<<${value}>>`;
          expect(bindPlaceholders(query, { a: secret, b: secret }).text).not.toContain(secret);
        } catch (error) {
          expect(error).toMatchObject({ code: 'VALIDATION_FAILED' });
        }
      }),
    );
  });

  it('loses no character of a statement', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'\'"$@-/*\\Eab1 \n<>=') }), (query) => {
        expect([...scanSql(query)].map((token) => token.text).join('')).toBe(query);
      }),
    );
  });

  it('binds lists as arrays and objects as JSON', () => {
    const bound = bindPlaceholders('@l @o @n @t @m', { l: [1, 'a"', null], o: { x: [1] }, n: null, t: true, m: [[1]] });
    expect(bound.values).toEqual(['{"1","a\\"",NULL}', '{"x":[1]}', null, 'true', '[[1]]']);
  });
});
