import type { Fetch } from '../../client/sender.js';
import { CommandError } from '../exit-codes.js';
import { readSecretFile } from '../secret-file.js';
import type { Shell } from '../shell.js';
import { createTransport } from '../transport.js';
import { safeAddress } from './address.js';
import { discoverSignIn } from './discovery.js';
import { signInAsServicePrincipal } from './service-principal.js';
import type { SignIn, SignInFile } from './sign-in-file.js';
import { GrantRefused, requestTokens, signInRefused, type Tokens } from './token-endpoint.js';

/** A token is renewed so long before it ends, in milliseconds: a request may wait for its turn. */
const RENEW_BEFORE_MS = 120_000;

/** Where to call, and with which token. */
export interface Access {
  readonly url: string;
  readonly fetch: Fetch;
  /** Valid now. */
  readonly token: () => Promise<string>;
}

interface Wanted {
  readonly url?: string | undefined;
  readonly caFile?: string | undefined;
}

/**
 * Finds out who calls: a token from a file, a service principal of the environment, or who signed in, in this order.
 *
 * @throws CommandError NOT_SIGNED_IN, SIGN_IN_UNREADABLE, ADDRESS_UNSAFE
 */
export async function findAccess(env: Shell['env'], file: SignInFile, wanted: Wanted): Promise<Access> {
  const named = wanted.url ?? env['TIDEGATE_URL'];
  const known = await file.read();
  const caFile = wanted.caFile ?? env['TIDEGATE_CA_FILE'] ?? known?.caFile;
  const fetch = createTransport(env, caFile);
  const tokenFile = env['TIDEGATE_TOKEN_FILE'];
  const clientId = env['TIDEGATE_CLIENT_ID'];
  const url = named === undefined ? known?.url : safeAddress(named);
  if (url === undefined) throw notSignedIn('You are not signed in.');
  if (tokenFile !== undefined && tokenFile !== '') {
    return { url, fetch, token: () => readSecretFile(tokenFile, 'access token') };
  }
  if (clientId !== undefined && clientId !== '' && known?.clientId !== clientId) {
    return { url, fetch, token: principalTokens(fetch, env, { url, clientId }) };
  }
  if (known?.url !== url) throw notSignedIn(`You are not signed in to ${url}.`);
  return { url, fetch, token: new StoredTokens(fetch, env, file).token };
}

/** Without a file: a job in the night signs in each time. */
function principalTokens(fetch: Fetch, env: Shell['env'], { url, clientId }: { url: string; clientId: string }) {
  let held: Tokens | undefined;
  return async (): Promise<string> => {
    if (!held || held.expiresAt - Date.now() < RENEW_BEFORE_MS) {
      const settings = await discoverSignIn(fetch, url, tenantOf(env));
      held = await signInAsServicePrincipal(fetch, env, { ...settings, clientId });
    }
    return held.accessToken;
  };
}

/** @throws CommandError TENANT_MISSING: an application belongs to no person whose tenant could be taken */
export function tenantOf(env: Shell['env']): string {
  const tenant = env['TIDEGATE_TENANT'];
  if (tenant !== undefined && tenant !== '') return tenant;
  throw new CommandError('The tenant of the service principal is not known.', {
    code: 'TENANT_MISSING',
    remedy: 'Set TIDEGATE_TENANT to its id or name, or give --tenant.',
  });
}

/** The tokens of who signed in, renewed and kept when they end. */
class StoredTokens {
  constructor(
    private readonly fetch: Fetch,
    private readonly env: Shell['env'],
    private readonly file: SignInFile,
  ) {}

  readonly token = async (): Promise<string> => {
    const known = await this.file.read();
    if (!known) throw notSignedIn('You signed out meanwhile.');
    if (known.expiresAt - Date.now() > RENEW_BEFORE_MS) return known.accessToken;
    const renewed = { ...known, ...(await this.renew(known)) };
    await this.file.write(renewed);
    return renewed.accessToken;
  };

  private async renew(known: SignIn): Promise<Tokens> {
    if (known.isServicePrincipal === true) return signInAsServicePrincipal(this.fetch, this.env, known);
    if (known.refreshToken === undefined) throw notSignedIn('Your sign-in has ended.');
    try {
      return await requestTokens(this.fetch, known.tokenEndpoint, {
        grant_type: 'refresh_token',
        client_id: known.clientId,
        refresh_token: known.refreshToken,
        scope: known.scope,
      });
    } catch (error) {
      if (!(error instanceof GrantRefused)) throw error;
      // A refresh token is used once: another command of the same person may have been faster.
      const meanwhile = await this.file.read();
      if (meanwhile && meanwhile.accessToken !== known.accessToken) return meanwhile;
      throw error.error === 'invalid_grant' ? notSignedIn('Your sign-in has ended.') : signInRefused(error);
    }
  }
}

function notSignedIn(message: string): CommandError {
  return new CommandError(message, {
    code: 'NOT_SIGNED_IN',
    remedy: 'Run `tidegate login --url https://…`, or set TIDEGATE_URL and TIDEGATE_TOKEN_FILE.',
  });
}
