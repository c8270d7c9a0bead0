import { z } from 'zod';

/** Source kinds served, as they stand in the connector surface's URL. */
export const SOURCE_KINDS = ['postgresql', 'sql', 'mysql', 'oracle', 'http', 'odata', 'filesystem', 'sftp'] as const;
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

/** An address of the web, and how a credential is used there. */
const webShape = {
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
};

/** A web API. */
const httpTargetSchema = z.object({ kind: z.literal('http'), ...webShape });
export type HttpTarget = z.infer<typeof httpTargetSchema>;

/** An OData service, by the address of its service document. */
const odataTargetSchema = z.object({ kind: z.literal('odata'), ...webShape });
export type ODataTarget = z.infer<typeof odataTargetSchema>;

const serverSchema = z.string().min(1).max(255);
const portSchema = z.int().min(1).max(65_535);
const databaseShape = { server: serverSchema, port: portSchema, database: z.string().min(1).max(128) };

/** An SFTP server, and the folder that the connection is about. */
const sftpTargetSchema = z.object({
  kind: z.literal('sftp'),
  server: serverSchema,
  port: portSchema,
  path: z.string().min(1).max(4096),
  /** Fingerprint of the server's key as OpenSSH prints it: without it any machine on the way could take the password. */
  hostKey: z.string().regex(/^SHA256:[A-Za-z0-9+/]{43}$/),
});
export type SftpTarget = z.infer<typeof sftpTargetSchema>;

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
  z.object({ kind: z.literal('postgresql'), ...databaseShape }),
  z.object({ kind: z.literal('sql'), ...databaseShape }),
  z.object({ kind: z.literal('mysql'), ...databaseShape }),
  z.object({ kind: z.literal('oracle'), server: serverSchema, port: portSchema, service: z.string().min(1).max(128) }),
  httpTargetSchema,
  odataTargetSchema,
  z.object({ kind: z.literal('filesystem'), path: z.string().min(1).max(4096) }),
  sftpTargetSchema,
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
  return JSON.stringify([target.kind, ...placeOf(target), credentialType, encryption, ...signInOf(target)]);
}

function placeOf(target: Target): readonly string[] {
  switch (target.kind) {
    case 'postgresql':
    case 'sql':
    case 'mysql':
      return [target.server.toLowerCase(), String(target.port), target.database];
    case 'oracle':
      return [target.server.toLowerCase(), String(target.port), target.service];
    case 'sftp':
      return [target.server.toLowerCase(), String(target.port), target.path, target.hostKey];
    case 'http':
    case 'odata':
      return [target.url];
    case 'filesystem':
      return [target.path];
  }
}

/** An element of its own, and none for targets without: their texts stay those that members have recorded. */
function signInOf(target: Target): readonly (readonly (string | null)[])[] {
  if (target.kind !== 'http' && target.kind !== 'odata') return [];
  const { apiKeyName, apiKeyIn, tokenEndpoint, scope } = target;
  const parts = [apiKeyName, apiKeyIn, tokenEndpoint, scope].map((part) => part ?? null);
  return parts.every((part) => part === null) ? [] : [parts];
}
