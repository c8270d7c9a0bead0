import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DomainError } from '../../common/errors/domain-error.js';
import {
  COMPARISON_OPERATORS,
  filterSchema,
  MAX_FILTER_DEPTH,
  MAX_FILTER_LENGTH,
  TEXT_FUNCTIONS,
  type Filter,
  type FilterValue,
} from '../../contract/filter.js';
import { parseFilter } from './odata-filter.js';

const compare = (column: string, operator: string, value: FilterValue): unknown => ({
  kind: 'comparison',
  operator,
  column,
  value,
});
const number = (value: string): FilterValue => ({ type: 'number', value });
const isOne = (column: string): unknown => compare(column, 'eq', number('1'));

function failure(text: string): DomainError {
  try {
    parseFilter(text);
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
  throw new Error(`"${text.slice(0, 80)}" was taken for a filter`);
}

describe('literals', () => {
  it.each<[string, FilterValue]>([
    ['null', { type: 'null' }],
    ['true', { type: 'boolean', value: true }],
    ['false', { type: 'boolean', value: false }],
    ['-12.50', number('-12.50')],
    ['1e-3', number('1e-3')],
    ['12345678901234567890123456789012345678', number('12345678901234567890123456789012345678')],
    ["''", { type: 'string', value: '' }],
    ["'O''Hara says ''no'''", { type: 'string', value: "O'Hara says 'no'" }],
    ["'a and (b eq 1'", { type: 'string', value: 'a and (b eq 1' }],
    ["'; drop table orders --'", { type: 'string', value: '; drop table orders --' }],
    ['2026-02-28', { type: 'date', value: '2026-02-28' }],
    ['2026-02-28T10:20:30Z', { type: 'dateTime', value: '2026-02-28T10:20:30Z' }],
    ['2026-02-28T10:20:30.123456+02:00', { type: 'dateTime', value: '2026-02-28T10:20:30.123456+02:00' }],
    ['2026-02-28T10:20:30', { type: 'dateTime', value: '2026-02-28T10:20:30Z' }],
    ['0a1b2c3d-1111-2222-3333-0123456789ab', { type: 'guid', value: '0a1b2c3d-1111-2222-3333-0123456789ab' }],
    ['10000000-1111-2222-3333-0123456789ab', { type: 'guid', value: '10000000-1111-2222-3333-0123456789ab' }],
  ])('%s', (text, value) => {
    expect(parseFilter(`c eq ${text}`)).toEqual(compare('c', 'eq', value));
  });

  it.each(['2026-02-30', '2026-13-01T00:00:00Z', '2026-02-28T25:00:00Z', '1'.repeat(101)])('%s is refused', (text) => {
    expect(failure(`c eq ${text}`).details).toMatchObject({ position: 5 });
  });
});

const FUNCTIONS =
  'one of the functions contains, startswith, endswith, substringof, round, floor, ceiling, length, indexof, substring, ' +
  'replace, tolower, toupper, trim, concat, year, month, day, hour, minute, second, date, now';
const ref = (column: string) => ({ kind: 'column', column });
const lit = (value: FilterValue) => ({ kind: 'value', value });
const call = (name: string, ...operands: unknown[]) => ({ kind: 'call', function: name, operands });

describe('expressions', () => {
  it.each<[string, unknown]>([
    ['a eq b', { kind: 'compare', operator: 'eq', left: ref('a'), right: ref('b') }],
    [
      'a add 1 mul b gt 2',
      {
        kind: 'compare',
        operator: 'gt',
        left: call('add', ref('a'), call('mul', lit(number('1')), ref('b'))),
        right: lit(number('2')),
      },
    ],
    [
      '(a sub 1) sub b le -c',
      {
        kind: 'compare',
        operator: 'le',
        left: call('sub', call('sub', ref('a'), lit(number('1'))), ref('b')),
        right: call('negate', ref('c')),
      },
    ],
    [
      'a sub 1 sub 1 eq 0',
      {
        kind: 'compare',
        operator: 'eq',
        left: call('sub', call('sub', ref('a'), lit(number('1'))), lit(number('1'))),
        right: lit(number('0')),
      },
    ],
    [
      "startswith(tolower(name), concat('a', b)) eq false",
      {
        kind: 'not',
        operand: {
          kind: 'test',
          function: 'startswith',
          subject: call('tolower', ref('name')),
          value: call('concat', lit({ type: 'string', value: 'a' }), ref('b')),
        },
      },
    ],
    [
      "contains('x',a)",
      { kind: 'test', function: 'contains', subject: lit({ type: 'string', value: 'x' }), value: ref('a') },
    ],
    ['at lt now()', { kind: 'compare', operator: 'lt', left: ref('at'), right: call('now') }],
    ['add eq 1', isOne('add')],
    [
      'date(at) eq null',
      { kind: 'compare', operator: 'eq', left: call('date', ref('at')), right: lit({ type: 'null' }) },
    ],
  ])('%s', (text, filter) => {
    const parsed = parseFilter(text);
    expect(parsed).toEqual(filter);
    expect(filterSchema.parse(parsed)).toEqual(parsed);
  });

  it('count as deep as they nest', () => {
    const nested = (depth: number) => `${'-('.repeat(depth)}a${')'.repeat(depth)} eq 1`;
    expect(() => parseFilter(nested(MAX_FILTER_DEPTH - 1))).not.toThrow();
    expect(failure(nested(MAX_FILTER_DEPTH)).code).toBe('FILTER_INVALID');
    expect(failure(nested(2_000)).code).toBe('FILTER_INVALID');
  });
});

describe('the grammar', () => {
  it.each<[string, unknown]>([
    ['5 lt price', compare('price', 'gt', number('5'))],
    ["contains(name,'x')", { kind: 'text', function: 'contains', column: 'name', value: 'x' }],
    ["startswith( name , 'x' )", { kind: 'text', function: 'startswith', column: 'name', value: 'x' }],
    ["endswith(name,'x') eq true", { kind: 'text', function: 'endswith', column: 'name', value: 'x' }],
    ["substringof('x',name)", { kind: 'text', function: 'contains', column: 'name', value: 'x' }],
    [
      "substringof('x',name) eq false",
      { kind: 'not', operand: { kind: 'text', function: 'contains', column: 'name', value: 'x' } },
    ],
    ['not(a eq 1)', { kind: 'not', operand: isOne('a') }],
    ['not not a eq 1', { kind: 'not', operand: { kind: 'not', operand: isOne('a') } }],
    ['((a eq 1))', isOne('a')],
    [
      'a eq 1 or b eq 1 and c eq 1',
      { kind: 'or', operands: [isOne('a'), { kind: 'and', operands: [isOne('b'), isOne('c')] }] },
    ],
    [
      '(a eq 1 or b eq 1) and c eq 1',
      { kind: 'and', operands: [{ kind: 'or', operands: [isOne('a'), isOne('b')] }, isOne('c')] },
    ],
    ['a eq 1 and b eq 1 and c eq 1', { kind: 'and', operands: [isOne('a'), isOne('b'), isOne('c')] }],
    ['not eq 1', isOne('not')],
    ['contains eq 1', isOne('contains')],
    ['Größe eq 1', isOne('Größe')],
    ['order_x0020_id eq 1', isOne('order id')],
    ['a_x002e_b_x0022_c eq 1', isOne('a.b"c')],
    ['_x005f_x0020_ eq 1', isOne('_x0020_')],
  ])('%s', (text, filter) => {
    expect(parseFilter(text)).toEqual(filter);
  });

  it.each([
    ['', 0, 'the name of a column'],
    ['name', 4, 'one of the operators eq, ne, lt, le, gt, ge'],
    ['name like 1', 5, 'one of the operators eq, ne, lt, le, gt, ge'],
    ['name eq', 7, 'the name of a column'],
    ['a eq 1 b', 7, 'and, or, or the end'],
    ['(a eq 1', 7, 'a closing parenthesis, and, or or'],
    ['a eq 1)', 6, 'and, or, or the end'],
    ["a eq 'x", 5, 'a closing quote'],
    ['1 eq 1', 5, 'a column'],
    ['a eq 1; drop', 6, 'a column, a literal or a parenthesis'],
    ['soundex(a) eq 1', 0, FUNCTIONS],
    ['time(a) eq 1', 0, FUNCTIONS],
    ['negate(a) eq 1', 0, FUNCTIONS],
    ['length(a,b) eq 1', 8, 'a closing parenthesis'],
    ['substring(a) eq 1', 11, 'a comma'],
    ['now(a) gt b', 4, 'a closing parenthesis'],
    ['a add 1', 7, 'one of the operators eq, ne, lt, le, gt, ge'],
    ['a eq 1 add', 10, 'the name of a column'],
    ['(a eq 1) add 2 eq 3', 9, 'and, or, or the end'],
    ['a eq (b eq 1)', 5, 'a column or a literal'],
    ["length(contains(a,'x')) eq 1", 7, 'a column or a literal'],
    ['a and b eq 1', 2, 'one of the operators eq, ne, lt, le, gt, ge'],
    ['contains(a,1)', 11, 'a text in quotes of at most 8192 characters'],
    ["contains(a,'x') eq 1", 19, 'true or false'],
    ['{"a":1}', 0, 'a column, a literal or a parenthesis'],
    ['a eq 2026-01-01x', 5, 'a column, a literal or a parenthesis'],
    [`${'x'.repeat(257)} eq 1`, 0, 'the name of a column'],
  ])('refuses "%s" at %i', (text, position, expected) => {
    expect(failure(text)).toMatchObject({ code: 'FILTER_INVALID', status: 400, details: { position, expected } });
  });
});

describe('limits', () => {
  it('takes a search over many ids, and refuses one over more', () => {
    const ids = (count: number): string => Array.from({ length: count }, (_, id) => `id eq ${id}`).join(' or ');
    expect(parseFilter(ids(499))).toMatchObject({ kind: 'or' });
    expect(failure(ids(500)).details).toMatchObject({ expected: 'at most 500 conditions and operators' });
  });

  it('takes a long chain in which a client put every pair in parentheses', () => {
    const chain = '('.repeat(300) + 'id eq 0' + Array.from({ length: 300 }, () => ' or id eq 1)').join('');
    expect(parseFilter(chain)).toMatchObject({ kind: 'or', operands: { length: 301 } });
  });

  it.each([
    ['parentheses', (depth: number) => '('.repeat(depth) + 'a eq 1' + ')'.repeat(depth)],
    ['negations', (depth: number) => 'not '.repeat(depth) + 'a eq 1'],
    ['chains', (depth: number) => '('.repeat(3 * depth) + 'a eq 1' + ' or a eq 1)'.repeat(3 * depth)],
    ['groups', (depth: number) => 'a eq 1 and (b eq 1 or '.repeat(depth) + 'c eq 1' + ')'.repeat(depth)],
  ])('refuses %s that nest too deep', (_, nested) => {
    expect(() => parseFilter(nested(3))).not.toThrow();
    expect(failure(nested(600)).code).toBe('FILTER_INVALID');
    expect(failure(nested(1_400)).code).toBe('FILTER_INVALID');
  });

  it('refuses 3 MB at once, whatever they are', () => {
    const started = performance.now();
    for (const text of ['(', "'", 'a', '{"a":', 'a eq 1 or ', "''", '9']) {
      expect(failure(text.repeat(3_000_000 / text.length)).details).toMatchObject({ position: MAX_FILTER_LENGTH });
    }
    expect(performance.now() - started).toBeLessThan(500);
  });

  it('reads the worst texts of full length in little time', () => {
    const started = performance.now();
    for (const text of ['(', "'", "''", 'a', '9', '9.', '-', ' ', "contains(a,'", 'not ', '_x0020']) {
      failure(text.repeat(MAX_FILTER_LENGTH / text.length));
    }
    expect(performance.now() - started).toBeLessThan(500);
  });
});

const column = fc.string({ unit: 'binary', minLength: 1, maxLength: 12 });
const text = fc.string({ unit: 'binary', maxLength: 20 });
const digits = fc.stringMatching(/^-?\d{1,20}(\.\d{1,10})?$/);
const value: fc.Arbitrary<FilterValue> = fc.oneof(
  fc.constant<FilterValue>({ type: 'null' }),
  fc.boolean().map((each): FilterValue => ({ type: 'boolean', value: each })),
  digits.map(number),
  text.map((each): FilterValue => ({ type: 'string', value: each })),
  fc
    .date({ min: new Date('1000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
    .chain((date) =>
      fc.constantFrom<FilterValue>(
        { type: 'dateTime', value: date.toISOString() },
        { type: 'date', value: date.toISOString().slice(0, 10) },
      ),
    ),
  fc.uuid().map((each): FilterValue => ({ type: 'guid', value: each })),
);
const { filter } = fc.letrec<{ filter: Filter }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'filter' },
    fc.record({
      kind: fc.constant('comparison' as const),
      operator: fc.constantFrom(...COMPARISON_OPERATORS),
      column,
      value,
    }),
    fc.record({
      kind: fc.constant('text' as const),
      function: fc.constantFrom(...TEXT_FUNCTIONS),
      column,
      value: text,
    }),
    fc.record({ kind: fc.constant('not' as const), operand: tie('filter') }),
    fc.record({
      kind: fc.constantFrom('and' as const, 'or' as const),
      operands: fc.array(tie('filter'), { minLength: 2, maxLength: 4 }),
    }),
  ),
}));

