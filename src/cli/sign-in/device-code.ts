import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { Fetch } from '../../client/sender.js';
import { CommandError } from '../exit-codes.js';
import type { SignInSettings } from './discovery.js';
import { GrantRefused, postForm, refusal, requestTokens, signInRefused, type Tokens } from './token-endpoint.js';

const DEVICE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code';

/** Seconds between two questions where the service does not say (RFC 8628, 3.2), and what `slow_down` adds (3.5). */
const DEFAULT_INTERVAL = 5;
const SLOWER_BY = 5;

const deviceCodeSchema = z.object({
  device_code: z.string(),
  user_code: z.string(),
  verification_uri: z.string(),
  expires_in: z.number(),
  interval: z.number().optional(),
});

/**
 * Signs a person in on another device or in a browser: they open an address and type a short code.
 *
 * @param tell told the address and the code
 * @throws CommandError SIGN_IN_REFUSED, SIGN_IN_EXPIRED, UNREACHABLE
 * @see RFC 8628
 */
export async function signInWithDeviceCode(
  fetch: Fetch,
  { clientId, scope, tokenEndpoint, deviceAuthorizationEndpoint }: SignInSettings,
  tell: (text: string) => void,
): Promise<Tokens> {
  const started = await postForm(fetch, deviceAuthorizationEndpoint, { client_id: clientId, scope });
  const code = deviceCodeSchema.safeParse(started);
  if (!code.success) throw signInRefused(refusal(started));
  const { device_code, user_code, verification_uri, expires_in } = code.data;
  tell(`To sign in, open ${verification_uri} and enter the code ${user_code}`);
  const until = Date.now() + expires_in * 1000;
  let interval = code.data.interval ?? DEFAULT_INTERVAL;
  while (Date.now() < until) {
    await pause(interval * 1000);
    try {
      return await requestTokens(fetch, tokenEndpoint, { client_id: clientId, grant_type: DEVICE_GRANT, device_code });
    } catch (error) {
      if (!(error instanceof GrantRefused)) throw error;
      if (error.error === 'slow_down') interval += SLOWER_BY;
      else if (error.error !== 'authorization_pending') throw signInRefused(error);
    }
  }
  throw new CommandError('Nobody signed in before the code ended.', {
    code: 'SIGN_IN_EXPIRED',
    remedy: 'Run the command again.',
  });
}
