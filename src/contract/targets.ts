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

/** What a name of a header or of a parameter in a query may hold. @see RFC 9110, section 5.6.2 */
const apiKeyNameSchema = z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,128}$/);
/** @see RFC 6749, section 3.3 */
const scopeSchema = z
  .string()
  .regex(/^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/)
  .max(1024);

/** A web API, and how its credential is used there. */
const httpTargetSchema = z.object({
  kind: z.literal('http'),
  url: z.url({ protocol: /^https?$/ }).max(2048),
  /** Name of the header or parameter that carries the key. */
  apiKeyName: apiKeyNameSchema.optional(),
  /** Where the key goes; a header when left out. */
  apiKeyIn: z.enum(['header', 'query']).optional(),
  /** Where the agent gets access tokens for the client that the credential holds. */
  tokenEndpoint: z
    .url({ protocol: /^https?$/ })
    .max(2048)
    .optional(),
  /** What the tokens are asked for. */
  scope: scopeSchema.optional(),
});
export type HttpTarget = z.infer<typeof httpTargetSchema>;

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/**
 * Whether a client's secret may be sent there at all: over TLS, or to the machine itself, which agents take in development
 * only.
 */
export function isTokenEndpoint(address: string): boolean {
  const { protocol, hostname, username, password, hash } = new URL(address);
  if (username !== '' || password !== '' || hash !== '') return false;
  return protocol === 'https:' || (protocol === 'http:' && LOOPBACK.test(hostname));
}

/** Where a connection leads. Everything in it is bound to the credential: see `targetFingerprintInput`. */
export const targetSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('postgresql'),
    server: z.string().min(1).max(255),
    port: z.int().min(1).max(65_535),
    database: z.string().min(1).max(128),
  }),
  httpTargetSchema,
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
  return JSON.stringify([target.kind, ...place, credentialType, encryption, ...signInOf(target)]);
}

/** An element of its own, and none for targets without: their texts stay those that members have recorded. */
function signInOf(target: Target): readonly (readonly (string | null)[])[] {
  if (target.kind !== 'http') return [];
  const { apiKeyName, apiKeyIn, tokenEndpoint, scope } = target;
  const parts = [apiKeyName, apiKeyIn, tokenEndpoint, scope].map((part) => part ?? null);
  return parts.every((part) => part === null) ? [] : [parts];
}