/** A chain of one operator is one node, however it was put in parentheses. */
function flat(each: Filter): Filter {
  if (each.kind === 'not') return { ...each, operand: flat(each.operand) };
  if (each.kind !== 'and' && each.kind !== 'or') return each;
  const operands = each.operands.map(flat).flatMap((one) => (one.kind === each.kind ? one.operands : [one]));
  return { ...each, operands };
}

/** Writes a tree as a client would, every character of a column's name escaped. */
function print(each: Filter): string {
  switch (each.kind) {
    case 'not':
      return `not (${print(each.operand)})`;
    case 'text':
      return `${each.function}(${name(each.column)},${literal({ type: 'string', value: each.value })})`;
    case 'comparison':
      return `${name(each.column)} ${each.operator} ${literal(each.value)}`;
    case 'compare':
    case 'test':
      throw new Error('not among the trees of this test');
    default:
      return each.operands.map((operand) => `(${print(operand)})`).join(` ${each.kind} `);
  }
}

function name(characters: string): string {
  return characters.replace(/[^]/g, (each) => `_x${each.charCodeAt(0).toString(16).padStart(4, '0')}_`);
}

function literal(each: FilterValue): string {
  if (each.type === 'null') return 'null';
  return each.type === 'string' ? `'${each.value.replaceAll("'", "''")}'` : String(each.value);
}

