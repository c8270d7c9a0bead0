import { BlockList, isIP } from 'node:net';

type Rule = (host: string, port: number) => boolean;

/**
 * Places that are reached without the proxy. Entries as NO_PROXY is commonly read: a name with everything below it, an
 * address, a block of addresses (`10.0.0.0/8`), each with or without a port; `*` for all. Names are compared as they are
 * written: they are not resolved, since a name that only the proxy knows has no address here.
 */
export class ProxyExceptions {
  private readonly rules: readonly Rule[];

  /** @throws RangeError naming an entry that is none */
  constructor(entries: readonly string[]) {
    this.rules = entries.map(ruleOf);
  }

  has(host: string, port: number): boolean {
    const name = host.toLowerCase().replace(/\.$/, '');
    return this.rules.some((rule) => rule(name, port));
  }
}

/** The entries of NO_PROXY, which separates them by commas or spaces. */
export function entriesOf(text: string): string[] {
  return text.split(/[\s,]+/).filter((entry) => entry !== '');
}

function ruleOf(entry: string): Rule {
  const [, place = entry, wanted] = /^(\[[^\]]+\]|[^:]+):(\d{1,5})$/.exec(entry) ?? [];
  const onPort = (port: number) => wanted === undefined || Number(wanted) === port;
  const text = place.replace(/^\[|\]$/g, '').toLowerCase();
  if (text === '*') return (_, port) => onPort(port);
  const block = blockOf(text);
  if (block) return (host, port) => onPort(port) && isIP(host) !== 0 && block.check(host, isIP(host) === 6 ? 'ipv6' : 'ipv4'); // prettier-ignore
  const name = text.replace(/^\*?\./, '');
  if (!/^[a-z0-9_-]+(?:\.[a-z0-9_-]+)*$/.test(name)) throw new RangeError(`${JSON.stringify(entry)} is no host, address or block`); // prettier-ignore
  return (host, port) => onPort(port) && (host === name || host.endsWith(`.${name}`));
}

function blockOf(text: string): BlockList | undefined {
  const [address = '', prefix, ...rest] = text.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return undefined;
  const bits = family === 6 ? 128 : 32;
  const length = prefix === undefined ? bits : Number(prefix);
  if (!/^\d{1,3}$/.test(prefix ?? '0') || length > bits) throw new RangeError(`${JSON.stringify(text)} is no block of addresses`); // prettier-ignore
  const block = new BlockList();
  block.addSubnet(address, length, family === 6 ? 'ipv6' : 'ipv4');
  return block;
}
