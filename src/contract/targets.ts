import { z } from 'zod';

/** Source kinds served, as they stand in the connector surface's URL. */
export const SOURCE_KINDS = ['postgresql', 'http', 'filesystem'] as const;
export const sourceKindSchema = z.enum(SOURCE_KINDS);
export type SourceKind = z.infer<typeof sourceKindSchema>;

/** How the agent signs in at the source. */
export const credentialTypeSchema = z.enum(['Anonymous', 'Basic', 'Windows', 'Key', 'OAuth2']);
export type CredentialType = z.infer<typeof credentialTypeSchema>;

/** `Encrypted` demands TLS with a checked certificate, `Any` takes TLS where offered, `NotEncrypted` does without. */
export const connectionEncryptionSchema = z.enum(['Encrypted', 'Any', 'NotEncrypted']);
export type ConnectionEncryption = z.infer<typeof connectionEncryptionSchema>;

/** Where a connection leads. Everything in it is bound to the credential: see `targetFingerprintInput`. */
export const targetSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('postgresql'),
    server: z.string().min(1).max(255),
    port: z.int().min(1).max(65_535),
    database: z.string().min(1).max(128),
  }),
  z.object({ kind: z.literal('http'), url: z.url({ protocol: /^https?$/ }).max(2048) }),
  z.object({ kind: z.literal('filesystem'), path: z.string().min(1).max(4096) }),
]);
export type Target = z.infer<typeof targetSchema>;

/**
 * The text that stands for "this credential, used this way, over there". A member records its hash at first use of a
 * ciphertext and refuses the same ciphertext for another one, so nobody in the cloud can point a password elsewhere.
 */
export function targetFingerprintInput(
  target: Target,
  credentialType: CredentialType,
  encryption: ConnectionEncryption,
): string {
  const place =
    target.kind === 'postgresql'
      ? [target.server.toLowerCase(), String(target.port), target.database]
      : [target.kind === 'http' ? target.url : target.path];
  return JSON.stringify([target.kind, ...place, credentialType, encryption]);
}