describe('any filter', () => {
  it('that is printed is read back as it was', () => {
    fc.assert(
      fc.property(filter, (tree) => {
        expect(parseFilter(print(tree))).toEqual(flat(tree));
      }),
      { numRuns: 500 },
    );
  });

  it('is a tree of the contract, no deeper than it allows, or refused with FILTER_INVALID', () => {
    const word = fc.constantFrom(
      ...[
        'a',
        'b',
        'eq',
        'ne',
        'and',
        'or',
        'not',
        '(',
        ')',
        ',',
        "'x'",
        "'",
        '1',
        '-',
        'null',
        'true',
        'contains',
        'substringof',
      ],
      ...['2026-01-01', '2026-01-01T00:00:00Z', ' ', '_x0000_', '/', '{', '%', '\u0000', '9e999'],
    );
    const anything = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.array(word, { maxLength: 60 }).map((words) => words.join(' ')),
    );
    fc.assert(
      fc.property(anything, (input) => {
        let tree: Filter;
        try {
          tree = parseFilter(input);
        } catch (error) {
          expect(error).toBeInstanceOf(DomainError);
          expect((error as DomainError).code).toBe('FILTER_INVALID');
          return;
        }
        expect(filterSchema.parse(tree)).toEqual(tree);
        expect(depthOf(tree)).toBeLessThanOrEqual(MAX_FILTER_DEPTH);
      }),
      { numRuns: 3000 },
    );
  });

  it('never nests deeper than the contract allows', () => {
    for (let depth = 1; depth < 80; depth++) {
      const nested = 'a eq 1 or b eq 1 and not ('.repeat(depth) + 'c eq 1' + ')'.repeat(depth);
      try {
        expect(depthOf(parseFilter(nested))).toBeLessThanOrEqual(MAX_FILTER_DEPTH);
      } catch (error) {
        expect(error).toMatchObject({ code: 'FILTER_INVALID' });
        expect(depth).toBeGreaterThan(15);
      }
    }
  });
});

function depthOf(each: Filter): number {
  if (each.kind === 'not') return 1 + depthOf(each.operand);
  return each.kind === 'and' || each.kind === 'or' ? 1 + Math.max(...each.operands.map(depthOf)) : 1;
}
