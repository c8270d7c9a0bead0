import './not-in-production.js';
import type { JsonWebKey } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { z } from 'zod';
import type { ServerCertificate } from './certificates.js';
import { checkBearer } from './identity/bearer-check.js';
import type { IdentityProvider } from './identity/identity-provider.js';
import { sendJson, type JsonReply } from './json-reply.js';
import { decrypt, encrypt, sign, verify } from './key-vault/key-operations.js';
import { createSchema, KeyStore, updateSchema, type KeyVersion, type StoredKey } from './key-vault/key-store.js';
import { VaultFault } from './key-vault/vault-fault.js';
import { LoopbackServer } from './loopback-server.js';
import { BodyTooLargeError, readBody } from './request-body.js';
import { TENANTS } from './seed-data.js';

export interface KeyVaultStandInOptions {
  /** Whose tokens are taken. */
  readonly identity: IdentityProvider;
  readonly certificate: ServerCertificate;
  /** Keeps keys and port: the port is part of each key's id. */
  readonly folder: string;
  readonly port?: number;
  /** Tenant that callers are told to sign in to; the first seeded one when missing. */
  readonly tenantId?: string;
  /** Client ids of the applications that may use this vault; every application when missing. */
  readonly applications?: readonly string[];
}

/** Audience of tokens for a vault of Azure's public cloud. */
export const VAULT_AUDIENCE = 'https://vault.azure.net';

const MAX_BODY_BYTES = 64 * 1024;
const NAME = /^[0-9a-zA-Z-]{1,127}$/;
/** Days in which a deleted key can be recovered; only told, never counted. */
const RECOVERABLE_DAYS = 90;

const valueSchema = z.object({ alg: z.string(), value: z.base64url() });
const verifySchema = z.object({ alg: z.string(), digest: z.base64url(), value: z.base64url() });

/** Operation in the address, and the permission it needs. */
const OPERATIONS = {
  encrypt: 'encrypt',
  decrypt: 'decrypt',
  wrapkey: 'wrapKey',
  unwrapkey: 'unwrapKey',
  sign: 'sign',
  verify: 'verify',
} as const;

/** Plays Azure Key Vault's keys for the unmodified client: made here, used here, never handed out. */
export class KeyVaultStandIn {
  private server: LoopbackServer | undefined;
  private storeOrNone: KeyStore | undefined;

  constructor(private readonly options: KeyVaultStandInOptions) {}

  async start(): Promise<void> {
    const { folder, certificate, port } = this.options;
    this.storeOrNone = await KeyStore.load(join(folder, 'keys.json'));
    this.server = await LoopbackServer.start({
      handler: (request, response) => {
        this.answer(request, response).catch((error: unknown) => response.destroy(error as Error));
      },
      certificate,
      port,
      portFile: join(folder, 'port'),
    });
  }

  async stop(): Promise<void> {
    await this.server?.stop();
    this.server = undefined;
  }

  get url(): string {
    if (!this.server) throw new Error('the Key Vault stand-in was not started');
    return `https://localhost:${this.server.port}`;
  }

  private get store(): KeyStore {
    if (!this.storeOrNone) throw new Error('the Key Vault stand-in was not started');
    return this.storeOrNone;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    sendJson(response, await this.reply(request));
  }

  private async reply(request: IncomingMessage): Promise<JsonReply> {
    try {
      const claims = await checkBearer(this.options.identity, request.headers.authorization, [VAULT_AUDIENCE]);
      if (!claims) return this.challenge();
      if (claims['idtyp'] !== 'app') throw new VaultFault(403, 'Forbidden', 'Only applications use this vault.');
      const { applications } = this.options;
      if (applications && !applications.includes(String(claims['azp'])))
        throw new VaultFault(403, 'Forbidden', 'Caller is not authorized to perform action on resource.');
      const text = (await readBody(request, MAX_BODY_BYTES)).toString('utf8');
      return await this.route(request, text === '' ? {} : JSON.parse(text));
    } catch (error) {
      return describeFault(error);
    }
  }

  /** How the client learns where to get a token: its first request carries none. */
  private challenge(): JsonReply {
    const { identity, tenantId = TENANTS[0]?.id ?? '' } = this.options;
    const header = `Bearer authorization="${identity.authority}/${tenantId}", resource="${VAULT_AUDIENCE}"`;
    const fault = new VaultFault(401, 'Unauthorized', 'AKV10000: Request is missing a Bearer token.');
    return { ...describeFault(fault), headers: { 'www-authenticate': header } };
  }

