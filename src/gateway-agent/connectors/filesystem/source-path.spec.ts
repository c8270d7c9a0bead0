import { describe, expect, it } from 'vitest';
import { splitPath } from './source-path.js';

describe('a path below the root', () => {
  it.each([
    ['/', []],
    ['/a/b.txt', ['a', 'b.txt']],
    ['a/b/', ['a', 'b']],
    ['/...', ['...']],
    ['/a b/ü', ['a b', 'ü']],
  ])('%j is %j on every platform but where dots end a name', (path, names) => {
    expect(splitPath(path, 'linux')).toEqual(names);
  });

  it.each([
    '..',
    '/..',
    '/a/../b',
    '/.',
    '//host/share',
    '\\\\host\\share',
    '/a\\b',
    'C:/x',
    '/c:',
    '/a\0',
    '/a//b',
    '//server/share/x',
    '\\\\?\\C:\\x',
    '\\\\.\\pipe\\x',
    '/\\server\\share',
    '/a/\\\\server\\share',
    'file:///etc/passwd',
    'file://server/share',
    '/??/C:\\x',
    '/a/../../b',
    `/${'ü'.repeat(128)}`,
  ])('%j is refused on every platform', (path) => {
    for (const platform of ['linux', 'darwin', 'win32'] as const) {
      expect(() => splitPath(path, platform)).toThrowError(expect.objectContaining({ code: 'PATH_FORBIDDEN' }));
    }
  });

  it.each([
    '/file.txt:stream',
    '/a/C:',
    '/CON',
    '/nul.txt',
    '/Com1',
    '/lpt³.log',
    '/CONOUT$',
    '/a.',
    '/a ',
    '/a*',
    '/a\x1f',
    '/x/aux.h',
    'file:/etc/passwd',
    '/a.txt::$DATA',
    '/sub:$I30:$INDEX_ALLOCATION/x',
    '/com¹.txt',
    '/PRN .txt',
    '/aux.',
    '/a?b',
    '/a|b',
    '/a"b',
    '/...',
  ])('%j is refused on Windows', (path) => {
    expect(() => splitPath(path, 'win32')).toThrowError(expect.objectContaining({ code: 'PATH_FORBIDDEN' }));
  });

  it('may hold a colon where that is an ordinary character', () => {
    expect(splitPath('/at 10:30.txt', 'linux')).toEqual(['at 10:30.txt']);
  });
});
