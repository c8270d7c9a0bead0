import { createHash, createPublicKey, verify } from 'node:crypto';
import { z } from 'zod';
import { key32Schema } from './registration.js';

/** A signed statement of where a tenant's audit chain stood. Compact JWS, ES256, by the audit key of the vault. */
export const AUDIT_CHECKPOINT_TYP = 'tidegate-audit-checkpoint+jwt';

/** Public half of the audit key. */
export const auditKeySchema = z.object({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: key32Schema,
  y: key32Schema,
});
export type AuditKey = z.infer<typeof auditKeySchema>;

export const auditCheckpointSchema = z.strictObject({
  tenantId: z.guid(),
  seq: z.int().min(1),
  /** Of the entry `seq`. */
  hash: key32Schema,
  at: z.iso.datetime(),
});
export type AuditCheckpoint = z.infer<typeof auditCheckpointSchema>;

/** @see RFC 7638 for the thumbprint */
export function auditKeyFingerprint({ crv, kty, x, y }: AuditKey): string {
  return `sha256:${createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url')}`;
}

/** What is signed: protected header and claims, with the dot between. */
export function auditCheckpointInput(key: AuditKey, checkpoint: AuditCheckpoint): string {
  const header = { alg: 'ES256', typ: AUDIT_CHECKPOINT_TYP, kid: auditKeyFingerprint(key) };
  return [header, checkpoint].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
}

/** A checkpoint that the key did not sign, or that is none. */
export class CheckpointError extends Error {
  override readonly name = 'CheckpointError';
}

const headerSchema = z.object({ alg: z.literal('ES256'), typ: z.literal(AUDIT_CHECKPOINT_TYP) });

/** @throws CheckpointError */
export function readAuditCheckpoint(jws: string, key: AuditKey): AuditCheckpoint {
  const [header = '', claims = '', signature = '', ...rest] = jws.split('.');
  const bytes = Buffer.from(signature, 'base64url');
  // Base64url leaves spare bits at the end: one signature, one spelling.
  const isWhole = rest.length === 0 && bytes.length === 64 && bytes.toString('base64url') === signature;
  if (!isWhole || !headerSchema.safeParse(parsePart(header)).success) {
    throw new CheckpointError('it is not a checkpoint');
  }
  const publicKey = createPublicKey({ key, format: 'jwk' });
  const input = Buffer.from(`${header}.${claims}`);
  if (!verify('sha256', input, { key: publicKey, dsaEncoding: 'ieee-p1363' }, bytes)) {
    throw new CheckpointError('the audit key did not sign it');
  }
  const parsed = auditCheckpointSchema.safeParse(parsePart(claims));
  if (!parsed.success) throw new CheckpointError('its claims are not those of a checkpoint');
  return parsed.data;
}

function parsePart(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
  } catch (cause) {
    throw new CheckpointError('it is not a checkpoint', { cause });
  }
}
