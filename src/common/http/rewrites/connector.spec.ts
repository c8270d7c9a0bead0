import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { rewriteUrl } from './rewrite-url.js';

const base = '/apim/postgresql/c1';

function requested(method: string, url: string, headers: Record<string, string> = {}): IncomingMessage {
  const rawHeaders = Object.entries(headers).flat();
  return { method, url, headers: { ...headers }, rawHeaders } as unknown as IncomingMessage;
}

describe('spellings of connector paths', () => {
  const items = `${base}/v2/datasets/default/tables/orders/items`;
  it.each([
    [`${items}?$top=1`, `${items}?$top=1`],
    [`${base}/datasets/default/tables/orders/items`, items],
    [`${base}/datasets(default)/tables(orders)/items`, items],
    [`${base}/v2/datasets('default')/tables('orders')/items`, items],
    [
      `${base}/datasets(%27default%27)/tables(%27orders%27)/items?$filter=a%20eq%20%27(b)%27`,
      `${items}?$filter=a%20eq%20%27(b)%27`,
    ],
    [`${base}/datasets('default')/tables('orders')/items('7')`, `${items}/7`],
    [`${base}/datasets('default')/tables('orders')/items(7)`, `${items}/7`],
    [`${base}/datasets('default')/tables('orders')/items('O''Hara')`, `${items}/O'Hara`],
    [
      `${base}/datasets('db.corp%2Cwh')/tables('%5Bpublic%5D.%5Ba(b)%5D')/items`,
      `${base}/v2/datasets/db.corp%2Cwh/tables/%5Bpublic%5D.%5Ba(b)%5D/items`,
    ],
    [
      `${base}/datasets('db.corp%252Cwh')/tables('%255Ba%255D')`,
      `${base}/v2/datasets/db.corp%252Cwh/tables/%255Ba%255D`,
    ],
    [
      `${base}/$metadata.json/datasets('default')/tables('orders')?api-version=2015-09-01`,
      `${base}/v2/$metadata.json/datasets/default/tables/orders?api-version=2015-09-01`,
    ],
    [
      `${base}/%24metadata.json/datasets/default/tables/orders/postitem`,
      `${base}/v2/$metadata.json/datasets/default/tables/orders`,
    ],
    [`${base}/datasets(default)/procedures('close')`, `${base}/v2/datasets/default/procedures/close`],
    [`${base}/datasets(default)/query(sql)`, `${base}/v2/datasets/default/query/sql`],
    [`${base}/datasets/default/alltables`, `${base}/v2/datasets/default/tables`],
    [`${base}/v2/datasets('default')/alltables`, `${base}/v2/datasets/default/tables`],
    [`${base}/databases?server=x`, `${base}/v2/databases?server=x`],
    [`${base}/v2/servers`, `${base}/servers`],
    [`${base}/v2/testconnection`, `${base}/testconnection`],
  ])('%s', (url, routed) => {
    expect(decodeURIComponent(rewriteUrl(requested('GET', url)))).toBe(decodeURIComponent(routed));
  });

  it.each([
    '/v1/gateways',
    '/apim/http/c1/datasets(x)/tables(y)',
    '/apim/filesystem/c1/datasets/default/files',
    `${items}/datasets(x)`,
    `${base}/v2/datasets/datasets(x)/tables/tables(y)/items/items(z)`,
    `${base}/v2/datasets/%zz/tables/a`,
    `${base}/v2/datasets(%zz)/tables`,
    `${base}/v2/nothing`,
  ])('leaves %s as it is', (url) => {
    expect(rewriteUrl(requested('GET', url))).toBe(url);
  });
});

describe('the tunnel', () => {
  const tunnel = (headers: Record<string, string>, url = '/invoke') => requested('POST', url, headers);
  const url = `${base}/datasets('default')/tables('t')/items('1')`;
  const good = { 'x-ms-request-method': 'patch', 'x-ms-request-url': url };

  it('becomes the call that it carries, without its own headers', () => {
    const request = tunnel({ ...good, authority: 'a', scheme: 'https', path: '/invoke', authorization: 'Bearer x' });
    expect(rewriteUrl(request)).toBe(`${base}/v2/datasets/default/tables/t/items/1`);
    expect(request.method).toBe('PATCH');
    expect(request.headers).toEqual({ authorization: 'Bearer x' });
    expect(request.rawHeaders).toEqual(['authorization', 'Bearer x']);
  });

  it('of a read without a body has no length', () => {
    const request = tunnel({ ...good, 'x-ms-request-method': 'GET', 'content-length': '0' });
    rewriteUrl(request);
    expect(request.headers).toEqual({});
    const write = tunnel({ ...good, 'content-length': '0' });
    rewriteUrl(write);
    expect(write.headers).toEqual({ 'content-length': '0' });
  });

  it('carries calls of any connector', () => {
    const inner = 'apim/filesystem/c1/datasets/default/folders?a=b';
    const request = tunnel({ ...good, 'x-ms-request-url': inner }, '/invoke?x=1');
    expect(rewriteUrl(request)).toBe(`/${inner}`);
  });

  it.each([
    ['no method', { 'x-ms-request-url': '/apim/http/c1/' }],
    ['two methods', { ...good, 'x-ms-request-method': 'GET, POST' }],
    ['CONNECT', { ...good, 'x-ms-request-method': 'CONNECT' }],
    ['HEAD', { ...good, 'x-ms-request-method': 'HEAD' }],
    ['no address', { 'x-ms-request-method': 'GET' }],
    ['another host', { ...good, 'x-ms-request-url': 'https://elsewhere.example/apim/http/c1/' }],
    ['another host without a scheme', { ...good, 'x-ms-request-url': '//elsewhere.example/apim/http/c1/' }],
    ['another surface', { ...good, 'x-ms-request-url': '/v1/gateways' }],
    ['agents', { ...good, 'x-ms-request-url': '/agent/v1/tokens' }],
    ['the tunnel', { ...good, 'x-ms-request-url': '/invoke' }],
    ['a step up', { ...good, 'x-ms-request-url': '/apim/../v1/gateways' }],
    ['an encoded step up', { ...good, 'x-ms-request-url': '/apim/%2E%2e/v1/gateways' }],
    ['a half encoded step up', { ...good, 'x-ms-request-url': '/apim/http/.%2e/v1' }],
    ['a backslash', { ...good, 'x-ms-request-url': '/apim/..\\v1' }],
    ['a fragment', { ...good, 'x-ms-request-url': '/apim/http#x' }],
    ['a blank', { ...good, 'x-ms-request-url': '/apim/http/c 1' }],
    ['letters beyond ASCII', { ...good, 'x-ms-request-url': '/apim/http/ä' }],
    ['another case', { ...good, 'x-ms-request-url': '/APIM/http/c1' }],
  ])('with %s stays what it is', (_, headers) => {
    const request = tunnel(headers);
    expect(rewriteUrl(request)).toBe('/invoke');
    expect(request.method).toBe('POST');
    expect(request.headers).toEqual(headers);
  });

  it.each([
    ['GET', '/invoke'],
    ['POST', '/invoke/x'],
    ['POST', '/Invoke'],
    ['POST', '/v1/invoke'],
  ])('is not %s %s', (method, other) => {
    expect(rewriteUrl(requested(method, other, good))).toBe(other);
  });
});
