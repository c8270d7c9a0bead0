import { describe, expect, it } from 'vitest';
import { MAX_TOP } from '../../contract/operations.js';
import { nextLink, PAGE_ROWS, parseListQuery } from './list-query.js';

const refused = (query: Record<string, unknown>): unknown => {
  try {
    return parseListQuery(query);
  } catch (error) {
    return error;
  }
};

describe('query options', () => {
  it('are a page from the start when there are none', () => {
    expect(parseListQuery({})).toMatchObject({
      isPaged: true,
      end: PAGE_ROWS,
      operation: { name: 'listItems', top: PAGE_ROWS, skip: 0 },
    });
  });

  it('are read, each into its part of the operation', () => {
    const query = {
      $filter: "city eq 'Ulm'",
      $orderby: 'name, order_x0020_date desc,desc asc , asc',
      $select: 'name, order_x0020_date',
      $top: '10',
      $skip: '20',
      $count: 'true',
    };
    expect(parseListQuery(query)).toMatchObject({
      isPaged: false,
      end: 30,
      operation: {
        name: 'listItems',
        filter: { kind: 'comparison', operator: 'eq', column: 'city', value: { type: 'string', value: 'Ulm' } },
        orderBy: [
          { column: 'name', descending: false },
          { column: 'order date', descending: true },
          { column: 'desc', descending: false },
          { column: 'asc', descending: false },
        ],
        select: ['name', 'order date'],
        top: 10,
        skip: 20,
        count: true,
      },
    });
  });

  it('of others, empty ones and a star change nothing', () => {
    const query = {
      'api-version': '2015-09-01',
      foo: ['a', 'b'],
      $orderby: '',
      $filter: ' ',
      $select: '*',
      $count: 'false',
    };
    expect(parseListQuery(query).operation).toEqual({ name: 'listItems', top: PAGE_ROWS, skip: 0 });
  });

  it.each([
    [{ $apply: 'groupby(a)' }, '$apply'],
    [{ $expand: 'x' }, '$expand'],
    [{ $top: '-1' }, '$top'],
    [{ $top: '1.5' }, '$top'],
    [{ $top: '1e3' }, '$top'],
    [{ $top: String(MAX_TOP + 1) }, '$top'],
    [{ $skip: 'x' }, '$skip'],
    [{ $skip: '1', $skiptoken: 'x' }, '$skip'],
    [{ $skiptoken: 'abc' }, '$skiptoken'],
    [{ $skiptoken: '2048' }, '$skiptoken'],
    [{ $skiptoken: '%' }, '$skiptoken'],
    [{ $skiptoken: Buffer.from('{"q":"x"}').toString('base64url') }, '$skiptoken'],
    [{ $count: '1' }, '$count'],
    [{ $top: ['1', '2'] }, '$top'],
    [{ $Top: '1', $top: '1' }, '$top'],
    [{ $orderby: 'a,,b' }, '$orderby'],
    [{ $select: 'a,' }, '$select'],
    [{ $select: 'a'.repeat(257) }, '$select'],
    [{ $orderby: Array.from({ length: 33 }, (_, at) => `c${at}`).join() }, '$orderby'],
  ])('refuses %o', (query, option) => {
    expect(refused(query)).toMatchObject({ code: 'VALIDATION_FAILED', details: { option } });
  });

  it('reads a blank-filled order in little time', () => {
    const started = performance.now();
    parseListQuery({ $orderby: `a${' '.repeat(60_000)}b`.slice(0, 200) });
    refused({ $orderby: `a${' '.repeat(60_000)}b` });
    expect(performance.now() - started).toBeLessThan(100);
  });
});

it('what older members would not understand goes by another name', () => {
  const nameOf = (query: Record<string, string>) => parseListQuery(query).operation.name;
  expect(nameOf({ $filter: "a eq 1 and not contains(b,'x')" })).toBe('listItems');
  expect(nameOf({ $filter: 'a eq 1 or length(b) gt 2' })).toBe('queryItems');
  expect(nameOf({ $filter: 'not (a eq b)' })).toBe('queryItems');
  expect(nameOf({ $apply: 'groupby((a))' })).toBe('queryItems');
});

describe('the next page', () => {
  const path = '/apim/postgresql/c/v2/datasets/default/tables/%5Ba%5D/items?$filter=a%20eq%20%27x+y%27&$skip=100&k=1';
  const asked = { $filter: "a eq 'x y'" };
  const first = parseListQuery({ ...asked, $skip: '100' }, ['c', '[a]']);
  const tokenOf = (link: string) => new URL(link).searchParams.get('$skiptoken') ?? '';

  it('is the same question, gone on with where the member ended', () => {
    const link = nextLink('https://t.example', path, first, { continuation: '["7"]' });
    expect(link).toContain('/tables/%5Ba%5D/items?$filter=a%20eq%20%27x+y%27&k=1&$skiptoken=');
    const next = parseListQuery({ ...asked, $skiptoken: tokenOf(link) }, ['c', '[a]']);
    const { filter } = first.operation;
    expect(next.operation).toMatchObject({ name: 'queryItems', after: '["7"]', skip: 0, filter });
    expect(next.end).toBe(100 + 2 * PAGE_ROWS);
  });

  it('is counted where the member does not say where it ended, and the one after it, too', () => {
    const link = nextLink('https://t.example', path, first, {});
    const next = parseListQuery({ ...asked, $skiptoken: tokenOf(link) }, ['c', '[a]']);
    expect(next.operation).toMatchObject({ name: 'listItems', skip: 100 + PAGE_ROWS });
    const [, query = ''] = link.split('?');
    const third = nextLink('https://t.example', `/items?${query}`, next, {});
    expect(third.match(/skiptoken/g)).toHaveLength(1);
    const last = parseListQuery({ ...asked, $skiptoken: tokenOf(third) }, ['c', '[a]']);
    expect(last.operation.skip).toBe(100 + 2 * PAGE_ROWS);
  });

  it.each([
    ['another filter', { $filter: "a eq 'y'" }, ['c', '[a]']],
    ['another order', { ...asked, $orderby: 'b' }, ['c', '[a]']],
    ['another table', asked, ['c', '[b]']],
    ['another connection', asked, ['d', '[a]']],
  ])('is not one of %s', (_, query, of) => {
    const $skiptoken = tokenOf(nextLink('https://t.example', path, first, { continuation: '["7"]' }));
    const details = expect.objectContaining({ option: '$skiptoken' }) as unknown;
    expect(() => parseListQuery({ ...query, $skiptoken }, of)).toThrow(
      expect.objectContaining({ code: 'VALIDATION_FAILED', details }),
    );
  });
});
