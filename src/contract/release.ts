import { z } from 'zod';

/** `typ` of a release manifest: compact JWS, ES256, by the release key. */
export const RELEASE_MANIFEST_TYP = 'tidegate-release+jwt';

/** `typ` of the root's certificate for the release key: compact JWS, ES256, by the pinned root. */
export const RELEASE_KEY_TYP = 'tidegate-release-key+jwt';

const versionSchema = z.string().regex(/^\d{1,6}\.\d{1,6}\.\d{1,6}$/);

/** What a release is: which bytes, for which contract. */
export const releaseManifestSchema = z.object({
  iss: z.string(),
  iat: z.int(),
  version: versionSchema,
  /** File name, size and SHA-256 (hex) of the package: a gzipped tar of the agent. */
  package: z.object({ name: z.string().max(128), bytes: z.int().min(1), sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
  contractVersions: z.array(z.int().min(1)).min(1),
  /** The oldest version that can be updated to this one directly. */
  from: versionSchema.optional(),
  notes: z.string().max(4096),
});
export type ReleaseManifest = z.infer<typeof releaseManifestSchema>;

export const releaseKeyCertificateSchema = z.object({
  iss: z.string(),
  iat: z.int(),
  exp: z.int(),
  /** Generation of the root that signed. */
  root: z.int().min(1),
  cnf: z.object({
    jwk: z.object({ kty: z.literal('EC'), crv: z.literal('P-256'), x: z.base64url(), y: z.base64url() }),
  }),
});

/** Answer of `GET /agent/v1/releases/{version}`: what must be checked before a byte of the package is run. */
export const releaseOfferSchema = z.object({
  manifest: z.string().max(16_384),
  keyCertificate: z.string().max(4096),
  /** Path of the package below the control plane's address. */
  path: z.string(),
});
export type ReleaseOffer = z.infer<typeof releaseOfferSchema>;

export const UPGRADE_STATES = ['UpToDate', 'NewVersionAvailable', 'UpgradeRequired', 'Unknown'] as const;
export type UpgradeState = (typeof UPGRADE_STATES)[number];

/** How an ordered update went, as the member tells it. */
export const updateReportSchema = z.object({
  version: versionSchema,
  state: z.enum(['downloading', 'ready', 'running', 'failed', 'rolled-back', 'forbidden']),
  reason: z.string().max(512).optional(),
});
