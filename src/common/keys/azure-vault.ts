import { createHash } from 'node:crypto';
import type { TokenCredential } from '@azure/identity';
import { CryptographyClient, KeyClient, type KeyVaultKey } from '@azure/keyvault-keys';
import { BoundedCache } from '../bounded-cache.js';
import { DomainError } from '../errors/domain-error.js';
import { Vault, type VaultKey, type VaultKeyKind } from './vault.js';

/** Tag that counts deliberate rotations; the vault's own versions are random. */
const GENERATION_TAG = 'tidegate-generation';

/** Three tries of the client's own policy, and no caller waits longer. */
const TIMEOUT_MS = 10_000;

const MAX_CLIENTS = 100;

/** Azure Key Vault. */
export class AzureVault extends Vault {
  private readonly keys: KeyClient;
  private readonly clients = new BoundedCache<string, CryptographyClient>(MAX_CLIENTS, 24 * 60 * 60 * 1000);
  private readonly options: {
    readonly disableChallengeResourceVerification: boolean;
    readonly allowInsecureConnection: boolean;
  };

  constructor(
    vaultUrl: string,
    private readonly credential: TokenCredential,
  ) {
    super();
    // The client insists that the challenge's resource is the vault's own domain; only Azure's vaults have such a domain.
    this.options = {
      disableChallengeResourceVerification: !isAzureVault(vaultUrl),
      allowInsecureConnection: vaultUrl.startsWith('http:'),
    };
    this.keys = new KeyClient(vaultUrl, credential, this.options);
  }

  async ensureKey(name: string, kind: VaultKeyKind, generation = 1): Promise<VaultKey> {
    return this.guard(async (abortSignal) => {
      try {
        return describe(await this.keys.getKey(name, { abortSignal }));
      } catch (error) {
        if (!isNotFound(error)) throw error;
      }
      const tags = { [GENERATION_TAG]: String(generation) };
      const made =
        kind === 'ec-p256'
          ? await this.keys.createEcKey(name, { curve: 'P-256', keyOps: ['sign', 'verify'], tags, abortSignal })
          : await this.keys.createRsaKey(name, { keySize: 3072, keyOps: ['wrapKey', 'unwrapKey'], tags, abortSignal });
      return describe(made);
    });
  }

  async getKey({ name, version }: { readonly name: string; readonly version: string }): Promise<VaultKey> {
    return this.guard(async (abortSignal) => describe(await this.keys.getKey(name, { version, abortSignal })));
  }

  async sign(keyId: string, data: Uint8Array): Promise<Buffer> {
    const digest = createHash('sha256').update(data).digest();
    return this.guard(async (abortSignal) => {
      return Buffer.from((await this.client(keyId).sign('ES256', digest, { abortSignal })).result);
    });
  }

  async wrap(keyId: string, key: Uint8Array): Promise<Buffer> {
    return this.guard(async (abortSignal) => {
      return Buffer.from((await this.client(keyId).wrapKey('RSA-OAEP-256', key, { abortSignal })).result);
    });
  }

  async unwrap(keyId: string, wrapped: Uint8Array): Promise<Buffer> {
    return this.guard(async (abortSignal) => {
      return Buffer.from((await this.client(keyId).unwrapKey('RSA-OAEP-256', wrapped, { abortSignal })).result);
    });
  }

  private client(keyId: string): CryptographyClient {
    const known = this.clients.get(keyId);
    if (known) return known;
    const client = new CryptographyClient(keyId, this.credential, this.options);
    this.clients.set(keyId, client);
    return client;
  }

  /** The vault's vocabulary ends here. */
  private async guard<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    try {
      return await work(AbortSignal.timeout(TIMEOUT_MS));
    } catch (cause) {
      throw new DomainError('VAULT_UNAVAILABLE', {}, { cause });
    }
  }
}

function describe({ id, key, properties }: KeyVaultKey): VaultKey {
  const { version, tags } = properties;
  const generation = Number(tags?.[GENERATION_TAG] ?? '1');
  if (id === undefined || version === undefined || !key) throw new Error('the vault answered without the key');
  const text = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString('base64url');
  const publicKey = key.x && key.y ? { x: text(key.x), y: text(key.y) } : { n: text(key.n), e: text(key.e) };
  return { id, version, generation, publicKey };
}

function isNotFound(error: unknown): boolean {
  return error instanceof Error && 'statusCode' in error && error.statusCode === 404;
}

/** Key Vault's domains in Azure's clouds. @see learn.microsoft.com/azure/key-vault/general/about-keys-secrets-certificates */
function isAzureVault(vaultUrl: string): boolean {
  return /\.(vault|managedhsm)\.(azure\.net|azure\.cn|usgovcloudapi\.net)$/.test(new URL(vaultUrl).hostname);
}
