import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Filter, FilterValue } from '../../../contract/filter.js';
import type { CatalogColumn } from '../sql/catalog-table.js';
import { compileFilter } from '../sql/filter-sql.js';
import { compile as compileSql, type SqlValue } from '../sql/fragment.js';
import { INTEGER_RANGE, kindOfOid } from './column-kind.js';
import { POSTGRESQL } from './dialect.js';

const column = (name: string, oid: number, castType: string): CatalogColumn => ({
  name,
  typeId: oid,
  range: INTEGER_RANGE.get(oid),
  castType,
  sourceType: castType,
  kind: kindOfOid(oid),
  isArray: false,
  elementKind: 'other',
  nullable: true,
  hasDefault: false,
  readOnly: false,
  keyOrder: undefined,
  maxLength: undefined,
  selectable: true,
  comparable: true,
});
const COLUMNS = new Map([
  ['n', column('n', 23, 'integer')],
  ['s', column('s', 1043, 'character varying')],
  ['o"dd', column('o"dd', 25, 'text')],
  ['t', column('t', 1114, 'timestamp without time zone')],
  ['b', column('b', 17, 'bytea')],
]);
const compile = (filter: Filter): { sql: string; values: readonly SqlValue[] } => {
  const sql = compileFilter(
    filter,
    (name) => {
      const found = COLUMNS.get(name);
      if (!found) throw new Error(`unknown ${name}`);
      return found;
    },
    POSTGRESQL,
  );
  const { text, values } = compileSql(POSTGRESQL.compiler, sql);
  return { sql: text, values };
};
const is = (name: string, operator: 'eq' | 'ne' | 'lt' | 'ge', value: FilterValue): Filter => ({
  kind: 'comparison',
  operator,
  column: name,
  value,
});
const number = (value: string): FilterValue => ({ type: 'number', value });
const NULL: FilterValue = { type: 'null' };
const not = (operand: Filter): Filter => ({ kind: 'not', operand });

describe('compiling a filter', () => {
  it.each<[Filter, string, (string | null)[]]>([
    [is('n', 'eq', number('5')), '"n" = $1::integer', ['5']],
    [not(is('n', 'eq', number('5'))), '"n" IS DISTINCT FROM $1::integer', ['5']],
    [is('n', 'ne', number('5')), '"n" IS DISTINCT FROM $1::integer', ['5']],
    [not(is('n', 'ne', number('5'))), '"n" = $1::integer', ['5']],
    [is('n', 'lt', number('5.5')), '"n" < $1::numeric', ['5.5']],
    [is('n', 'lt', number('2147483648')), '"n" < $1::numeric', ['2147483648']],
    [not(is('n', 'lt', number('5'))), '("n" < $1::integer) IS NOT TRUE', ['5']],
    [is('n', 'eq', NULL), '"n" IS NULL', []],
    [is('n', 'ne', NULL), '"n" IS NOT NULL', []],
    [not(is('n', 'eq', NULL)), '"n" IS NOT NULL', []],
    [not(is('n', 'ne', NULL)), '"n" IS NULL', []],
    [is('n', 'ge', NULL), 'FALSE', []],
    [not(is('n', 'ge', NULL)), 'TRUE', []],
    [
      not({ kind: 'and', operands: [is('n', 'eq', NULL), not(is('s', 'eq', NULL))] }),
      '("n" IS NOT NULL OR "s" IS NULL)',
      [],
    ],
    [{ kind: 'text', function: 'contains', column: 'o"dd', value: '%' }, 'strpos("o""dd"::text, $1::text) > 0', ['%']],
    [{ kind: 'text', function: 'startswith', column: 's', value: 'a_' }, 'starts_with("s"::text, $1::text)', ['a_']],
    [
      not({ kind: 'text', function: 'endswith', column: 's', value: '' }),
      '(right("s"::text, length($1::text)) = $1::text) IS NOT TRUE',
      [''],
    ],
    [
      is('t', 'ge', { type: 'dateTime', value: '2020-01-01T00:00:00Z' }),
      '"t" >= $1::timestamptz',
      ['2020-01-01T00:00:00Z'],
    ],
    [is('b', 'eq', { type: 'string', value: '3q0=' }), '"b" = $1::bytea', ['\\xdead']],
  ])('%j is %s', (filter, sql, values) => {
    expect(compile(filter)).toEqual({ sql, values });
  });

  it('never puts a value into the text', () => {
    const value = fc.string().map((text) => `<<${text}>>`);
    const leaf = value.map((text): Filter => ({ kind: 'text', function: 'contains', column: 's', value: text }));
    const equal = value.map((text) => is('s', 'eq', { type: 'string', value: text }));
    fc.assert(
      fc.property(fc.array(fc.oneof(leaf, equal), { minLength: 1, maxLength: 5 }), (operands) => {
        expect(compile(not({ kind: 'or', operands })).sql).toMatch(/^[\w" ().,:$=<>]*$/);
      }),
    );
  });

  it('refuses filters too large or too deep, though the contract lets none through', () => {
    const wide: Filter = { kind: 'or', operands: Array.from({ length: 500 }, () => is('n', 'eq', NULL)) };
    expect(() => compile(wide)).toThrowError(expect.objectContaining({ code: 'FILTER_INVALID' }));
    let deep = is('n', 'eq', NULL);
    for (let i = 0; i < 50; i += 1) deep = not(deep);
    expect(() => compile(deep)).toThrowError(expect.objectContaining({ code: 'FILTER_INVALID' }));
  });
});
