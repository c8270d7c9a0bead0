import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { BoundedCache } from '../../common/bounded-cache.js';
import { withAdvisoryLock } from '../../common/prisma/advisory-lock.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import { Vault, type VaultKey } from '../../common/keys/vault.js';
import { AppConfig } from '../../config/env.js';

const REGION_KEY = 'tidegate-region';
const DATA_KEY_BYTES = 32;

/** Layout of what is sealed, in bytes: version 1 · nonce 12 · ciphertext · tag 16. */
const VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Unwrapped keys stay in memory this long: an hour bounds what a withdrawn vault permission still opens. */
const KEY_MS = 60 * 60 * 1000;
const MAX_TENANTS = 1_000;

interface DataKey {
  readonly seal: Buffer;
  readonly mac: Buffer;
}

/** What a new tenant's row needs to hold. */
export interface NewTenantKeys {
  readonly wrappedDataKey: Buffer;
  readonly wrappingKeyId: string;
  readonly machineSalt: Buffer;
}

/** A sealed value does not open: it was changed, or belongs to another tenant or purpose. */
export class TenantSealError extends Error {
  override readonly name = 'TenantSealError';
}

/** The second layer: every tenant's secrets at rest under a data key of its own, which only the vault can unwrap. */
@Injectable()
export class TenantKeys {
  private readonly dataKeys = new BoundedCache<string, Promise<DataKey>>(MAX_TENANTS, KEY_MS);
  private regionKey: Promise<VaultKey> | undefined;

  constructor(
    private readonly config: AppConfig,
    private readonly prisma: PrismaService,
    private readonly vault: Vault,
  ) {}

  /**
   * Seals for storage with AES-256-GCM.
   *
   * @param purpose bound in with the tenant: what is sealed for one purpose does not open for another
   * @throws DomainError VAULT_UNAVAILABLE
   */
  async seal(tenantId: string, purpose: string, plain: Uint8Array): Promise<Buffer> {
    return sealUnder(await this.dataKey(tenantId), tenantId, purpose, plain);
  }

  /** @throws TenantSealError; DomainError VAULT_UNAVAILABLE */
  async open(tenantId: string, purpose: string, sealed: Uint8Array): Promise<Buffer> {
    const { seal } = await this.dataKey(tenantId);
    if (sealed[0] !== VERSION || sealed.length < 1 + NONCE_BYTES + TAG_BYTES) throw new TenantSealError('layout');
    const decipher = createDecipheriv('aes-256-gcm', seal, sealed.subarray(1, 1 + NONCE_BYTES));
    decipher.setAAD(associatedData(tenantId, purpose)).setAuthTag(sealed.subarray(-TAG_BYTES));
    try {
      return Buffer.concat([decipher.update(sealed.subarray(1 + NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
    } catch (cause) {
      throw new TenantSealError('tag', { cause });
    }
  }

  /** HMAC-SHA-256 under a key of the tenant's and the purpose's own. @throws DomainError VAULT_UNAVAILABLE */
  async hmac(tenantId: string, purpose: string, data: Uint8Array): Promise<Buffer> {
    const { mac } = await this.dataKey(tenantId);
    const key = Buffer.from(hkdfSync('sha256', mac, '', purpose, DATA_KEY_BYTES));
    return createHmac('sha256', key).update(data).digest();
  }

  /** Makes a data key and what is sealed under it from the first day. @throws DomainError VAULT_UNAVAILABLE */
  async create(tenantId: string): Promise<NewTenantKeys> {
    const { id } = await this.region();
    const raw = randomBytes(DATA_KEY_BYTES);
    const wrappedDataKey = await this.vault.wrap(id, raw);
    const machineSalt = sealUnder(derive(raw), tenantId, 'machine-salt', randomBytes(DATA_KEY_BYTES));
    return { wrappedDataKey, wrappingKeyId: id, machineSalt };
  }

  private dataKey(tenantId: string): Promise<DataKey> {
    const known = this.dataKeys.get(tenantId);
    if (known) return known;
    const loading = this.load(tenantId);
    this.dataKeys.set(tenantId, loading);
    loading.catch(() => this.dataKeys.delete(tenantId));
    return loading;
  }

  private async load(tenantId: string): Promise<DataKey> {
    const { wrappedDataKey, wrappingKeyId } = await this.prisma.tenant.findUniqueOrThrow({
      where: { id: tenantId },
      select: { wrappedDataKey: true, wrappingKeyId: true },
    });
    const raw = await this.vault.unwrap(wrappingKeyId, wrappedDataKey);
    if (raw.length !== DATA_KEY_BYTES) throw new TenantSealError('the data key has another length');
    return derive(raw);
  }

  private region(): Promise<VaultKey> {
    this.regionKey ??= withAdvisoryLock(this.config.databaseUrl, 'regionKey', () =>
      this.vault.ensureKey(REGION_KEY, 'rsa-3072'),
    ).catch((error: unknown) => {
      this.regionKey = undefined;
      throw error;
    });
    return this.regionKey;
  }
}

/** Two keys of one: sealing and authenticating never share. */
function derive(raw: Uint8Array): DataKey {
  const key = (use: string) => Buffer.from(hkdfSync('sha256', raw, '', `tidegate-tenant/1 ${use}`, DATA_KEY_BYTES));
  return { seal: key('seal'), mac: key('mac') };
}

function sealUnder({ seal }: DataKey, tenantId: string, purpose: string, plain: Uint8Array): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', seal, nonce).setAAD(associatedData(tenantId, purpose));
  return Buffer.concat([Buffer.of(VERSION), nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

function associatedData(tenantId: string, purpose: string): Buffer {
  return Buffer.from(JSON.stringify([tenantId, purpose]));
}
