import { describe, expect, it } from 'vitest';
import { entriesOf, ProxyExceptions } from './proxy-exceptions.js';

describe('places that need no proxy', () => {
  const has = (list: string, host: string, port = 443) => new ProxyExceptions(entriesOf(list)).has(host, port);

  it.each([
    ['a name', 'control.example', 'control.example'],
    ['what is below a name', 'example', 'control.Example'],
    ['with a dot before it', '.example', 'control.example'],
    ['with a star before it', '*.example', 'control.example'],
    ['one of several', 'a.test, b.test c.test', 'c.test'],
    ['an address', '192.0.2.7', '192.0.2.7'],
    ['a block of addresses', '10.0.0.0/8', '10.200.0.1'],
    ['an address of version 6', '2001:db8::1', '2001:db8::1'],
    ['a block of version 6', '2001:db8::/32', '2001:db8:1::2'],
    ['a name on its port', 'control.example:443', 'control.example'],
    ['everything', '*', 'anything.test'],
    ['a name with the root’s dot', 'control.example', 'control.example.'],
  ])('know %s', (_, list, host) => {
    expect(has(list, host)).toBe(true);
  });

  it.each([
    ['another name', 'control.example', 'relay.example'],
    ['a name that only ends alike', 'example', 'evil-example'],
    ['another port', 'control.example:8443', 'control.example'],
    ['an address outside', '10.0.0.0/8', '11.0.0.1'],
    ['a name, whatever its address', '127.0.0.0/8', 'localhost'],
    ['nothing when there is no entry', '', 'control.example'],
  ])('do not know %s', (_, list, host) => {
    expect(has(list, host)).toBe(false);
  });

  it.each(['http://proxy', 'a b', '10.0.0.0/33', 'a/b', '..'])('refuse the entry %s', (entry) => {
    expect(() => new ProxyExceptions([entry])).toThrow(RangeError);
  });
});
