import { z } from 'zod';
import { key32Schema } from './registration.js';

/**
 * Objects that are signed, each with its own `typ`: one can never be taken for another. All are compact JWS.
 *
 * The chain: the root (EC P-256, ES256, in Key Vault, pinned by agents) certifies a replica's Ed25519 key for 24 h; the
 * replica's key (EdDSA) announces session keys and signs writes.
 */
export const REPLICA_CERTIFICATE_TYP = 'tidegate-replica+jwt';
export const SESSION_ANNOUNCEMENT_TYP = 'tidegate-session+jwt';

/** How long a replica's certificate holds. */
export const REPLICA_CERTIFICATE_SECONDS = 24 * 60 * 60;

export const replicaCertificateSchema = z.object({
  iss: z.string(),
  sub: z.string(),
  iat: z.int(),
  exp: z.int(),
  /** Generation of the root that signed: agents keep the highest seen and refuse lower ones. */
  root: z.int().min(1),
  cnf: z.object({ jwk: z.object({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: key32Schema }) }),
});
export type ReplicaCertificate = z.infer<typeof replicaCertificateSchema>;

/** The session keys of one epoch for one member, each HPKE-sealed (encapsulated key ‖ ciphertext, base64url). */
export const sessionAnnouncementSchema = z.object({
  iss: z.string(),
  iat: z.int(),
  exp: z.int(),
  gatewayId: z.guid(),
  memberId: z.guid(),
  epoch: z.int().min(1),
  requestKey: z.base64url().max(512),
  replyKey: z.base64url().max(512),
});
export type SessionAnnouncement = z.infer<typeof sessionAnnouncementSchema>;

/** HPKE `info` for a session key: binds the ciphertext to its use. */
export function sessionKeyInfo(use: 'request' | 'reply', gatewayId: string, memberId: string, epoch: number): string {
  return `tidegate-session/1 ${use} ${gatewayId} ${memberId} ${epoch}`;
}

/** HPKE `info` for the recovery bundle. */
export const RECOVERY_BUNDLE_INFO = 'tidegate-recovery-bundle/1';

/** What a replica's key signs for a write: a domain word and the SHA-256 of the envelope's bytes as sent. */
export function writeProofInput(envelopeSha256: Uint8Array): Uint8Array {
  const domain = new TextEncoder().encode('tidegate-write/1\0');
  const input = new Uint8Array(domain.length + envelopeSha256.length);
  input.set(domain);
  input.set(envelopeSha256, domain.length);
  return input;
}
