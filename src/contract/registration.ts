import { z } from 'zod';
import { capabilitiesSchema } from './capabilities.js';

/** Longest name of a gateway or member, in characters (Fabric's limit for both). */
export const MAX_NAME_LENGTH = 200;

/** A name people type: trimmed, no control characters. */
export const nameSchema = z
  .string()
  .trim()
  .min(1)
  .max(MAX_NAME_LENGTH)
  .refine((name) => !/\p{Cc}/u.test(name), 'must not contain control characters');

/** RSA public key as every client of the gateway reads it: base64, big-endian, modulus without a leading zero byte. */
export const sealingPublicKeySchema = z.object({ modulus: z.base64().max(1024), exponent: z.base64().max(16) });
export type SealingPublicKey = z.infer<typeof sealingPublicKeySchema>;

/** 32 raw bytes in base64url: an Ed25519 or X25519 public key, a salt. */
export const key32Schema = z.base64url().length(43);

/** A member's two public keys: Ed25519 proves who it is, X25519 receives secrets meant for it alone. */
export const memberKeysSchema = z.object({ identity: key32Schema, receiving: key32Schema });
export type MemberKeys = z.infer<typeof memberKeysSchema>;

/**
 * What the cloud keeps of the recovery key: salt and public halves, and the sealing private half sealed to the recovery
 * public half. None of it opens anything without the passphrase.
 */
export const recoverySetupSchema = z.object({
  kdf: z.object({
    name: z.literal('scrypt'),
    n: z.literal(131_072),
    r: z.literal(8),
    p: z.literal(1),
    salt: key32Schema,
  }),
  proofKey: key32Schema,
  recoveryKey: key32Schema,
  /** HPKE: encapsulated key (32 bytes) followed by the ciphertext, base64url. */
  bundle: z.base64url().max(8192),
});
export type RecoverySetup = z.infer<typeof recoverySetupSchema>;

/** Body of `POST /agent/v1/registrations`. */
export const registrationRequestSchema = z.object({
  gateway: z.object({ name: nameSchema, region: z.string().min(1).max(64) }),
  member: z.object({
    name: nameSchema,
    version: z.string().min(1).max(64),
    /** SHA-256 of the machine's identity, base64url. The control plane keeps only an HMAC of it under a tenant salt. */
    machine: key32Schema,
    keys: memberKeysSchema,
    capabilities: capabilitiesSchema,
  }),
  sealingKey: sealingPublicKeySchema,
  recovery: recoverySetupSchema,
  /** By the proof key over `memberCertificateInput`; agents older than it leave it out. */
  certificate: z.base64url().length(86).optional(),
  /** Ed25519 by the identity key over `registrationProofInput`: the caller holds the private half. */
  proof: z.base64url().length(86),
});
export type RegistrationRequest = z.infer<typeof registrationRequestSchema>;

/** What the identity key signs at registration. `audience` is the control plane's issuer, so a proof cannot be carried elsewhere. */
export function registrationProofInput(audience: string, request: Omit<RegistrationRequest, 'proof'>): string {
  const { gateway, member, sealingKey, recovery } = request;
  return JSON.stringify([
    'tidegate-registration/1',
    audience,
    gateway.name,
    gateway.region,
    member.machine,
    member.keys.identity,
    member.keys.receiving,
    sealingKey.modulus,
    sealingKey.exponent,
    recovery.proofKey,
    recovery.recoveryKey,
    recovery.kdf.salt,
    recovery.bundle,
  ]);
}

/** The root that certifies replicas, as an agent pins it. */
export const rootKeySchema = z.object({
  generation: z.int().min(1),
  /** EC P-256 public key. */
  jwk: z.object({ kty: z.literal('EC'), crv: z.literal('P-256'), x: key32Schema, y: key32Schema }),
});
export type RootKey = z.infer<typeof rootKeySchema>;

/** Answer 201 of `POST /agent/v1/registrations`. */
export const registrationResponseSchema = z.object({
  tenantId: z.guid(),
  gatewayId: z.guid(),
  memberId: z.guid(),
  region: z.string(),
  /** `aud` of the member's client assertions. */
  issuer: z.string(),
  root: rootKeySchema,
});
export type RegistrationResponse = z.infer<typeof registrationResponseSchema>;

/** Answer of `GET /agent/v1/discovery`: what an agent needs to know before it is anybody. */
export const discoverySchema = z.object({
  issuer: z.string(),
  version: z.string(),
  contractVersions: z.array(z.int()),
  regions: z.array(z.object({ key: z.string(), displayName: z.string(), environmentRegions: z.array(z.string()) })),
  signIn: z.object({
    clientId: z.string(),
    scope: z.string(),
    /** With `{tenant}` where the tenant's id or name goes. */
    deviceAuthorizationEndpoint: z.string(),
    tokenEndpoint: z.string(),
  }),
  root: rootKeySchema,
});
export type Discovery = z.infer<typeof discoverySchema>;

/** Scheme word of the `Authorization` header that carries a join token. */
export const JOIN_TOKEN_SCHEME = 'Tidegate-Join';
