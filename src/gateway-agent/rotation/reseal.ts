import type { SealingPublicKey } from '../../contract/registration.js';
import { importSealingPublicKey, SealError, splitSealed } from '../../contract/sealed-credential.js';
import type { SealingKey } from '../sealing-key.js';

/**
 * Seals a credential to another sealing key. Only the two symmetric keys in front are opened and wrapped anew; what they
 * protect is never in clear, and what a client wrote stays what it wrote, byte for byte.
 *
 * @param from keys it may be sealed to
 * @throws SealError when it is sealed to none of them
 */
export async function reseal(sealed: string, from: readonly SealingKey[], to: SealingPublicKey): Promise<string> {
  for (const { privateKey } of from) {
    const { modulusLength = 0 } = privateKey.algorithm as { modulusLength?: number };
    const keys = await unwrap(sealed, privateKey, modulusLength / 8);
    if (!keys) continue;
    try {
      const { blob } = splitSealed(sealed, modulusLength / 8);
      const wrapped = await crypto.subtle.encrypt({ name: 'RSA-OAEP' }, await importSealingPublicKey(to), keys);
      return Buffer.from(wrapped).toString('base64') + Buffer.from(blob).toString('base64');
    } finally {
      keys.fill(0);
    }
  }
  throw new SealError();
}

async function unwrap(
  sealed: string,
  privateKey: SealingKey['privateKey'],
  modulusBytes: number,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    const { wrapped } = splitSealed(sealed, modulusBytes);
    return new Uint8Array(await crypto.subtle.decrypt({ name: 'RSA-OAEP' }, privateKey, wrapped));
  } catch (error) {
    // WebCrypto's only word for a ciphertext of another key.
    if (error instanceof SealError || (error instanceof DOMException && error.name === 'OperationError'))
      return undefined;
    throw error;
  }
}
