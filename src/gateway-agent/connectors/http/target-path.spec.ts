import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinPath } from './target-path.js';

describe("a path below the connection's address", () => {
  it.each([
    ['http://h/api/', '/x', '/api/x'],
    ['http://h/api', '/', '/api/'],
    ['http://h', '/x?a=//b&c=..', '/x?a=//b&c=..'],
    ['http://h/a%20b?ignored=1#too', '/x', '/a%20b/x'],
    ['http://h/api', '/a..b/...', '/api/a..b/...'],
    ['http://h/api', '/@evil.example', '/api/@evil.example'],
    ['http://h/api', '/%zz', '/api/%zz'],
  ])('%s with %s is %s', (base, path, expected) => {
    expect(joinPath(base, path)).toEqual({ origin: new URL(base).origin, path: expected });
  });

  it('stays below it, whatever is asked', () => {
    const piece = fc.constantFrom(
      '/',
      '.',
      '..',
      '%2e',
      '%2E',
      '%252e',
      '%2f',
      '%5c',
      '\\',
      '//',
      ';',
      '?',
      '#',
      '@',
      ':',
      'evil.example',
      'a',
      ' ',
      '\t',
      '%c0%ae',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        let place: { origin: string; path: string };
        try {
          place = joinPath('http://h.example/base/path', `/${pieces.join('')}`);
        } catch (error) {
          expect(error).toMatchObject({ code: 'PATH_FORBIDDEN' });
          return;
        }
        let path = place.path.split('?')[0] ?? '';
        for (let round = 0; round < 3; round += 1) {
          const url = new URL(place.origin + path);
          expect(url.host).toBe('h.example');
          expect(url.pathname).toMatch(/^\/base\/path\//);
          path = decodeURIComponent(path.replaceAll(/%(?![0-9a-f]{2})|%c0%ae/gi, 'x'));
        }
      }),
      { numRuns: 3000 },
    );
  });
});
