import { isIP } from 'node:net';
import { domainToASCII } from 'node:url';
import { readAddress, type PlainAddress } from './address.js';

/** What a connection's host turned out to be. */
export type Host =
  { readonly kind: 'name'; readonly name: string } | { readonly kind: 'address'; readonly address: PlainAddress };

const NAME = /^(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)*$/;
/** What some readers of addresses take for a border or decode: no part of a host. */
const FORBIDDEN = /[\u0000-\u0020\u007f/\\@#?%:[\]<>^|"'`{}]/;
/** A last label of digits, or of a hexadecimal number: resolvers read the whole as an IPv4 address, in many spellings. */
const NUMERIC = /(?:^|\.)(?:\d+|0x[0-9a-f]*)$/;

/**
 * A host in one spelling: lower case, without the dot of the root, international names as they are asked for, and IPv4
 * addresses in decimal, octal or hexadecimal as what they mean. Undefined for what is neither name nor address: nothing
 * is repaired.
 */
export function readHost(given: string): Host | undefined {
  const bare = given.startsWith('[') && given.endsWith(']') ? given.slice(1, -1) : given;
  if (isIP(bare) !== 0) return hostOf(readAddress(bare));
  if (bare !== given || given.length > 255 || FORBIDDEN.test(given)) return undefined;
  const name = domainToASCII(given).toLowerCase().replace(/\.$/, '');
  if (isIP(name) !== 0) return hostOf(readAddress(name));
  if (NUMERIC.test(name)) {
    // The one reading of such numbers that everybody agrees on is the web's.
    const address = URL.canParse(`http://${name}/`) ? new URL(`http://${name}/`).hostname : '';
    return isIP(address) === 0 ? undefined : hostOf(readAddress(address));
  }
  return NAME.test(name) ? { kind: 'name', name } : undefined;
}

function hostOf(address: PlainAddress | undefined): Host | undefined {
  return address && { kind: 'address', address };
}
