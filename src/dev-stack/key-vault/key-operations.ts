import '../not-in-production.js';
import {
  constants,
  createPrivateKey,
  createPublicKey,
  privateDecrypt,
  privateEncrypt,
  publicDecrypt,
  publicEncrypt,
  timingSafeEqual,
  type JsonWebKey,
} from 'node:crypto';
import { signDigest, verifyDigest } from './p256.js';
import { VaultFault } from './vault-fault.js';

/** DER of DigestInfo for SHA-256, before the digest. @see RFC 8017, 9.2 note 1 */
const SHA256_DIGEST_INFO = Buffer.from('3031300d060960864801650304020105000420', 'hex');
const SHA256_BYTES = 32;

const OAEP_HASH: Readonly<Record<string, string>> = { 'RSA-OAEP': 'sha1', 'RSA-OAEP-256': 'sha256' };

/** `wrapkey` and `encrypt`, which differ only in what they are allowed for. @throws VaultFault */
export function encrypt(key: JsonWebKey, algorithm: string, plain: Buffer): Buffer {
  const padding = oaep(key, algorithm);
  return refusing(() => publicEncrypt({ key: publicKeyOf(key), ...padding }, plain));
}

/** @throws VaultFault also for what this key did not encrypt */
export function decrypt(key: JsonWebKey, algorithm: string, cipher: Buffer): Buffer {
  const padding = oaep(key, algorithm);
  return refusing(() => privateDecrypt({ key: createPrivateKey({ key, format: 'jwk' }), ...padding }, cipher));
}

/** @throws VaultFault */
export function sign(key: JsonWebKey, algorithm: string, digest: Buffer): Buffer {
  assertSigns(key, algorithm, digest);
  if (algorithm === 'ES256') return signDigest(Buffer.from(key.d ?? '', 'base64url'), digest);
  return privateEncrypt(
    { key: createPrivateKey({ key, format: 'jwk' }), padding: constants.RSA_PKCS1_PADDING },
    Buffer.concat([SHA256_DIGEST_INFO, digest]),
  );
}

/** @throws VaultFault for a wrong algorithm or digest; a wrong signature is an answer */
export function verify(key: JsonWebKey, algorithm: string, digest: Buffer, signature: Buffer): boolean {
  assertSigns(key, algorithm, digest);
  if (algorithm === 'ES256') {
    const { x = '', y = '' } = key;
    return verifyDigest({ x: Buffer.from(x, 'base64url'), y: Buffer.from(y, 'base64url') }, digest, signature);
  }
  let opened: Buffer;
  try {
    opened = publicDecrypt({ key: publicKeyOf(key), padding: constants.RSA_PKCS1_PADDING }, signature);
  } catch (error) {
    if (isOpenSslError(error)) return false;
    throw error;
  }
  const expected = Buffer.concat([SHA256_DIGEST_INFO, digest]);
  return opened.length === expected.length && timingSafeEqual(opened, expected);
}

function assertSigns(key: JsonWebKey, algorithm: string, digest: Buffer): void {
  const needed = { ES256: 'EC', RS256: 'RSA' }[algorithm];
  if (needed === undefined || needed !== key.kty) throw badParameter(`Key and signing algorithm do not match.`);
  if (digest.length !== SHA256_BYTES) throw badParameter('Invalid length of the digest.');
}

function oaep(key: JsonWebKey, algorithm: string): { padding: number; oaepHash: string } {
  const oaepHash = OAEP_HASH[algorithm];
  if (oaepHash === undefined || key.kty !== 'RSA') throw badParameter('Key and encryption algorithm do not match.');
  return { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash };
}

function publicKeyOf({ kty = '', n = '', e = '' }: JsonWebKey): ReturnType<typeof createPublicKey> {
  return createPublicKey({ key: { kty, n, e }, format: 'jwk' });
}

function refusing(work: () => Buffer): Buffer {
  try {
    return work();
  } catch (error) {
    if (isOpenSslError(error)) throw badParameter('The value cannot be processed with this key.');
    throw error;
  }
}

function isOpenSslError(error: unknown): boolean {
  return String((error as NodeJS.ErrnoException).code).startsWith('ERR_OSSL');
}

function badParameter(message: string): VaultFault {
  return new VaultFault(400, 'BadParameter', message);
}
