import { request, type Dispatcher } from 'undici';
import { z } from 'zod';
import type { Discovery } from '../contract/registration.js';
import { CommandError, systemErrorCode } from './exit-codes.js';
import { parseJson } from './member-record.js';
import { httpDispatcher, networkErrorOf } from './network/http-dispatcher.js';
import { Network } from './network/network.js';
import type { NetworkSettings } from './network/network-settings.js';
import { pause } from './pause.js';

const CALL_TIMEOUT_MS = 15_000;
const MAX_ANSWER_BYTES = 256 * 1024;
const DEVICE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code';

const deviceCodeSchema = z.object({
  device_code: z.string(),
  user_code: z.string(),
  verification_uri: z.string(),
  expires_in: z.number(),
  interval: z.number().optional(),
});
const tokenSchema = z.object({ access_token: z.string() });
const problemSchema = z.object({ error: z.string(), error_description: z.string().optional() });

export interface SignInSettings {
  readonly signIn: Discovery['signIn'];
  /** Id or name of the tenant; `organizations` lets the person's own decide. */
  readonly tenant: string | undefined;
  readonly ca: string | undefined;
  readonly network?: NetworkSettings | undefined;
  readonly tell: (text: string) => void;
}

/**
 * Signs a person in on another device: they open an address and type a short code.
 *
 * @returns the access token
 * @throws CommandError unreachable, refused
 * @see RFC 8628
 */
export async function signInWithDeviceCode(settings: SignInSettings): Promise<string> {
  const { signIn, tenant, ca, network, tell } = settings;
  const http = httpDispatcher(new Network(network, ca));
  const place = (endpoint: string) => endpoint.replace('{tenant}', encodeURIComponent(tenant ?? 'organizations'));
  const client = { client_id: signIn.clientId };
  try {
    const form = { ...client, scope: signIn.scope };
    const started = await post(http, place(signIn.deviceAuthorizationEndpoint), form);
    const code = deviceCodeSchema.safeParse(started.body);
    if (!code.success) throw refused(started.body);
    tell(`To sign in, open ${code.data.verification_uri} and enter the code ${code.data.user_code}`);
    const until = Date.now() + code.data.expires_in * 1000;
    let intervalMs = (code.data.interval ?? 5) * 1000;
    const never = new AbortController().signal;
    while (Date.now() < until) {
      await pause(intervalMs, never);
      const answer = await post(http, place(signIn.tokenEndpoint), {
        ...client,
        grant_type: DEVICE_GRANT,
        device_code: code.data.device_code,
      });
      const token = tokenSchema.safeParse(answer.body);
      if (token.success) return token.data.access_token;
      const problem = problemSchema.safeParse(answer.body);
      if (problem.success && problem.data.error === 'slow_down') intervalMs += 5000;
      else if (!problem.success || problem.data.error !== 'authorization_pending') throw refused(answer.body);
    }
    throw new CommandError('refused', 'Nobody signed in before the code ended.', 'Run the command again.');
  } finally {
    await http.close();
  }
}

async function post(http: Dispatcher, url: string, form: Record<string, string>): Promise<{ body: unknown }> {
  try {
    const answer = await request(url, {
      method: 'POST',
      dispatcher: http,
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
      body: new URLSearchParams(form).toString(),
      signal: AbortSignal.timeout(CALL_TIMEOUT_MS),
    });
    const bytes = Buffer.from(await answer.body.arrayBuffer());
    return { body: bytes.length > MAX_ANSWER_BYTES ? undefined : parseJson(bytes) };
  } catch (cause) {
    const known = networkErrorOf(cause);
    const reason = known?.message ?? `${systemErrorCode(cause) ?? 'no answer'}.`;
    throw new CommandError(
      'unreachable',
      `The sign-in service at ${new URL(url).origin} cannot be reached: ${reason}`,
      known?.remedy ?? 'Check the network and the proxy; in unattended use, register with a join token.',
      { cause },
    );
  }
}

function refused(body: unknown): CommandError {
  const problem = problemSchema.safeParse(body);
  const said = problem.success
    ? (problem.data.error_description ?? problem.data.error).slice(0, 300)
    : 'unknown answer';
  return new CommandError('refused', `The sign-in was refused: ${said}`, 'Check --tenant and the account used.');
}
