import type { CredentialReference } from '../credential.js';
import { CommandError } from '../exit-codes.js';

export const CREDENTIAL_TYPES = ['Anonymous', 'Basic', 'Windows', 'Key'] as const;

/** A credential as options name it: never the secret itself, which other users of the machine could read. */
export interface CredentialWords {
  readonly credential?: (typeof CREDENTIAL_TYPES)[number];
  readonly username?: string;
  readonly secretFile?: string;
  readonly secretEnv?: string;
}

/** @throws CommandError */
export function credentialOf(words: CredentialWords, fallback: CredentialReference['type']): CredentialReference {
  const { credential: type = fallback, username, secretFile: file, secretEnv: env } = words;
  if (file !== undefined && env !== undefined) throw new CommandError('Give --secret-file or --secret-env, not both.');
  const secret = { file, env, prompt: true };
  switch (type) {
    case 'Anonymous':
      return { type, fields: [] };
    case 'Basic':
    case 'Windows':
      if (username === undefined) throw new CommandError(`A ${type} credential needs --username.`);
      return {
        type,
        fields: [
          { name: 'username', value: username },
          { name: 'password', ...secret },
        ],
      };
    case 'Key':
      return { type, fields: [{ name: 'key', ...secret }] };
    case 'OAuth2':
      throw new CommandError('An OAuth2 credential has several fields.', {
        remedy: 'Describe it in a file for `apply`.',
      });
  }
}
