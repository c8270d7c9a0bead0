import { createHash } from 'node:crypto';
import {
  RELEASE_KEY_TYP,
  RELEASE_MANIFEST_TYP,
  type ReleaseManifest,
  type ReleaseOffer,
} from '../../src/contract/release.js';
import { rootKeySchema, type RootKey } from '../../src/contract/registration.js';
import type { Vault } from '../../src/common/keys/vault.js';
import { signRelease, type SignedRelease } from '../../src/modules/releases/release-publisher.js';
import { packFiles } from '../../scripts/agent-package.mjs';
import { MemoryVault } from './memory-vault.js';

export const TEST_ISSUER = 'https://tidegate.test.example';

/** An operator with both vaults, who publishes what a test likes. */
export class TestPublisher {
  readonly release = new MemoryVault();

  constructor(
    readonly root: Vault = new MemoryVault(),
    readonly issuer = TEST_ISSUER,
  ) {}

  async rootKey(): Promise<RootKey> {
    const { generation, publicKey } = await this.root.ensureKey('tidegate-root', 'ec-p256');
    return rootKeySchema.parse({ generation, jwk: { kty: 'EC', crv: 'P-256', ...publicKey } });
  }

  sign(version: string, bytes: Uint8Array, options: { from?: string } = {}): Promise<SignedRelease> {
    return signRelease(
      this.issuer,
      { root: this.root, release: this.release },
      {
        version,
        packageName: `tidegate-agent-${version}.tgz`,
        packageBytes: bytes,
        contractVersions: [1],
        notes: `Notes of ${version}.`,
        ...options,
      },
    );
  }

  async offer(version: string, bytes: Uint8Array, options: { from?: string } = {}): Promise<ReleaseOffer> {
    const { manifest, keyCertificate } = await this.sign(version, bytes, options);
    return { manifest, keyCertificate, path: `agent/v1/releases/${version}/package` };
  }
}

/** A compact JWS by any key of a vault, as somebody would forge one. */
export async function signWith(
  vault: Vault,
  name: string,
  header: { typ: string; alg?: string },
  claims: object,
): Promise<string> {
  const key = await vault.ensureKey(name, 'ec-p256');
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const input = `${part({ alg: 'ES256', ...header })}.${part(claims)}`;
  return `${input}.${(await vault.sign(key.id, Buffer.from(input))).toString('base64url')}`;
}

/** Claims of a manifest as the publisher makes them. */
export function manifestOf(version: string, bytes: Uint8Array): ReleaseManifest {
  return {
    iss: TEST_ISSUER,
    iat: Math.floor(Date.now() / 1000) - 5,
    version,
    package: { name: 'x.tgz', bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') },
    contractVersions: [1],
    notes: '',
  };
}

/** Claims of a certificate of the release key. */
export async function certificateOf(vault: Vault, name: string, changes: object = {}): Promise<object> {
  const { publicKey } = await vault.ensureKey(name, 'ec-p256');
  const iat = Math.floor(Date.now() / 1000) - 5;
  const jwk = { kty: 'EC', crv: 'P-256', ...publicKey };
  return { iss: TEST_ISSUER, iat, exp: iat + 3600, root: 1, cnf: { jwk }, ...changes };
}

export { RELEASE_KEY_TYP, RELEASE_MANIFEST_TYP };

/** A package whose agent is the program given. */
export function packageOf(program: string): Buffer {
  return packFiles(
    new Map([
      ['dist/gateway-agent/main.js', Buffer.from(program)],
      ['package.json', Buffer.from('{"type":"module"}')],
    ]),
  );
}
