import {
  constants,
  createPublicKey,
  generateKeyPairSync,
  privateDecrypt,
  publicEncrypt,
  randomUUID,
  sign,
  type KeyObject,
} from 'node:crypto';
import { DomainError } from '../../src/common/errors/domain-error.js';
import { Vault, type VaultKey, type VaultKeyKind } from '../../src/common/keys/vault.js';

const OAEP = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' };

/** A vault in memory with real keys, at the port. */
export class MemoryVault extends Vault {
  private readonly byName = new Map<string, VaultKey>();
  private readonly byId = new Map<string, KeyObject>();
  readonly calls: string[] = [];
  isDown = false;

  async ensureKey(name: string, kind: VaultKeyKind, generation = 1): Promise<VaultKey> {
    this.note(`ensure ${name}`);
    const known = this.byName.get(name);
    if (known) return known;
    const privateKey = newKey(kind);
    const { x = '', y = '', n = '', e = '' } = createPublicKey(privateKey).export({ format: 'jwk' });
    const version = randomUUID();
    const id = `https://vault.test.example/keys/${name}/${version}`;
    const key = { id, version, generation, publicKey: kind === 'ec-p256' ? { x, y } : { n, e } };
    this.byName.set(name, key);
    this.byId.set(id, privateKey);
    return key;
  }

  async getKey({ name, version }: { readonly name: string; readonly version: string }): Promise<VaultKey> {
    this.note(`get ${name}`);
    const key = this.byName.get(name);
    if (key?.version === version) return key;
    throw new DomainError('VAULT_UNAVAILABLE', { name, version });
  }

  async sign(keyId: string, data: Uint8Array): Promise<Buffer> {
    this.note(`sign ${keyId}`);
    return sign('sha256', data, { key: this.key(keyId), dsaEncoding: 'ieee-p1363' });
  }

  async wrap(keyId: string, key: Uint8Array): Promise<Buffer> {
    this.note(`wrap ${keyId}`);
    return publicEncrypt({ key: createPublicKey(this.key(keyId)), ...OAEP }, key);
  }

  async unwrap(keyId: string, wrapped: Uint8Array): Promise<Buffer> {
    this.note(`unwrap ${keyId}`);
    return privateDecrypt({ key: this.key(keyId), ...OAEP }, wrapped);
  }

  private key(keyId: string): KeyObject {
    const key = this.byId.get(keyId);
    if (!key) throw new DomainError('VAULT_UNAVAILABLE', { keyId });
    return key;
  }

  private note(call: string): void {
    this.calls.push(call);
    if (this.isDown) throw new DomainError('VAULT_UNAVAILABLE');
  }
}

/** Making an RSA key of 3072 bits takes up to some seconds: one a process serves every vault of its tests. */
let sharedRsaKey: KeyObject | undefined;

function newKey(kind: VaultKeyKind): KeyObject {
  if (kind === 'ec-p256') return generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
  sharedRsaKey ??= generateKeyPairSync('rsa', { modulusLength: 3072 }).privateKey;
  return sharedRsaKey;
}
