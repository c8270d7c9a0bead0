import { z } from 'zod';
import type { Fetch } from '../../client/sender.js';
import { CommandError } from '../exit-codes.js';
import { safeAddress } from './address.js';
import { parseJson } from './discovery.js';

const tokensSchema = z.object({
  access_token: z.string(),
  refresh_token: z.string().optional(),
  expires_in: z.coerce.number().default(3600),
});
const problemSchema = z.object({ error: z.string(), error_description: z.string().optional() });

/** What a sign-in service gave. */
export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken?: string | undefined;
  readonly expiresAt: number;
}

/** What a sign-in service refused, in OAuth's words. */
export class GrantRefused extends Error {
  override readonly name = 'GrantRefused';

  constructor(
    readonly error: string,
    description: string,
  ) {
    super(description);
  }
}

/** Asks for tokens. @throws GrantRefused; CommandError UNREACHABLE, ADDRESS_UNSAFE */
export async function requestTokens(fetch: Fetch, endpoint: string, form: Record<string, string>): Promise<Tokens> {
  const body = await postForm(fetch, endpoint, form);
  const tokens = tokensSchema.safeParse(body);
  if (!tokens.success) throw refusal(body);
  const { access_token, refresh_token, expires_in } = tokens.data;
  return {
    accessToken: access_token,
    expiresAt: Date.now() + expires_in * 1000,
    ...(refresh_token !== undefined && { refreshToken: refresh_token }),
  };
}

/** Posts a form; the answer's JSON, whatever its status. */
export async function postForm(fetch: Fetch, endpoint: string, form: Record<string, string>): Promise<unknown> {
  const init = { method: 'POST', body: new URLSearchParams(form), headers: { accept: 'application/json' } };
  const answer = await fetch(new Request(safeAddress(endpoint), init));
  return parseJson(await answer.text());
}

/** The refusal that a body tells of. */
export function refusal(body: unknown): GrantRefused {
  const problem = problemSchema.safeParse(body);
  if (!problem.success) return new GrantRefused('unknown', 'The sign-in service answered something unknown.');
  const { error, error_description: description } = problem.data;
  return new GrantRefused(error, (description ?? error).slice(0, 300));
}

/** For people. */
export function signInRefused(cause: GrantRefused): CommandError {
  return new CommandError(`The sign-in was refused: ${cause.message}`, {
    code: 'SIGN_IN_REFUSED',
    remedy: 'Check the tenant and the account, and run `tidegate login` again.',
    cause,
  });
}
