import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  randomBytes,
  type KeyObject,
  type webcrypto,
} from 'node:crypto';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { MemberKeys, SealingPublicKey } from '../contract/registration.js';
import { CommandError } from './exit-codes.js';
import { exportPrivate, generateReceivingPair, importPrivate } from './hpke.js';
import { parseJson } from './member-record.js';
import type { StateFolder } from './state-folder.js';

const generate = promisify(generateKeyPair);
const FILE = 'keys.json';
const SEALING_BITS = 3072;
const SEALING = { name: 'RSA-OAEP', hash: 'SHA-256' } as const;

const storedKeysSchema = z.object({
  version: z.literal(1),
  /** PKCS #8, base64. */
  sealing: z.base64(),
  identity: z.base64(),
  /** 32 raw bytes each, base64url. */
  receiving: z.base64url().length(43),
  receivingPublic: z.base64url().length(43),
  local: z.base64url().length(43),
  /** SHA-256 over the fields above: tells a damaged file from a wrong one. */
  checksum: z.base64url(),
});
type StoredKeys = z.infer<typeof storedKeysSchema>;

/** The private keys of a member. They never leave the machine; the sealing key only inside the recovery bundle. */
export interface MemberKeyStore {
  /** Opens credentials; RSA-OAEP with SHA-256. */
  readonly sealing: webcrypto.CryptoKey;
  readonly sealingPublic: SealingPublicKey;
  /** PKCS #8 of the sealing key, for the recovery bundle at registration. */
  readonly sealingPkcs8: Buffer;
  /** Ed25519: proves who this member is. */
  readonly identity: KeyObject;
  /** X25519: opens what is meant for this member alone. */
  readonly receiving: webcrypto.CryptoKey;
  /** 32 bytes, AES-256-GCM: results kept on this machine's disk. */
  readonly local: Buffer;
  readonly publicKeys: MemberKeys;
}

/** Makes new keys in memory; nothing is written before the registration went well. */
export async function generateKeys(): Promise<{ keys: MemberKeyStore; stored: StoredKeys }> {
  const sealing = await generate('rsa', { modulusLength: SEALING_BITS, publicExponent: 65_537 });
  const identity = await generate('ed25519', {});
  const receiving = await generateReceivingPair();
  const fields = {
    version: 1,
    sealing: sealing.privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64'),
    identity: identity.privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64'),
    receiving: Buffer.from(await exportPrivate(receiving)).toString('base64url'),
    receivingPublic: Buffer.from(receiving.publicKey).toString('base64url'),
    local: randomBytes(32).toString('base64url'),
  } as const;
  const stored = { ...fields, checksum: checksumOf(fields) };
  return { keys: await openKeys(stored), stored };
}

export async function saveKeys(folder: StateFolder, stored: StoredKeys): Promise<void> {
  await folder.write(FILE, JSON.stringify(stored));
}

/**
 * Reads the keys. A store that cannot be read is an error and stays one: a new identity in its place would leave every
 * sealed credential unreadable without anybody noticing.
 *
 * @throws CommandError state
 */
export async function loadKeys(folder: StateFolder): Promise<MemberKeyStore> {
  const bytes = await folder.read(FILE);
  if (!bytes) throw damaged(folder, 'is missing');
  const parsed = storedKeysSchema.safeParse(parseJson(bytes));
  if (!parsed.success) throw damaged(folder, 'is damaged');
  const { checksum, ...fields } = parsed.data;
  if (checksumOf(fields) !== checksum) throw damaged(folder, 'is damaged');
  try {
    return await openKeys(parsed.data);
  } catch (cause) {
    throw damaged(folder, 'holds keys that cannot be read', cause);
  }
}

async function openKeys(stored: StoredKeys): Promise<MemberKeyStore> {
  const sealingPkcs8 = Buffer.from(stored.sealing, 'base64');
  const sealingKey = createPrivateKey({ key: sealingPkcs8, format: 'der', type: 'pkcs8' });
  const identity = createPrivateKey({ key: Buffer.from(stored.identity, 'base64'), format: 'der', type: 'pkcs8' });
  return {
    sealing: await crypto.subtle.importKey('pkcs8', sealingPkcs8, SEALING, false, ['decrypt', 'unwrapKey']),
    sealingPublic: sealingPublicOf(sealingKey),
    sealingPkcs8,
    identity,
    receiving: await importPrivate(Buffer.from(stored.receiving, 'base64url')),
    local: Buffer.from(stored.local, 'base64url'),
    publicKeys: { identity: jwkField(createPublicKey(identity), 'x'), receiving: stored.receivingPublic },
  };
}

function sealingPublicOf(key: KeyObject): SealingPublicKey {
  const publicKey = createPublicKey(key);
  const base64 = (field: 'n' | 'e') => Buffer.from(jwkField(publicKey, field), 'base64url').toString('base64');
  return { modulus: base64('n'), exponent: base64('e') };
}

function jwkField(key: KeyObject, field: 'n' | 'e' | 'x'): string {
  const value = key.export({ format: 'jwk' })[field];
  if (value === undefined) throw new TypeError(`a key without ${field}`);
  return value;
}

function checksumOf(fields: Omit<StoredKeys, 'checksum'>): string {
  const { version, sealing, identity, receiving, receivingPublic, local } = fields;
  const text = JSON.stringify([version, sealing, identity, receiving, receivingPublic, local]);
  return createHash('sha256').update(text).digest('base64url');
}

function damaged(folder: StateFolder, what: string, cause?: unknown): CommandError {
  return new CommandError(
    'state',
    `The key store ${folder.file(FILE)} ${what}.`,
    'Restore the state folder from a backup; without one, register anew with the recovery key. The keys cannot be made again.',
    cause === undefined ? {} : { cause },
  );
}
