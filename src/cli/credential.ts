import type { CredentialPair } from '../contract/sealed-credential.js';
import { CommandError } from './exit-codes.js';
import { readSecretFile } from './secret-file.js';
import type { Shell } from './shell.js';

/** Where a secret is to be taken from: exactly one of them. */
export interface SecretReference {
  readonly file?: string | undefined;
  readonly env?: string | undefined;
  readonly prompt?: boolean | undefined;
}

/** A field of a credential: its value in clear where it is no secret, or where the secret is. */
export interface CredentialField extends SecretReference {
  readonly name: string;
  readonly value?: string | undefined;
}

/** A credential by reference: which kind, and where its fields are. */
export interface CredentialReference {
  readonly type: 'Anonymous' | 'Basic' | 'Windows' | 'Key' | 'OAuth2';
  readonly fields: readonly CredentialField[];
}

/**
 * Reads the fields of a credential.
 *
 * @param whose for the question and for errors
 * @throws CommandError SECRET_MISSING, FILE_UNREADABLE
 */
export async function readCredential(
  shell: Shell,
  { fields }: CredentialReference,
  whose: string,
): Promise<CredentialPair[]> {
  const pairs: CredentialPair[] = [];
  for (const field of fields) {
    const { name, value } = field;
    pairs.push({ name, value: value ?? (await readSecret(shell, field, `${name} of ${whose}`)) });
  }
  return pairs;
}

async function readSecret(shell: Shell, { file, env, prompt }: SecretReference, what: string): Promise<string> {
  if (file !== undefined) return readSecretFile(file, what);
  if (env !== undefined) {
    const secret = shell.env[env] ?? '';
    if (secret !== '') return secret;
    throw secretMissing(`The environment variable ${env} with the ${what} is empty or not set.`, `Set ${env}.`);
  }
  if (prompt === true && shell.isInteractive) {
    const secret = await shell.askHidden(`${what}: `);
    if (secret !== '') return secret;
  }
  throw secretMissing(`The ${what} is not known.`, 'Give it in a file or an environment variable, or at a terminal.');
}

function secretMissing(message: string, remedy: string): CommandError {
  return new CommandError(message, { code: 'SECRET_MISSING', remedy });
}
