import {
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  randomBytes,
  type KeyObject,
  type webcrypto,
} from 'node:crypto';
import { promisify } from 'node:util';
import type { MemberKeys } from '../contract/registration.js';
import { CommandError } from './exit-codes.js';
import { exportPrivate, generateReceivingPair, importPrivate } from './hpke.js';
import { parseJson } from './member-record.js';
import { SealingKeys } from './sealing-keys.js';
import { generateSealingKey, type SealingKey } from './sealing-key.js';
import type { StateFolder } from './state-folder.js';
import { readStoredKeys, toStoredKeys, type StoredKeys } from './stored-keys.js';

const generate = promisify(generateKeyPair);
const FILE = 'keys.json';

/** The private keys of a member. They never leave the machine; a sealing key only sealed to others who may have it. */
export interface MemberKeyStore {
  /** The gateway's, every generation that is still of use. */
  readonly sealing: SealingKeys;
  /** Ed25519: proves who this member is. */
  readonly identity: KeyObject;
  /** X25519: opens what is meant for this member alone. */
  readonly receiving: webcrypto.CryptoKey;
  /** 32 bytes, AES-256-GCM: results kept on this machine's disk. */
  readonly local: Buffer;
  readonly publicKeys: MemberKeys;
}

/** A member's own keys before it belongs to a gateway: in memory only. */
export interface NewMemberKeys {
  readonly identity: KeyObject;
  readonly publicKeys: MemberKeys;
  /** What there is to store, once the gateway's sealing keys are known; the newest first. */
  stored(sealing: readonly SealingKey[]): StoredKeys;
}

export async function generateMemberKeys(): Promise<NewMemberKeys> {
  const identity = await generate('ed25519', {});
  const receiving = await generateReceivingPair();
  const fields = {
    identity: identity.privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64'),
    receiving: Buffer.from(await exportPrivate(receiving)).toString('base64url'),
    receivingPublic: Buffer.from(receiving.publicKey).toString('base64url'),
    local: randomBytes(32).toString('base64url'),
  };
  return {
    identity: identity.privateKey,
    publicKeys: { identity: identityPublic(identity.privateKey), receiving: fields.receivingPublic },
    stored: (sealing) => toStoredKeys({ ...fields, sealing: sealing.map(({ pkcs8 }) => pkcs8.toString('base64')) }),
  };
}

/** Makes the keys of a new gateway's first member in memory; nothing is written before the registration went well. */
export async function generateKeys(): Promise<{ member: NewMemberKeys; sealing: SealingKey }> {
  const [sealing, member] = await Promise.all([generateSealingKey(), generateMemberKeys()]);
  return { member, sealing };
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
  const stored = await readKeys(folder);
  try {
    return await openKeys(folder, stored);
  } catch (cause) {
    throw damaged(folder, 'holds keys that cannot be read', cause);
  }
}

/** The key store as it is written, checked for damage. @throws CommandError state */
export async function readKeys(folder: StateFolder): Promise<StoredKeys> {
  const bytes = await folder.read(FILE);
  if (!bytes) throw damaged(folder, 'is missing');
  const stored = readStoredKeys(parseJson(bytes));
  if (!stored) throw damaged(folder, 'is damaged');
  return stored;
}

async function openKeys(folder: StateFolder, stored: StoredKeys): Promise<MemberKeyStore> {
  const identity = createPrivateKey({ key: Buffer.from(stored.identity, 'base64'), format: 'der', type: 'pkcs8' });
  const save = (sealing: string[]) => saveKeys(folder, toStoredKeys({ ...stored, sealing }));
  return {
    sealing: await SealingKeys.open(stored.sealing, save),
    identity,
    receiving: await importPrivate(Buffer.from(stored.receiving, 'base64url')),
    local: Buffer.from(stored.local, 'base64url'),
    publicKeys: { identity: identityPublic(identity), receiving: stored.receivingPublic },
  };
}

function identityPublic(identity: KeyObject): string {
  const { x } = createPublicKey(identity).export({ format: 'jwk' });
  if (x === undefined) throw new TypeError('not an Ed25519 key');
  return x;
}

function damaged(folder: StateFolder, what: string, cause?: unknown): CommandError {
  return new CommandError(
    'state',
    `The key store ${folder.file(FILE)} ${what}.`,
    'Restore the state folder from a backup; without one, run `tidegate-agent restore` with the recovery key.',
    cause === undefined ? {} : { cause },
  );
}
