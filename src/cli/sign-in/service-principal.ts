import type { Fetch } from '../../client/sender.js';
import { CommandError } from '../exit-codes.js';
import { readSecretFile } from '../secret-file.js';
import type { Shell } from '../shell.js';
import { GrantRefused, requestTokens, signInRefused, type Tokens } from './token-endpoint.js';

interface ServicePrincipal {
  readonly clientId: string;
  readonly tokenEndpoint: string;
  /** What people would ask for; an application asks for everything it was granted on the same resource. */
  readonly scope: string;
}

/** @throws CommandError SIGN_IN_REFUSED, SECRET_MISSING, FILE_UNREADABLE, UNREACHABLE */
export async function signInAsServicePrincipal(
  fetch: Fetch,
  env: Shell['env'],
  { clientId, tokenEndpoint, scope }: ServicePrincipal,
): Promise<Tokens> {
  const secret = await clientSecret(env);
  try {
    return await requestTokens(fetch, tokenEndpoint, {
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: secret,
      scope: `${scope.slice(0, scope.lastIndexOf('/'))}/.default`,
    });
  } catch (error) {
    throw error instanceof GrantRefused ? signInRefused(error) : error;
  }
}

async function clientSecret(env: Shell['env']): Promise<string> {
  const path = env['TIDEGATE_CLIENT_SECRET_FILE'];
  if (path !== undefined && path !== '') return readSecretFile(path, 'client secret');
  const secret = env['TIDEGATE_CLIENT_SECRET'];
  if (secret !== undefined && secret !== '') return secret;
  throw new CommandError('The secret of the service principal is not known.', {
    code: 'SECRET_MISSING',
    remedy: 'Set TIDEGATE_CLIENT_SECRET_FILE to a file that holds it, or TIDEGATE_CLIENT_SECRET.',
  });
}
