/** A text as it would look inside something else. */
export interface Encoded {
  readonly encoding: string;
  readonly text: string;
}

/** Bits of a byte, and of a base64 character. */
const BYTE = 8;
const SEXTET = 6;

/** Every way in which a secret might stand in a message by mistake. Compared with messages that are read as Latin-1. */
export function encodingsOf(secret: string): Encoded[] {
  const utf8 = Buffer.from(secret);
  const found: Encoded[] = [
    { encoding: 'text', text: utf8.toString('latin1') },
    { encoding: 'JSON', text: Buffer.from(JSON.stringify(secret).slice(1, -1)).toString('latin1') },
    { encoding: 'percent', text: encodeURIComponent(secret) },
    { encoding: 'form', text: new URLSearchParams({ a: secret }).toString().slice(2) },
    { encoding: 'hex', text: utf8.toString('hex') },
    { encoding: 'HEX', text: utf8.toString('hex').toUpperCase() },
    { encoding: 'UTF-16LE', text: Buffer.from(secret, 'utf16le').toString('latin1') },
    { encoding: 'UTF-16LE in base64', text: Buffer.from(secret, 'utf16le').toString('base64').replace(/.?=*$/, '') },
    { encoding: 'reversed', text: [...secret].reverse().join('') },
  ];
  for (const offset of [0, 1, 2]) {
    const base64 = inBase64(utf8, offset);
    found.push({ encoding: `base64 at ${offset}`, text: base64 });
    found.push({ encoding: `base64url at ${offset}`, text: base64.replaceAll('+', '-').replaceAll('/', '_') });
  }
  return found;
}

/** The characters that depend on the secret alone, whatever stands before and after it. */
function inBase64(bytes: Buffer, offset: number): string {
  const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
  const from = Math.ceil((offset * BYTE) / SEXTET);
  return text.slice(from, Math.floor(((offset + bytes.length) * BYTE) / SEXTET));
}
