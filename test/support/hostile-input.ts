import type { Dice } from './dice.js';

const NAMES = ['good.open.example', 'bad.open.example', 'two.open.example', 'rebind.open.example', 'odd.open.example', 'localhost', 'open.example', 'evil.example', 'xgood.open.example']; // prettier-ignore
const OCTETS = [[127, 0, 0, 1], [127, 0, 0, 2], [127, 0, 0, 2], [127, 0, 0, 3], [0, 0, 0, 0], [169, 254, 169, 254]] as const; // prettier-ignore

/** An IPv4 address in one of the many ways in which it is read somewhere. */
function spelled(dice: Dice): string {
  const octets = dice.of(OCTETS);
  const number = octets.reduce<number>((sum, octet) => sum * 256 + octet, 0);
  const hex = (octet: number) => octet.toString(16).padStart(2, '0');
  const inner = `${hex(octets[0])}${hex(octets[1])}:${hex(octets[2])}${hex(octets[3])}`;
  return dice.of([
    octets.join('.'),
    `${octets.join('.')}.`,
    octets.map((octet) => `0${octet.toString(8)}`).join('.'),
    octets.map((octet) => `0x${octet.toString(16)}`).join('.'),
    String(number),
    `0x${number.toString(16)}`,
    `0${number.toString(8)}`,
    String(number + 2 ** 32),
    `${octets[0]}.${octets[3]}`,
    `${octets[0]}.${octets[1]}.${octets[2] * 256 + octets[3]}`,
    `[::ffff:${octets.join('.')}]`,
    `::ffff:${inner}`,
    `[64:ff9b::${inner}]`,
    `64:ff9b:1::${inner}`,
    `[2002:${inner}::]`,
    `::${octets.join('.')}`,
    `[fe80::1%lo]`,
    `::1`,
    `[::1]`,
    `::`,
    `[::1%lo]`,
    `${octets.join('.')}%lo`,
    octets.join('。'),
    octets
      .map((octet) => [...String(octet)].map((digit) => String.fromCodePoint(0xff10 + Number(digit))).join(''))
      .join('.'),
    `${octets.join('.')}.nip.io`,
  ]);
}

/** Something between two hosts, in which readers differ about which of them is meant. */
export function hostileHost(dice: Dice): string {
  const one = dice.of([dice.of(NAMES), spelled(dice), spelled(dice)]);
  if (dice.below(3) > 0) return dice.below(8) === 0 ? one.toUpperCase() : one;
  const other = dice.of([dice.of(NAMES), spelled(dice)]);
  const between = dice.of(['@', '#', '?', '/', '\\', '%00', '\0', ' ', '\t', '\r\n', '%2f', '%40', ':80@', '.', '..', ',', ';', '|', '\u3002', '\u00ad', '\u200b', '$', '&', '=']); // prettier-ignore
  return dice.below(2) === 0 ? one + between + other : one + between;
}

const SEGMENTS = ['open', 'open', 'open', 'secret', '..', '.', '', 'a', '%2e%2e', '%2e', '.%2e', '..;', '..;x=1', '%252e%252e', '..%2f', '..%5c', '%c0%ae%c0%ae', '%2f', '%5c', 'Open', '%6fpen', 'open%00', 'open;x', '%E2%80%AE', '\\..\\', '..\\secret', 'open ', '%0d%0aHost:%20127.0.0.1', '@127.0.0.1', ':80', '#', '?', '?/../secret', '//127.0.0.1']; // prettier-ignore

/** A path of an address, as short as a word and as crooked as six. */
export function hostileUrlPath(dice: Dice): string {
  const parts = Array.from({ length: 1 + dice.below(5) }, () => dice.of(SEGMENTS));
  return (dice.below(3) === 0 ? '/open/' : '') + parts.join(dice.of(['/', '/', '/', '//', '\\', '%2f']));
}

const ENTRIES = ['open', 'inner', 'inside', 'a.txt', 'a.txt', 'link', 'link.txt', 'swapped', 'secret.txt', 'closed', '..', '.', '', '~', 'a.txt\0', 'a.txt:stream', 'CON', '..\u2215', '\u2025', '%2e%2e', '..\\closed', 'C:', '\\\\?\\', 'a.txt ', 'a.txt.', '/proc/self/root', 'file:']; // prettier-ignore

const WAYS = ['a.txt', 'inner/a.txt', 'inside/a.txt', 'open/a.txt', 'swapped/a.txt', 'link/a.txt', 'open/swapped/a.txt', 'open/link/a.txt', 'link.txt']; // prettier-ignore

/** A path below a folder. */
export function hostilePath(dice: Dice): string {
  if (dice.below(3) === 0) return dice.of(WAYS);
  const parts = Array.from({ length: 1 + dice.below(4) }, () => dice.of(ENTRIES));
  const lead = dice.of(['', '', 'open/', '/', '//', '../', '\\\\127.0.0.1\\']);
  return `${lead}${parts.join(dice.of(['/', '/', '/', '\\', '//']))}` || '/';
}

const WORDS = ['sales', 'sales', 'dbo', 'orders', 'orders', 'Sales', 'secret', 'pg_catalog', 'pg_shadow', '', '*', '[', ']', ']]', '"', "'", '`', '.', '..', '--', ';', '/*', '\\', '\u0000', ' ', '\n', '\u02bc', '\uff0e', '\u202e', '%', '_', '].[', '"."', '[sales]', '[dbo].[orders]', '[secret]']; // prettier-ignore

/** A name of a table as somebody writes it who wants another one. */
export function hostileIdentifier(dice: Dice): string {
  if (dice.below(8) === 0) return dice.of(['sales.', '[sales].', 'dbo.', 'sales.sales.']) + dice.of(WORDS);
  const words = Array.from({ length: 1 + dice.below(4) }, () => dice.of(WORDS));
  const name = words.join(dice.of(['.', '.', '', '].[', '"."']));
  return (dice.below(3) === 0 ? `[${name}]` : name) || 'x';
}
