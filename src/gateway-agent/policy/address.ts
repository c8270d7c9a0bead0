import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;
type Network = readonly [Address, number];

/**
 * Addresses that lead back to this machine, to its neighbours without a router, or to what clouds tell their virtual
 * machines (keys among it). Nobody has a data source there by accident.
 */
const GUARDED: readonly Network[] = [
  '0.0.0.0/8',
  '127.0.0.0/8',
  '169.254.0.0/16',
  // Metadata of Alibaba, Oracle and Azure outside the link-local range.
  '100.100.100.200/32',
  '192.0.0.192/32',
  '168.63.129.16/32',
  '224.0.0.0/4',
  '240.0.0.0/4',
  '::/128',
  '::1/128',
  'fe80::/10',
  'fec0::/10',
  'ff00::/8',
  // Metadata of AWS and Google over IPv6.
  'fd00:ec2::/32',
  'fd20:ce::254/128',
].map((text) => ipaddr.parseCIDR(text));

/** An address as it will be connected to. */
export interface PlainAddress {
  /** In one spelling; an IPv4 address that was wrapped for an IPv6 socket is unwrapped. */
  readonly text: string;
  /** The address, and the IPv4 address that a translator on the way would make of it. */
  readonly meanings: readonly Address[];
}

/** Undefined for what is no address in its usual spelling. A zone id is taken for link-local addresses only. */
export function readAddress(text: string): PlainAddress | undefined {
  // Some spellings that sockets take are no address to everybody: those are none here.
  if (isIP(text) === 0 || !ipaddr.isValid(text)) return undefined;
  const parsed = ipaddr.parse(text);
  if (!(parsed instanceof ipaddr.IPv6)) return { text: parsed.toString(), meanings: [parsed] };
  if (parsed.isIPv4MappedAddress()) {
    const inner = parsed.toIPv4Address();
    return { text: inner.toString(), meanings: [inner] };
  }
  if (text.includes('%') && parsed.range() !== 'linkLocal') return undefined;
  const inner = embedded(parsed);
  return { text: parsed.toString(), meanings: inner ? [parsed, inner] : [parsed] };
}

/** A network as a rule names it; one address is a network of itself. Undefined for what is none. */
export function readNetwork(text: string): Network | undefined {
  if (isIP(text) !== 0 && ipaddr.isValid(text) && !text.includes('%')) {
    const address = ipaddr.process(text);
    return [address, address.kind() === 'ipv4' ? 32 : 128];
  }
  const slash = text.lastIndexOf('/');
  if (slash === -1 || isIP(text.slice(0, slash)) === 0 || !ipaddr.isValidCIDR(text)) return undefined;
  return ipaddr.parseCIDR(text);
}

export function isInside(address: Address, [network, bits]: Network): boolean {
  return address.kind() === network.kind() && address.match(network, bits);
}

/** Whether an address is kept from connections unless a rule names it. */
export function isGuarded({ meanings }: PlainAddress): boolean {
  return meanings.some((address) => GUARDED.some((network) => isInside(address, network)));
}

/** Whether a network lies in the guarded ranges as a whole: only then a rule with it means them. */
export function isGuardedNetwork([address, bits]: Network): boolean {
  return GUARDED.some((range) => bits >= range[1] && isInside(address, range));
}

export function isLoopback({ meanings }: PlainAddress): boolean {
  return meanings.every((address) => address.range() === 'loopback');
}

/** The IPv4 address that 6to4, Teredo, NAT64, ISATAP and the old compatible form carry. */
function embedded(address: ipaddr.IPv6): ipaddr.IPv4 | undefined {
  const parts = address.parts;
  const at = (index: number, flip = 0): ipaddr.IPv4 => {
    const [high, low] = [(parts[index] ?? 0) ^ flip, (parts[index + 1] ?? 0) ^ flip];
    return new ipaddr.IPv4([high >> 8, high & 0xff, low >> 8, low & 0xff]);
  };
  if (parts[0] === 0x2002) return at(1);
  if (parts[0] === 0x2001 && parts[1] === 0) return at(6, 0xffff);
  // Also the translators' own prefix of RFC 8215, which networks cut as they like: its last 32 bits are what is left to see.
  if (parts[0] === 0x64 && parts[1] === 0xff9b) return at(6);
  if (parts[5] === 0x5efe && (parts[4] === 0 || parts[4] === 0x200)) return at(6);
  const isCompatible = parts.slice(0, 6).every((part) => part === 0) && ((parts[6] ?? 0) !== 0 || (parts[7] ?? 0) > 1);
  return isCompatible ? at(6) : undefined;
}
