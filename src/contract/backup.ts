import { createHash, createPublicKey, verify } from 'node:crypto';
import { z } from 'zod';
import { auditKeyFingerprint, auditKeySchema, type AuditKey } from './audit-checkpoint.js';
import { capabilitiesSchema } from './capabilities.js';
import { key32Schema, nameSchema, recoverySetupSchema, sealingPublicKeySchema } from './registration.js';
import { MAX_SEALED_LENGTH } from './sealed-credential.js';
import {
  connectionEncryptionSchema,
  credentialTypeSchema,
  sourceKindSchema,
  targetSchema,
  SOURCE_KINDS,
} from './targets.js';

/**
 * A tenant's configuration in one document: what it takes to build the control plane again so that agents go on. Nothing
 * in it opens anything: credentials and recovery bundles are sealed to keys that only members or the customer have.
 */
export const BACKUP_KIND = 'tidegate-backup';
export const BACKUP_VERSION = 1;
/** `typ` of the signature at its end. */
export const BACKUP_SEAL_TYP = 'tidegate-backup+jwt';

const id = z.guid().toLowerCase();
const moment = z.iso.datetime();
const count = z.int().min(0);
const principalTypeSchema = z.enum(['User', 'ServicePrincipal', 'Group']);
const signatureSchema = z.base64url().length(86);
const keyIdSchema = z.string().max(64);

const memberSchema = z.strictObject({
  id,
  name: nameSchema,
  enabled: z.boolean(),
  keys: z.strictObject({ identity: key32Schema, receiving: key32Schema }),
  certificate: signatureSchema.nullable(),
  /** HMAC of the machine's identity under `machineSalt`. */
  machine: key32Schema,
  version: z.string().max(64),
  capabilities: capabilitiesSchema,
  instance: count,
  revision: count,
  keyIds: z.array(keyIdSchema).max(16),
  createdAt: moment,
});

const gatewaySchema = z.strictObject({
  id,
  name: nameSchema,
  region: z.string().min(1).max(64),
  epoch: z.int().min(1),
  loadBalancing: z.enum(['Failover', 'DistributeEvenly']),
  sealingKey: sealingPublicKeySchema,
  sealingKeyId: keyIdSchema,
  /** Salt, public halves and bundles. */
  recovery: recoverySetupSchema.extend({ olderBundles: z.array(recoverySetupSchema.shape.bundle).max(4).optional() }),
  recoveryProvedAt: moment.nullable(),
  recoveryChangedAt: moment.nullable(),
  cpuThreshold: z.int().min(0).max(100),
  memoryThreshold: z.int().min(0).max(100),
  allowCustomConnectors: z.boolean(),
  allowCloudConnectionRefresh: z.boolean(),
  createdAt: moment,
  members: z.array(memberSchema).max(10),
  roles: z.array(
    z.strictObject({
      principalId: id,
      principalType: principalTypeSchema,
      role: z.enum(['Admin', 'ConnectionCreatorWithResharing', 'ConnectionCreator']),
      allowedKinds: z.array(sourceKindSchema).max(SOURCE_KINDS.length),
      createdAt: moment,
    }),
  ),
  /** Changes of the recovery key, in order. */
  handovers: z.array(
    z.strictObject({
      proofKey: key32Schema,
      recoveryKey: key32Schema,
      salt: key32Schema,
      signature: signatureSchema,
      at: moment,
    }),
  ),
});
export type BackupGateway = z.infer<typeof gatewaySchema>;

const connectionSchema = z.strictObject({
  id,
  gatewayId: id,
  displayName: nameSchema,
  target: targetSchema,
  credentialType: credentialTypeSchema,
  encryption: connectionEncryptionSchema,
  privacyLevel: z.enum(['None', 'Private', 'Organizational', 'Public']),
  /** The credential as its client sealed it; null for anonymous sources. */
  sealed: z.string().max(MAX_SEALED_LENGTH).nullable(),
  sealingKeyId: keyIdSchema.nullable(),
  createdBy: id,
  createdAt: moment,
  updatedAt: moment,
  roles: z.array(
    z.strictObject({
      principalId: id,
      principalType: principalTypeSchema,
      role: z.enum(['Owner', 'UserWithReshare', 'User']),
      createdAt: moment,
    }),
  ),
  environmentIds: z.array(id),
});
export type BackupConnection = z.infer<typeof connectionSchema>;

