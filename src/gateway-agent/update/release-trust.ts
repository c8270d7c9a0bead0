import { errors, importJWK, jwtVerify, type CryptoKey } from 'jose';
import type { RootKey } from '../../contract/registration.js';
import {
  RELEASE_KEY_TYP,
  RELEASE_MANIFEST_TYP,
  releaseKeyCertificateSchema,
  releaseManifestSchema,
  type ReleaseManifest,
  type ReleaseOffer,
} from '../../contract/release.js';
import { UpdateRefused } from './update-refused.js';
import { compareVersions } from './version-order.js';

const CLOCK_TOLERANCE_SECONDS = 60;

/** What an offer is held against. */
export interface ReleaseExpectation {
  /** The pinned root. */
  readonly root: RootKey;
  readonly issuer: string;
  /** The version that was ordered. */
  readonly version: string;
  /** The version that runs. */
  readonly running: string;
  readonly now?: () => number;
}

/**
 * Checks the chain from the pinned root over the release key to the manifest. A release key is one that the root certified
 * as such: a replica's key is none, nor is the root itself. Which of several certified ones counts is for the pin to say.
 *
 * @throws UpdateRefused unknown-key, signed-by-root, other-version, older-version, too-big-a-step
 */
export async function verifyOffer(offer: ReleaseOffer, expected: ReleaseExpectation): Promise<ReleaseManifest> {
  const { root, version, running } = expected;
  const rootKey = await publicKey(root.jwk);
  const releaseKey = await verifyReleaseKey(offer.keyCertificate, rootKey, expected);
  const payload = await verifyJws(offer.manifest, releaseKey, { ...expected, typ: RELEASE_MANIFEST_TYP }).catch(
    async (error: unknown) => {
      throw (await isSignedBy(offer.manifest, rootKey, expected))
        ? new UpdateRefused('signed-by-root', 'the manifest is signed by the root, which is not the release key')
        : error;
    },
  );
  const parsed = releaseManifestSchema.safeParse(payload);
  if (!parsed.success) throw new UpdateRefused('unknown-key', 'a manifest of an unknown shape');
  const manifest = parsed.data;
  if (manifest.version !== version) {
    throw new UpdateRefused('other-version', `the manifest is of version ${manifest.version}, ordered was ${version}`);
  }
  if (compareVersions(manifest.version, running) <= 0) {
    throw new UpdateRefused('older-version', `version ${manifest.version} is not newer than ${running}, which runs`);
  }
  if (manifest.from !== undefined && compareVersions(running, manifest.from) < 0) {
    throw new UpdateRefused(
      'too-big-a-step',
      `version ${version} can be reached from ${manifest.from}, not ${running}`,
    );
  }
  return manifest;
}

async function verifyReleaseKey(
  certificate: string,
  rootKey: CryptoKey,
  expected: ReleaseExpectation,
): Promise<CryptoKey> {
  const payload = await verifyJws(certificate, rootKey, {
    ...expected,
    typ: RELEASE_KEY_TYP,
    requiredClaims: ['exp', 'iat'],
  });
  const parsed = releaseKeyCertificateSchema.safeParse(payload);
  if (!parsed.success) throw new UpdateRefused('unknown-key', 'a certificate of the release key of an unknown shape');
  const { root, cnf } = parsed.data;
  if (root !== expected.root.generation) {
    throw new UpdateRefused('unknown-key', 'the release key is certified by another root');
  }
  if (cnf.jwk.x === expected.root.jwk.x) {
    throw new UpdateRefused('signed-by-root', 'the root is certified as its own release key');
  }
  return publicKey(cnf.jwk);
}

async function verifyJws(
  jws: string,
  key: CryptoKey,
  { typ, issuer, now, requiredClaims = ['iat'] }: JwsExpectation,
): Promise<unknown> {
  try {
    const { payload } = await jwtVerify(jws, key, {
      algorithms: ['ES256'],
      typ,
      issuer,
      requiredClaims,
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
      currentDate: new Date(now?.() ?? Date.now()),
    });
    return payload;
  } catch (error) {
    if (!(error instanceof errors.JOSEError)) throw error;
    throw new UpdateRefused('unknown-key', `${typ} refused: ${error.code}`, { cause: error });
  }
}

type JwsExpectation = Pick<ReleaseExpectation, 'issuer' | 'now'> & {
  readonly typ: string;
  readonly requiredClaims?: string[];
};

async function isSignedBy(jws: string, key: CryptoKey, expected: ReleaseExpectation): Promise<boolean> {
  return verifyJws(jws, key, { ...expected, typ: RELEASE_MANIFEST_TYP }).then(
    () => true,
    () => false,
  );
}

async function publicKey(jwk: RootKey['jwk']): Promise<CryptoKey> {
  const key = await importJWK({ ...jwk }, 'ES256');
  if (key instanceof Uint8Array) throw new UpdateRefused('unknown-key', 'a key that is no public key');
  return key;
}
