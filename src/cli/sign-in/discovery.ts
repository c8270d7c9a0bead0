import { discoverySchema } from '../../contract/registration.js';
import type { Fetch } from '../../client/sender.js';
import { CommandError } from '../exit-codes.js';

/** Lets the person's own tenant decide. */
const ANY_TENANT = 'organizations';

/** How to sign in to a control plane. */
export interface SignInSettings {
  readonly clientId: string;
  readonly scope: string;
  readonly tokenEndpoint: string;
  readonly deviceAuthorizationEndpoint: string;
}

/**
 * Asks a control plane how to sign in to it.
 *
 * @throws CommandError UNREACHABLE, NOT_TIDEGATE
 */
export async function discoverSignIn(fetch: Fetch, url: string, tenant = ANY_TENANT): Promise<SignInSettings> {
  const answer = await fetch(new Request(`${url}/agent/v1/discovery`));
  const text = await answer.text();
  const parsed = discoverySchema.pick({ signIn: true }).safeParse(answer.ok ? parseJson(text) : undefined);
  if (!parsed.success) {
    throw new CommandError(`${url} does not say how to sign in: it is no control plane of Tidegate.`, {
      code: 'NOT_TIDEGATE',
      remedy: 'Check the address.',
    });
  }
  const { signIn } = parsed.data;
  const place = (endpoint: string): string => endpoint.replace('{tenant}', encodeURIComponent(tenant));
  return {
    clientId: signIn.clientId,
    scope: signIn.scope,
    tokenEndpoint: place(signIn.tokenEndpoint),
    deviceAuthorizationEndpoint: place(signIn.deviceAuthorizationEndpoint),
  };
}

/** undefined for what is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
