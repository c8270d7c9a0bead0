import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { AppConfig } from '../../config/env.js';
import { BoundedCache } from '../bounded-cache.js';
import { DomainError } from '../errors/domain-error.js';
import { JsonFetcher } from './json-fetcher.js';
import { issuersOf, refused } from './token-precheck.js';

const metadataSchema = z.object({ issuer: z.string(), jwks_uri: z.url({ protocol: /^https?$/ }) });
const jwksSchema = z.object({
  keys: z
    .array(
      z.object({
        kty: z.string(),
        kid: z.string().optional(),
        use: z.string().optional(),
        n: z.string().optional(),
        e: z.string().optional(),
      }),
    )
    .max(100),
});

/** A directory's public key, as its key set lists it. */
export interface SigningKey {
  readonly kty: 'RSA';
  readonly kid: string;
  readonly n: string;
  readonly e: string;
}

interface Entry {
  readonly keys: ReadonlyMap<string, SigningKey>;
  readonly fetchedAt: number;
}

/** The directory asks to look for new keys once a day at least; its emergency rotations are found by unknown `kid`. */
const FRESH_MS = 60 * 60 * 1000;

/** Keys that were good are still good while the directory cannot be asked, for this long. */
const STALE_MS = 24 * 60 * 60 * 1000;

/** An unknown `kid` makes us ask the directory again, but no oftener: anybody can invent one. */
const REFRESH_PAUSE_MS = 30_000;

/** Tenants that the directory does not know are not asked about again for a minute. */
const UNKNOWN_TENANT_MS = 60_000;

const MAX_TENANTS = 1_000;

/** Tenants never seen before whose keys are fetched at the same time; more wait for the next try. */
const MAX_FETCHES = 8;

/** The public keys of each tenant's directory, kept fresh; what both verifiers check signatures with. */
@Injectable()
export class SigningKeys {
  private readonly known = new BoundedCache<string, Entry>(MAX_TENANTS, STALE_MS);
  private readonly unknown = new BoundedCache<string, true>(MAX_TENANTS, UNKNOWN_TENANT_MS);
  private readonly triedAt = new BoundedCache<string, number>(MAX_TENANTS, STALE_MS);
  private readonly fetching = new Map<string, Promise<Entry>>();

  constructor(
    private readonly config: AppConfig,
    private readonly fetcher: JsonFetcher,
  ) {}

  /** Where the tenant's metadata is. */
  metadataUrl(tenantId: string): string {
    return `${this.config.authority}/${tenantId}/v2.0/.well-known/openid-configuration`;
  }

  /** @throws DomainError TOKEN_INVALID when the tenant's directory lists no such key; IDENTITY_UNAVAILABLE */
  async get(tenantId: string, kid: string): Promise<SigningKey> {
    const entry = this.known.get(tenantId) ?? (await this.fetch(tenantId));
    const key = entry.keys.get(kid);
    if (key && Date.now() - entry.fetchedAt > FRESH_MS && this.mayRefresh(tenantId)) {
      // The key at hand serves this request; the next ones get what comes.
      this.fetch(tenantId).catch((error: unknown) => void error);
    }
    if (key) return key;
    if (!this.mayRefresh(tenantId)) throw refused('key unknown');
    const found = (await this.fetch(tenantId)).keys.get(kid);
    if (!found) throw refused('key unknown');
    return found;
  }

  private mayRefresh(tenantId: string): boolean {
    return Date.now() - (this.triedAt.get(tenantId) ?? 0) > REFRESH_PAUSE_MS;
  }

  /** One at a time for a tenant: a thousand requests after a rotation make one fetch. */
  private fetch(tenantId: string): Promise<Entry> {
    const running = this.fetching.get(tenantId);
    if (running) return running;
    if (this.unknown.get(tenantId)) return Promise.reject(refused('tenant unknown to the directory'));
    if (this.fetching.size >= MAX_FETCHES) return Promise.reject(new DomainError('IDENTITY_UNAVAILABLE'));
    this.triedAt.set(tenantId, Date.now());
    const fetching = this.load(tenantId).finally(() => this.fetching.delete(tenantId));
    this.fetching.set(tenantId, fetching);
    return fetching;
  }

  private async load(tenantId: string): Promise<Entry> {
    const metadata = await this.fetcher.get(this.metadataUrl(tenantId));
    // The directory's way to say that there is no such tenant (AADSTS90002 is a 400).
    if (metadata.status === 400 || metadata.status === 404) {
      this.unknown.set(tenantId, true);
      throw refused('tenant unknown to the directory');
    }
    const { issuer, jwks_uri } = parse(metadataSchema, metadata);
    if (issuer !== issuersOf(this.config.authority, tenantId)[0]) {
      throw new DomainError('IDENTITY_UNAVAILABLE', { reason: 'metadata of another issuer' });
    }
    if (!jwks_uri.startsWith('https:'))
      throw new DomainError('IDENTITY_UNAVAILABLE', { reason: 'keys not over https' });
    const { keys } = parse(jwksSchema, await this.fetcher.get(jwks_uri));
    const byId = new Map<string, SigningKey>();
    for (const { kty, kid, use, n, e } of keys) {
      if (kty !== 'RSA' || (use !== undefined && use !== 'sig') || !kid || !n || !e) continue;
      byId.set(kid, { kty, kid, n, e });
    }
    const entry = { keys: byId, fetchedAt: Date.now() };
    this.known.set(tenantId, entry);
    return entry;
  }
}

function parse<T>(schema: z.ZodType<T>, answer: { readonly status: number; readonly body: unknown }): T {
  const parsed = schema.safeParse(answer.body);
  if (answer.status === 200 && parsed.success) return parsed.data;
  throw new DomainError('IDENTITY_UNAVAILABLE', { status: answer.status }, { cause: parsed.error });
}
