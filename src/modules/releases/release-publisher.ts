import { createHash } from 'node:crypto';
import { FIRST_ROOT } from '../../common/keys/root-row.js';
import type { Vault } from '../../common/keys/vault.js';
import {
  RELEASE_KEY_TYP,
  RELEASE_MANIFEST_TYP,
  releaseKeyCertificateSchema,
  releaseManifestSchema,
  type ReleaseManifest,
} from '../../contract/release.js';

/** Name of the key that releases are signed with, in a vault that no replica may use. */
export const RELEASE_KEY = 'tidegate-release';

/** A release is supported for half a year and may be installed a while after. */
const CERTIFICATE_SECONDS = 400 * 24 * 60 * 60;
/** Agents' clocks may be behind. */
const BACKDATE_SECONDS = 60;

/** What is published, before it is signed. */
export interface NewRelease {
  readonly version: string;
  readonly packageName: string;
  readonly packageBytes: Uint8Array;
  readonly contractVersions: readonly number[];
  readonly from?: string | undefined;
  readonly notes: string;
}

export interface SignedRelease {
  readonly manifest: string;
  readonly keyCertificate: string;
  readonly package: ReleaseManifest['package'];
}

/** Where the two keys are: the root in the control plane's vault, the release key in one of its own. */
export interface ReleaseVaults {
  readonly root: Vault;
  /** The root that is in force; undefined: the first one, by its name. */
  readonly rootKey?: { readonly name: string; readonly version: string } | undefined;
  readonly release: Vault;
}

/**
 * Signs a release: the root certifies the release key, the release key signs the manifest. Run by the operator, never by
 * a replica: those have no access to the second vault.
 *
 * @param issuer the control plane that agents know by this name
 */
export async function signRelease(issuer: string, vaults: ReleaseVaults, release: NewRelease): Promise<SignedRelease> {
  const root = await (vaults.rootKey
    ? vaults.root.getKey(vaults.rootKey)
    : vaults.root.ensureKey(FIRST_ROOT, 'ec-p256'));
  const key = await vaults.release.ensureKey(RELEASE_KEY, 'ec-p256');
  const iat = Math.floor(Date.now() / 1000) - BACKDATE_SECONDS;
  const certificate = releaseKeyCertificateSchema.parse({
    iss: issuer,
    iat,
    exp: iat + CERTIFICATE_SECONDS,
    root: root.generation,
    cnf: { jwk: { kty: 'EC', crv: 'P-256', ...key.publicKey } },
  });
  const { version, packageName, packageBytes, contractVersions, from, notes } = release;
  const manifest = releaseManifestSchema.parse({
    iss: issuer,
    iat,
    version,
    package: {
      name: packageName,
      bytes: packageBytes.length,
      sha256: createHash('sha256').update(packageBytes).digest('hex'),
    },
    contractVersions: [...contractVersions],
    ...(from === undefined ? {} : { from }),
    notes,
  });
  return {
    manifest: await signJws(vaults.release, key.id, { typ: RELEASE_MANIFEST_TYP, kid: key.version }, manifest),
    keyCertificate: await signJws(
      vaults.root,
      root.id,
      { typ: RELEASE_KEY_TYP, kid: `root-${root.generation}` },
      certificate,
    ),
    package: manifest.package,
  };
}

async function signJws(
  vault: Vault,
  keyId: string,
  header: { readonly typ: string; readonly kid: string },
  claims: object,
): Promise<string> {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const input = `${part({ alg: 'ES256', ...header })}.${part(claims)}`;
  const signature = await vault.sign(keyId, Buffer.from(input));
  return `${input}.${signature.toString('base64url')}`;
}