  private async route(request: IncomingMessage, body: unknown): Promise<JsonReply> {
    const { pathname } = new URL(request.url ?? '/', this.url);
    const [collection = '', name = '', second = '', third = ''] = pathname.split('/').slice(1);
    if (name !== '' && !NAME.test(name)) throw new VaultFault(400, 'BadParameter', 'The name of the key is not valid.');
    const ok = (value: unknown): JsonReply => ({ status: 200, body: value });
    const place = `${request.method ?? ''} ${collection}`;
    switch (place) {
      case 'GET keys':
        if (name === '') return ok(this.page(this.store.list().map((key) => this.item(key, key.versions.at(-1)))));
        if (second === 'versions') return ok(this.page(this.versions(name)));
        return ok(this.bundle(name, this.store.version(name, second)));
      case 'POST keys':
        if (second === 'create') return ok(this.bundle(name, await this.store.create(name, createSchema.parse(body))));
        if (second === 'rotate') return ok(this.bundle(name, await this.store.rotate(name)));
        if (third !== '') return ok(this.operate(name, second, third, body));
        break;
      case 'PATCH keys':
        return ok(this.bundle(name, await this.store.update(name, second, updateSchema.parse(body))));
      case 'DELETE keys':
        return ok(this.deleted(await this.store.remove(name)));
      case 'GET deletedkeys':
        return ok(this.deleted(this.store.get(name, true)));
      case 'DELETE deletedkeys':
        await this.store.purge(name);
        return { status: 204 };
      case 'POST deletedkeys':
        if (second === 'recover') {
          const { versions } = await this.store.recover(name);
          return ok(this.bundle(name, versions.at(-1) ?? this.store.version(name, '')));
        }
    }
    throw new VaultFault(404, 'NotFound', 'The stand-in does not serve this request.');
  }

  private operate(name: string, versionName: string, operation: string, body: unknown): unknown {
    const version = this.store.version(name, versionName);
    const permission = Object.hasOwn(OPERATIONS, operation)
      ? OPERATIONS[operation as keyof typeof OPERATIONS]
      : undefined;
    if (permission === undefined) throw new VaultFault(404, 'NotFound', 'There is no such operation.');
    if (!version.enabled) throw new VaultFault(403, 'Forbidden', 'The key is disabled.');
    if (!version.operations.includes(permission))
      throw new VaultFault(403, 'Forbidden', `Operation ${permission} is not permitted on this key.`);
    const key = version.jwk as JsonWebKey;
    if (permission === 'verify') {
      const { alg, digest, value } = verifySchema.parse(body);
      return { value: verify(key, alg, decode(digest), decode(value)) };
    }
    const { alg, value } = valueSchema.parse(body);
    const work = { encrypt, wrapKey: encrypt, decrypt, unwrapKey: decrypt, sign }[permission];
    return { kid: this.id(name, version), value: work(key, alg, decode(value)).toString('base64url') };
  }

  private versions(name: string): unknown[] {
    const key = this.store.get(name);
    return key.versions.map((version) => this.item(key, version, version.version));
  }

  private page(value: readonly unknown[]): unknown {
    return { value, nextLink: null };
  }

  private item({ name }: StoredKey, version: KeyVersion | undefined, suffix = ''): unknown {
    const kid = suffix === '' ? `${this.url}/keys/${name}` : `${this.url}/keys/${name}/${suffix}`;
    return version && { kid, attributes: attributes(version), tags: version.tags };
  }

  private bundle(name: string, version: KeyVersion): Record<string, unknown> {
    const { n, e, crv, x, y } = version.jwk;
    const { kty, operations, tags } = version;
    const key = { kid: this.id(name, version), kty, key_ops: operations, n, e, crv, x, y };
    return { key, attributes: attributes(version), tags };
  }

  private deleted({ name, versions, deletedAt = 0 }: StoredKey): unknown {
    const version = versions.at(-1);
    return {
      ...(version && this.bundle(name, version)),
      recoveryId: `${this.url}/deletedkeys/${name}`,
      deletedDate: deletedAt,
      scheduledPurgeDate: deletedAt + RECOVERABLE_DAYS * 86_400,
    };
  }

  private id(name: string, { version }: KeyVersion): string {
    return `${this.url}/keys/${name}/${version}`;
  }
}

function attributes({ enabled, created, updated }: KeyVersion): unknown {
  const recovery = { recoveryLevel: 'Recoverable+Purgeable', recoverableDays: RECOVERABLE_DAYS };
  return { enabled, created, updated, exportable: false, ...recovery };
}

function decode(text: string): Buffer {
  return Buffer.from(text, 'base64url');
}

function describeFault(error: unknown): JsonReply {
  const fault = toFault(error);
  return { status: fault.status, body: { error: { code: fault.code, message: fault.message } } };
}

function toFault(error: unknown): VaultFault {
  if (error instanceof VaultFault) return error;
  if (error instanceof BodyTooLargeError) return new VaultFault(413, 'RequestTooLarge', 'The request is too large.');
  if (error instanceof z.ZodError || error instanceof SyntaxError)
    return new VaultFault(400, 'BadParameter', 'The request is not valid.');
  throw error;
}
