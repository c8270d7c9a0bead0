import { z } from 'zod';
import { isTokenEndpoint } from '../../../contract/targets.js';
import { SourceError } from '../source-error.js';
import type { HttpClient } from './http-client.js';

/** A client and where it gets its tokens: everything that one token depends on. */
export interface ClientGrant {
  readonly connectionId: string;
  readonly endpoint: string;
  readonly scope: string | undefined;
  readonly clientId: string;
  readonly clientSecret: string;
}

export interface AccessToken {
  readonly value: string;
  readonly lifeSeconds: number;
}

/** Everything together, in milliseconds: a request waits for it. */
const TIMEOUT_MS = 15_000;
/** Tokens with many groups take some 10 KB. */
const MAX_ANSWER_BYTES = 64 * 1024;
/** When the endpoint does not say, in seconds. */
const DEFAULT_LIFE_SECONDS = 300;
const MAX_LIFE_SECONDS = 24 * 60 * 60;

const answerSchema = z.object({
  access_token: z
    .string()
    .regex(/^[\x21-\x7e]+$/)
    .max(32_768),
  token_type: z
    .string()
    .regex(/^bearer$/i)
    .optional(),
  // Some endpoints write the figure as text.
  expires_in: z.coerce.number().min(0).optional(),
});
const refusalSchema = z.object({ error: z.string().regex(/^[a-z_]{1,40}$/) });

/**
 * Asks a token endpoint for a token by the client credentials grant. The client names itself in the header, which every
 * endpoint has to take, and in the body where that is refused. Redirects are not followed: the secret is for this address.
 *
 * @param allowsLoopback plain HTTP to this machine is taken, for development
 * @throws SourceError SOURCE_UNREACHABLE, SOURCE_DENIED, SOURCE_FAILED, VALIDATION_FAILED; nothing was executed
 * @see RFC 6749, sections 2.3.1 and 4.4
 */
export async function fetchToken(
  client: HttpClient,
  grant: ClientGrant,
  allowsLoopback: boolean,
): Promise<AccessToken> {
  assertEndpoint(grant.endpoint, allowsLoopback);
  const inHeader = await ask(client, grant, 'header');
  const answer = isClientRefused(inHeader) ? await ask(client, grant, 'body') : inHeader;
  const origin = new URL(grant.endpoint).origin;
  if (answer.status === 200) {
    const parsed = answerSchema.safeParse(answer.json);
    if (parsed.success) {
      const { access_token: value, expires_in: lifeSeconds = DEFAULT_LIFE_SECONDS } = parsed.data;
      return { value, lifeSeconds: Math.min(lifeSeconds, MAX_LIFE_SECONDS) };
    }
  }
  const { status } = answer;
  const refusal = refusalSchema.safeParse(answer.json);
  const details = { tokenEndpoint: origin, status, ...(refusal.success ? { reason: refusal.data.error } : {}) };
  if (status === 400 || status === 401 || status === 403) {
    throw new SourceError('SOURCE_DENIED', 'The token endpoint refused the client.', { hop: 'source', details });
  }
  throw new SourceError('SOURCE_FAILED', 'The token endpoint gave no token.', { hop: 'source', details });
}

/** @throws SourceError VALIDATION_FAILED */
function assertEndpoint(endpoint: string, allowsLoopback: boolean): void {
  const isTaken = isTokenEndpoint(endpoint) && (allowsLoopback || endpoint.toLowerCase().startsWith('https:'));
  if (!isTaken) throw new SourceError('VALIDATION_FAILED', 'A token endpoint must be an https address.');
}

interface Answer {
  readonly status: number;
  /** Undefined for what is no JSON. */
  readonly json: unknown;
}

function isClientRefused({ status, json }: Answer): boolean {
  if (status !== 400 && status !== 401) return false;
  const refusal = refusalSchema.safeParse(json);
  return !refusal.success || refusal.data.error === 'invalid_client' || refusal.data.error === 'invalid_request';
}

async function ask(client: HttpClient, grant: ClientGrant, namedIn: 'header' | 'body'): Promise<Answer> {
  const { clientId, clientSecret, scope, endpoint } = grant;
  const form = new URLSearchParams({ grant_type: 'client_credentials', ...(scope === undefined ? {} : { scope }) });
  if (namedIn === 'body') {
    form.set('client_id', clientId);
    form.set('client_secret', clientSecret);
  }
  const body = Buffer.from(form.toString());
  const { origin, pathname, search } = new URL(endpoint);
  const details = { tokenEndpoint: origin };
  const headers: [string, string][] = [
    ['content-type', 'application/x-www-form-urlencoded'],
    ['content-length', String(body.length)],
    ['accept', 'application/json'],
  ];
  if (namedIn === 'header') headers.push(['authorization', basicOf(clientId, clientSecret)]);
  try {
    const answer = await client.send({
      place: { origin, path: pathname + search },
      method: 'POST',
      headers,
      body: piece(body),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const whole = await readWhole(answer.body);
    if (whole === undefined) {
      throw new SourceError('SOURCE_FAILED', "The token endpoint's answer is too long.", { hop: 'source', details });
    }
    return { status: answer.statusCode, json: parse(whole) };
  } catch (cause) {
    // A place that cannot be reached is named as what it is: the token endpoint, not the source.
    if (cause instanceof SourceError && cause.code !== 'SOURCE_UNREACHABLE') throw cause;
    throw new SourceError('SOURCE_UNREACHABLE', 'The token endpoint cannot be reached.', {
      hop: 'source',
      details,
      cause,
    });
  }
}

/** Both parts are form-encoded before they are joined, so that a colon in the first one separates nothing. */
function basicOf(clientId: string, clientSecret: string): string {
  const encoded = [clientId, clientSecret].map((part) => new URLSearchParams([['', part]]).toString().slice(1));
  return `Basic ${Buffer.from(encoded.join(':')).toString('base64')}`;
}

async function* piece(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** Undefined when it is too long. */
async function readWhole(body: AsyncIterable<Uint8Array>): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > MAX_ANSWER_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
