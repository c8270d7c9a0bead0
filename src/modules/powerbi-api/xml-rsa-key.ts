import type { SealingPublicKey } from '../../contract/registration.js';

/** A public key as clients of v2.0 read it: base64 of the XML in which .NET writes RSA parameters. */
export function xmlRsaKey({ modulus, exponent }: SealingPublicKey): string {
  const xml = `<RSAParameters><Exponent>${exponent}</Exponent><Modulus>${modulus}</Modulus></RSAParameters>`;
  return Buffer.from(xml).toString('base64');
}
