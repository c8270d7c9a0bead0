import { generateKeyPairSync, randomUUID, type KeyObject } from 'node:crypto';
import { SignJWT } from 'jose';
import { JsonFetcher } from '../../src/common/auth/json-fetcher.js';
import { DomainError } from '../../src/common/errors/domain-error.js';

export const TEST_AUTHORITY = 'https://login.test.example';
export const TEST_AUDIENCE = 'api://tidegate-test';

/** Somebody a test signs in as. */
export interface TestPrincipal {
  readonly id: string;
  readonly tenantId: string;
  readonly type: 'User' | 'ServicePrincipal';
  readonly name: string;
  readonly isTenantAdministrator?: boolean;
}

/** What a test changes of an ordinary token: claims (undefined removes one), header, or the key that signs. */
export interface TokenChanges {
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly header?: Readonly<Record<string, unknown>>;
  readonly key?: KeyObject;
}

interface KeyPair {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

function newKeyPair(): KeyPair {
  return { kid: randomUUID(), ...generateKeyPairSync('rsa', { modulusLength: 2048 }) };
}

/**
 * A directory at the place where documents are fetched: metadata, key set, and tokens signed with its key. Everything
 * behind that place, the verifiers included, is the real thing.
 */
export class TestDirectory extends JsonFetcher {
  private keys: KeyPair[] = [newKeyPair()];
  /** Addresses fetched so far. */
  readonly fetched: string[] = [];
  isDown = false;
  /** Tenants that the directory says it does not know. */
  readonly unknownTenants = new Set<string>();

  override async get(url: string): Promise<{ status: number; body: unknown }> {
    this.fetched.push(url);
    if (this.isDown) throw new DomainError('IDENTITY_UNAVAILABLE');
    const [tenantId = ''] = new URL(url).pathname.split('/').filter((part) => part !== '');
    if (this.unknownTenants.has(tenantId)) return { status: 400, body: { error: 'invalid_tenant' } };
    if (url.endsWith('/openid-configuration')) {
      const issuer = `${TEST_AUTHORITY}/${tenantId}/v2.0`;
      // As a hostile or careless provider would: the library alone would take HS256 with the public key.
      const id_token_signing_alg_values_supported = ['RS256', 'HS256'];
      return { status: 200, body: { issuer, jwks_uri: `${issuer}/keys`, id_token_signing_alg_values_supported } };
    }
    const keys = this.keys.map(({ kid, publicKey }) => ({ ...publicKey.export({ format: 'jwk' }), kid, use: 'sig' }));
    return { status: 200, body: { keys } };
  }

  get current(): KeyPair {
    const [first] = this.keys;
    if (!first) throw new Error('no key');
    return first;
  }

  /** A new key signs from now on; the old one is listed still. */
  rotate(): void {
    this.keys = [newKeyPair(), ...this.keys];
  }

  /** An access token as the directory writes it for this principal, with what the test changes. */
  async token(principal: TestPrincipal, { claims = {}, header = {}, key }: TokenChanges = {}): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    const isUser = principal.type === 'User';
    const all: Record<string, unknown> = {
      iss: `${TEST_AUTHORITY}/${principal.tenantId}/v2.0`,
      aud: TEST_AUDIENCE,
      tid: principal.tenantId,
      oid: principal.id,
      sub: isUser ? `pairwise-${principal.id}` : principal.id,
      name: principal.name,
      ...(isUser
        ? { scp: 'user_impersonation', preferred_username: `${principal.name}@test.example` }
        : { roles: ['Tidegate.Automation'], idtyp: 'app' }),
      ...(principal.isTenantAdministrator === true ? { wids: ['11648597-926c-4cf3-9c36-bcebb0ba8dcc'] } : {}),
      azp: '6f2e3f0c-6f0c-4e0e-9d5a-0d7a6c1f2b3c',
      ver: '2.0',
      iat: now,
      nbf: now,
      exp: now + 3600,
      ...claims,
    };
    const { kid, privateKey } = this.current;
    return new SignJWT(all).setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid, ...header }).sign(key ?? privateKey);
  }
}

/** A user nobody has seen yet, ordinary unless the test says otherwise. */
export function somebody(changes: Partial<TestPrincipal> = {}): TestPrincipal {
  return { id: randomUUID(), tenantId: randomUUID(), type: 'User', name: 'somebody', ...changes };
}
