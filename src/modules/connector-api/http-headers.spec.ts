import { describe, expect, it } from 'vitest';
import { callerHeaders, sourceHeaders } from './http-headers.js';
import { pathBelowConnection } from './source-path.js';

describe('headers for the source', () => {
  it('keep order and repeats, in lower case', () => {
    expect(sourceHeaders(['X-B', '1', 'Accept', '*/*', 'x-b', '2'])).toEqual([
      ['x-b', '1'],
      ['accept', '*/*'],
      ['x-b', '2'],
    ]);
  });

  it.each([
    ...['Authorization', 'Host', 'Cookie', 'Connection', 'Transfer-Encoding', 'TE', 'Upgrade', 'Proxy-Authorization'],
    ...['Keep-Alive', 'Expect', 'X-Forwarded-For', 'Forwarded', 'x-ms-client-session-id', 'X-MS-Workflow-Run-Id'],
  ])('leave out %s', (name) => {
    expect(sourceHeaders([name, 'x', 'accept', 'y'])).toEqual([['accept', 'y']]);
  });

  it('leave out what the connection header names', () => {
    expect(sourceHeaders(['Connection', 'close, X-Once', 'X-Once', '1', 'x-kept', '2'])).toEqual([['x-kept', '2']]);
  });

  it.each([
    ['too many', Array.from({ length: 402 }, (_, at) => (at % 2 ? 'v' : `x-${at}`))],
    ['one that is too long', ['x-long', 'v'.repeat(16_385)]],
  ])('are refused when there are %s', (_, raw) => {
    expect(() => sourceHeaders(raw)).toThrow(expect.objectContaining({ code: 'VALIDATION_FAILED' }));
  });
});

describe('headers for the caller', () => {
  it('keep what the source says about its answer', () => {
    const headers = callerHeaders([
      ['Content-Type', 'text/plain'],
      ['Link', '<a>'],
      ['link', '<b>'],
      ['content-length', '3'],
    ]);
    expect([...headers]).toEqual([
      ['content-type', ['text/plain']],
      ['link', ['<a>', '<b>']],
      ['content-length', ['3']],
    ]);
  });

  it.each([
    ...['set-cookie', 'Strict-Transport-Security', 'access-control-allow-origin', 'clear-site-data', 'x-ms-request-id'],
    ...['connection', 'transfer-encoding', 'proxy-authenticate', 'bad name', ''],
  ])('leave out "%s"', (name) => {
    expect(callerHeaders([[name, 'x']]).size).toBe(0);
  });

  it('leave out values that no header may have', () => {
    expect(callerHeaders([['x-a', 'b\r\nset-cookie: c=d']]).size).toBe(0);
  });
});

describe('the path for the source', () => {
  it.each([
    ['/apim/http/id/a/b%2Fc?q=%20&q=+', '/a/b%2Fc?q=%20&q=+'],
    ['/apim/http/id', '/'],
    ['/apim/http/id/', '/'],
    ['/apim/http/id?x=1', '/?x=1'],
    ['/apim/http/id//double/../x', '//double/../x'],
  ])('of %s is %s', (url, path) => {
    expect(pathBelowConnection(url)).toBe(path);
  });

  it.each(['/apim/http/id/a\\b', '/apim/http/id/a#b', '/apim/http/id/ä', '/apim/other/id/a'])('refuses %s', (url) => {
    expect(() => pathBelowConnection(url)).toThrow(expect.objectContaining({ code: 'VALIDATION_FAILED' }));
  });
});
