/** Crockford's alphabet: without I, L, O and U, which are read wrong from paper. 5 bits a character. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** What people type for what they read. */
const TYPED: Readonly<Record<string, string>> = { O: '0', I: '1', L: '1' };

/** Bytes as text that a person can type; the last character is filled up with zero bits. */
export function toBase32(bytes: Uint8Array): string {
  let text = '';
  let held = 0;
  let bits = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    for (bits += 8; bits >= 5; bits -= 5) text += ALPHABET.charAt((held >>> (bits - 5)) & 31);
    held &= 31;
  }
  return bits > 0 ? text + ALPHABET.charAt((held << (5 - bits)) & 31) : text;
}

/** Either case, with spaces and dashes anywhere. @returns undefined for anything that `toBase32` does not write */
export function fromBase32(text: string): Uint8Array | undefined {
  const letters = text.toUpperCase().replace(/[\s-]/g, '');
  const bytes = new Uint8Array(Math.floor((letters.length * 5) / 8));
  let held = 0;
  let bits = 0;
  let length = 0;
  for (const letter of letters) {
    const value = ALPHABET.indexOf(TYPED[letter] ?? letter);
    if (value < 0) return undefined;
    held = ((held & 0xff) << 5) | value;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes[length] = (held >>> bits) & 0xff;
    length += 1;
  }
  // What is left over is filling: less than a character, and zero.
  return bits < 5 && (held & ((1 << bits) - 1)) === 0 ? bytes : undefined;
}
