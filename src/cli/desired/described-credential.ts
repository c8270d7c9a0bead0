import { z } from 'zod';
import type { CredentialField, CredentialReference } from '../credential.js';

const CREDENTIAL_TYPES = ['Anonymous', 'Basic', 'Windows', 'Key', 'OAuth2'] as const;

const fieldSchema = z
  .strictObject({
    name: z.string().min(1).max(128),
    value: z.string().optional(),
    file: z.string().min(1).optional(),
    env: z.string().min(1).optional(),
    prompt: z.literal(true).optional(),
  })
  .refine(
    ({ value, file, env, prompt }) => [value, file, env, prompt].filter((each) => each !== undefined).length === 1,
    'needs exactly one of value, file, env and prompt',
  );

/** By reference: a file that is kept with others must not hold a password. */
export const credentialSchema = z
  .strictObject({
    type: z.enum(CREDENTIAL_TYPES),
    username: z.string().min(1).optional(),
    passwordFile: z.string().min(1).optional(),
    passwordEnv: z.string().min(1).optional(),
    keyFile: z.string().min(1).optional(),
    keyEnv: z.string().min(1).optional(),
    prompt: z.literal(true).optional(),
    /** Of an OAuth2 credential. */
    fields: z.array(fieldSchema).min(1).max(20).optional(),
  })
  .superRefine((credential, context) => {
    const problem = problemOf(credential);
    if (problem !== undefined) context.addIssue({ code: 'custom', message: problem });
  });

type DescribedCredential = z.infer<typeof credentialSchema>;

/** As it is read and sealed. */
export function toReference({ type, username, ...rest }: DescribedCredential): CredentialReference {
  const { passwordFile, passwordEnv, keyFile, keyEnv, prompt, fields = [] } = rest;
  switch (type) {
    case 'Anonymous':
      return { type, fields: [] };
    case 'Basic':
    case 'Windows':
      return { type, fields: [named(username), { name: 'password', file: passwordFile, env: passwordEnv, prompt }] };
    case 'Key':
      return { type, fields: [{ name: 'key', file: keyFile, env: keyEnv, prompt }] };
    case 'OAuth2':
      return { type, fields };
  }
}

function named(username: string | undefined): CredentialField {
  return { name: 'username', value: username ?? '' };
}

function problemOf(credential: DescribedCredential): string | undefined {
  const { type, username, passwordFile, passwordEnv, keyFile, keyEnv, prompt, fields } = credential;
  const count = (...words: unknown[]): number => words.filter((word) => word !== undefined).length;
  const all = count(username, passwordFile, passwordEnv, keyFile, keyEnv, prompt, fields);
  switch (type) {
    case 'Anonymous':
      return all === 0 ? undefined : 'Anonymous takes nothing else';
    case 'Basic':
    case 'Windows':
      return username !== undefined && count(passwordFile, passwordEnv, prompt) === 1 && all === 2
        ? undefined
        : `${type} takes username and exactly one of passwordFile, passwordEnv and prompt`;
    case 'Key':
      return count(keyFile, keyEnv, prompt) === 1 && all === 1
        ? undefined
        : 'Key takes exactly one of keyFile, keyEnv and prompt';
    case 'OAuth2':
      return fields !== undefined && all === 1 ? undefined : 'OAuth2 takes fields, each with its name and where it is';
  }
}