const environmentSchema = z.strictObject({
  id,
  displayName: nameSchema,
  region: z.string().min(1).max(64),
  createdAt: moment,
});
export type BackupEnvironment = z.infer<typeof environmentSchema>;

const limit = z.int().min(1).nullable();
const policySchema = z.strictObject({
  version: count,
  installers: z.enum(['Open', 'Restricted']),
  joinTokenCreators: z.enum(['Installers', 'TenantAdministrators']),
  minimumAdministrators: z.int().min(1).max(100),
  licenceRules: z.string().max(32).nullable(),
  allowedKinds: z.array(sourceKindSchema),
  tenantRequestsPerMinute: limit,
  connectionRequestsPerMinute: limit,
  callerRequestsPerMinute: limit,
  listed: z.array(z.strictObject({ principalId: id, principalType: principalTypeSchema })),
});
export type BackupPolicy = z.infer<typeof policySchema>;

export const backupSchema = z.strictObject({
  typ: z.literal(BACKUP_KIND),
  version: z.literal(BACKUP_VERSION),
  createdAt: moment,
  tenantId: id,
  /** Of the control plane that wrote it. Agents go on only at one that has the same. */
  issuer: z.string(),
  machineSalt: key32Schema,
  /** Null while nothing was decided. */
  policy: policySchema.nullable(),
  environments: z.array(environmentSchema),
  gateways: z.array(gatewaySchema),
  connections: z.array(connectionSchema),
});
export type Backup = z.infer<typeof backupSchema>;

/** The end of the document. */
export const backupSealSchema = z.strictObject({
  /** SHA-256 of the canonical text of everything else, base64url. */
  sha256: key32Schema,
  /** The key that signed: as much worth as where its fingerprint was got. */
  key: auditKeySchema,
  /** Compact JWS over tenant, time and hash. */
  jws: z.string().max(2_048),
});
export type BackupSeal = z.infer<typeof backupSealSchema>;

/** A backup that is not whole, or not what was signed. */
export class BackupError extends Error {
  override readonly name = 'BackupError';
}

/** JSON without blanks, the names of every object in order: one content, one text. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_name, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

/** What is signed: protected header and claims, with the dot between. */
export function backupSealInput(
  key: AuditKey,
  claims: { tenantId: string; createdAt: string; sha256: string },
): string {
  const header = { alg: 'ES256', typ: BACKUP_SEAL_TYP, kid: auditKeyFingerprint(key) };
  return [header, claims].map((part) => Buffer.from(canonicalJson(part)).toString('base64url')).join('.');
}

/**
 * Checks that a document is what was signed at its end.
 *
 * @param document as parsed from JSON, with its seal
 * @returns the document without the seal, not yet checked against the schema, and the fingerprint of the key that signed
 * @throws BackupError
 */
export function openBackup(document: Readonly<Record<string, unknown>>): { body: unknown; fingerprint: string } {
  const { seal: unchecked, ...body } = document;
  const { data: seal } = backupSealSchema.safeParse(unchecked);
  if (!seal) throw new BackupError('it has no end');
  const sha256 = createHash('sha256').update(canonicalJson(body)).digest('base64url');
  if (sha256 !== seal.sha256) throw new BackupError('it was changed');
  const { key, jws } = seal;
  const at = jws.lastIndexOf('.');
  const claims = { tenantId: String(body['tenantId']), createdAt: String(body['createdAt']), sha256 };
  const signature = Buffer.from(jws.slice(at + 1), 'base64url');
  const publicKey = createPublicKey({ key, format: 'jwk' });
  const isSigned =
    jws.slice(0, at) === backupSealInput(key, claims) &&
    verify('sha256', Buffer.from(jws.slice(0, at)), { key: publicKey, dsaEncoding: 'ieee-p1363' }, signature);
  if (!isSigned) throw new BackupError('its signature does not fit');
  return { body, fingerprint: auditKeyFingerprint(key) };
}
