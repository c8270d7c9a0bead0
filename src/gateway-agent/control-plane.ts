import { randomUUID, type KeyObject } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { SignJWT } from 'jose';
import { request, type Dispatcher } from 'undici';
import { z } from 'zod';
import {
  CLIENT_ASSERTION_SECONDS,
  CLIENT_ASSERTION_TYP,
  CLIENT_ASSERTION_TYPE,
  heartbeatResponseSchema,
  sessionResponseSchema,
  tokenResponseSchema,
  type HeartbeatRequest,
  type HeartbeatResponse,
  type SessionMove,
  type SessionResponse,
  type TokenRequest,
} from '../contract/membership.js';
import {
  discoverySchema,
  registrationResponseSchema,
  type Discovery,
  type RegistrationRequest,
  type RegistrationResponse,
} from '../contract/registration.js';
import { CONTRACT_VERSION, PRODUCT_VERSION } from '../contract/version.js';
import { systemErrorCode } from './exit-codes.js';
import { parseJson } from './member-record.js';
import { httpDispatcher, networkErrorOf } from './network/http-dispatcher.js';
import { Network } from './network/network.js';
import type { NetworkSettings } from './network/network-settings.js';

const CALL_TIMEOUT_MS = 15_000;
const MAX_ANSWER_BYTES = 1024 * 1024;
/** A token is fetched anew this long before it ends, so that none ends on the way. */
const TOKEN_MARGIN_MS = 60_000;
/** And up to this much earlier still, by chance: tokens fetched together are renewed apart. */
const TOKEN_SPREAD_MS = 90_000;
/** Clocks closer than this are left alone: the answer's time has whole seconds and was on its way for some. */
const NEGLIGIBLE_OFFSET_MS = 15_000;

const problemSchema = z.object({
  code: z.string().max(100).optional(),
  title: z.string().max(1000).optional(),
  detail: z.string().max(2000).optional(),
  remedy: z.string().max(1000).optional(),
});

/** A call to the control plane that did not end well. Whether trying again makes sense is a field, not a guess from words. */
export class ControlPlaneError extends Error {
  override readonly name = 'ControlPlaneError';

  constructor(
    /** `refused`: an answer that will not change by asking again. */
    readonly kind: 'unreachable' | 'unavailable' | 'refused' | 'invalid',
    message: string,
    readonly problem: { status?: number; code?: string; remedy?: string; retryAfterMs?: number } = {},
    options: ErrorOptions = {},
  ) {
    super(message, options);
  }
}

export interface ControlPlaneSettings {
  readonly url: string;
  /** PEM of further certificate authorities. */
  readonly ca?: string | undefined;
  /** How the cloud is reached; directly without it. */
  readonly network?: NetworkSettings | undefined;
}

/** Who asks, after registration. */
export interface MemberCredentials {
  readonly memberId: string;
  readonly issuer: string;
  readonly identity: KeyObject;
  /** The number of a start that goes on: a command beside a running agent shares its number instead of replacing it. */
  readonly instance?: number | undefined;
}

/** HTTPS to the control plane: registration, tokens, heartbeats, sessions. Never used while a request is answered. */
export class ControlPlane {
  private readonly base: URL;
  private readonly http: Dispatcher;
  private token: AccessToken | undefined;
  private fetching: Promise<AccessToken> | undefined;
  private instance: number | undefined;
  /** How far the control plane's clock is ahead of this machine's, as its last answer says; whole seconds. */
  private dateOffsetMs = 0;

  constructor(
    settings: ControlPlaneSettings,
    private readonly member?: MemberCredentials,
  ) {
    this.base = new URL('agent/v1/', settings.url.endsWith('/') ? settings.url : `${settings.url}/`);
    this.instance = member?.instance;
    this.http = httpDispatcher(new Network(settings.network, settings.ca), {
      headersTimeout: CALL_TIMEOUT_MS,
      bodyTimeout: CALL_TIMEOUT_MS,
      connections: 4,
    });
  }

  /** The number that this start of the agent was given; undefined before its first token. */
  get instanceNumber(): number | undefined {
    return this.instance;
  }

  /** How far the control plane's clock is ahead of this machine's, as its last answer said, in milliseconds. */
  get clockAheadMs(): number {
    return this.dateOffsetMs;
  }

  async discover(signal?: AbortSignal): Promise<Discovery> {
    return parseAnswer(discoverySchema, await this.call('GET', 'discovery', { signal }));
  }

  /** @param authorization the whole header: a user's bearer token or a join token */
  async register(authorization: string, body: RegistrationRequest): Promise<RegistrationResponse> {
    return parseAnswer(registrationResponseSchema, await this.call('POST', 'registrations', { authorization, body }));
  }

  /** What came of a registration whose answer was lost. @throws ControlPlaneError refused where nothing came of it */
  async findRegistration(body: RegistrationRequest): Promise<RegistrationResponse> {
    return parseAnswer(registrationResponseSchema, await this.call('POST', 'registrations/lookups', { body }));
  }

  async heartbeat(body: HeartbeatRequest, signal: AbortSignal): Promise<HeartbeatResponse> {
    return parseAnswer(heartbeatResponseSchema, await this.callAsMember('POST', 'heartbeats', { body, signal }));
  }

  async session(signal: AbortSignal): Promise<SessionResponse> {
    return parseAnswer(sessionResponseSchema, await this.callAsMember('GET', 'session', { signal }));
  }

  /** The connection to the relay fell silent in this epoch: asks for new places, where nobody takes the old one for alive. */
  async moveSession(epoch: number): Promise<void> {
    const body: SessionMove = { epoch };
    await this.callAsMember('POST', 'session/moves', { body });
  }

  async leave(): Promise<void> {
    await this.callAsMember('DELETE', 'membership', {});
  }

  /** A question of somebody who is no member yet. @param authorization the whole header */
  async askAs<T>(authorization: string, schema: z.ZodType<T>, question: Question): Promise<T> {
    const { method, path, ...call } = question;
    return parseAnswer(schema, await this.call(method, path, { ...call, authorization }));
  }

  /** A question of this member. */
  async ask<T>(schema: z.ZodType<T>, { method, path, ...call }: Question): Promise<T> {
    return parseAnswer(schema, await this.callAsMember(method, path, call));
  }

  /**
   * Loads something large, as this member. Reading it is the caller's part, to its end or not at all.
   *
   * @param path below the control plane's address
   */
  async load(path: string, signal: AbortSignal): Promise<AsyncIterable<Uint8Array>> {
    const url = new URL(path, new URL('../../', this.base));
    if (url.origin !== this.base.origin)
      throw new ControlPlaneError('invalid', 'The control plane named a place elsewhere.');
    const authorization = `Bearer ${(await this.accessToken()).text}`;
    try {
      const answer = await request(url, { dispatcher: this.http, signal, bodyTimeout: CALL_TIMEOUT_MS, headers: { authorization } }); // prettier-ignore
      if (answer.statusCode === 200) return answer.body;
      throw refusal(answer, await readLimited(answer.body, MAX_ANSWER_BYTES));
    } catch (error) {
      if (error instanceof ControlPlaneError) throw error;
      throw this.unreachable(error, systemErrorCode(error) ?? 'connection failed');
    }
  }

  async close(): Promise<void> {
    await this.http.destroy();
  }

  /** Tries once more with a new token when an older one was refused; a new one that is refused is refused for good. */
  private async callAsMember(method: Dispatcher.HttpMethod, path: string, call: Call): Promise<unknown> {
    const known = this.token;
    const used = await this.accessToken();
    const attempt = ({ text }: AccessToken) => this.call(method, path, { ...call, authorization: `Bearer ${text}` });
    try {
      return await attempt(used);
    } catch (error) {
      const { status, code } = error instanceof ControlPlaneError ? error.problem : {};
      if (status !== 401 || code === SUPERSEDED || used !== known) throw error;
      if (this.token === used) this.token = undefined;
      return attempt(await this.accessToken());
    }
  }

  /** One fetch at a time, however many ask: each takes a place in the control plane's list of used assertions. */
  private async accessToken(): Promise<AccessToken> {
    if (this.token && this.token.validUntil > Date.now()) return this.token;
    this.fetching ??= this.fetchToken().finally(() => {
      this.fetching = undefined;
    });
    return this.fetching;
  }

  private async fetchToken(): Promise<AccessToken> {
    if (!this.member) throw new TypeError('only a registered member has tokens');
    // By the control plane's clock: a machine whose own is wrong must still be able to say so.
    const now = Math.floor(
      (Date.now() + (Math.abs(this.dateOffsetMs) > NEGLIGIBLE_OFFSET_MS ? this.dateOffsetMs : 0)) / 1000,
    );
    const assertion = await new SignJWT({})
      .setProtectedHeader({ alg: 'EdDSA', typ: CLIENT_ASSERTION_TYP })
      .setIssuer(this.member.memberId)
      .setSubject(this.member.memberId)
      .setAudience(this.member.issuer)
      .setJti(randomUUID())
      .setIssuedAt(now)
      .setExpirationTime(now + CLIENT_ASSERTION_SECONDS)
      .sign(this.member.identity);
    const body: TokenRequest = {
      grant_type: 'client_credentials',
      client_assertion_type: CLIENT_ASSERTION_TYPE,
      client_assertion: assertion,
      ...(this.instance === undefined ? {} : { instance: this.instance }),
    };
    const answer = parseAnswer(tokenResponseSchema, await this.call('POST', 'tokens', { body }));
    this.instance = answer.instance;
    const marginMs = TOKEN_MARGIN_MS + Math.random() * TOKEN_SPREAD_MS;
    const validForMs = Math.max(answer.expires_in * 1000 - marginMs, 5_000);
    this.token = { text: answer.access_token, validUntil: Date.now() + validForMs };
    // The connection that brought it is free from the next turn on; a call made sooner would open another one.
    await nextTurn();
    return this.token;
  }

  private async call(method: Dispatcher.HttpMethod, path: string, call: Call): Promise<unknown> {
    const url = new URL(path, this.base);
    const timeout = AbortSignal.timeout(CALL_TIMEOUT_MS);
    try {
      const answer = await request(url, {
        method,
        dispatcher: this.http,
        signal: call.signal ? AbortSignal.any([call.signal, timeout]) : timeout,
        headers: {
          accept: 'application/json, application/problem+json',
          'user-agent': `tidegate-agent/${PRODUCT_VERSION} contract/${CONTRACT_VERSION}`,
          ...(call.authorization === undefined ? {} : { authorization: call.authorization }),
          ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        body: call.body === undefined ? null : JSON.stringify(call.body),
      });
      const date = Date.parse(String(answer.headers.date));
      if (!Number.isNaN(date)) this.dateOffsetMs = date - Date.now();
      const text = await readLimited(answer.body, call.maxBytes ?? MAX_ANSWER_BYTES);
      if (answer.statusCode >= 200 && answer.statusCode < 300) return text === '' ? undefined : parseJson(text);
      throw refusal(answer, text);
    } catch (error) {
      if (error instanceof ControlPlaneError) throw error;
      throw this.unreachable(error, timeout.aborted ? 'no answer in time' : (systemErrorCode(error) ?? 'connection failed')); // prettier-ignore
    }
  }

  private unreachable(cause: unknown, reason: string): ControlPlaneError {
    const network = networkErrorOf(cause);
    const problem = network ? { remedy: network.remedy } : {};
    const message = `The control plane at ${this.base.origin} cannot be reached: ${network?.message ?? `${reason}.`}`;
    return new ControlPlaneError('unreachable', message, problem, { cause });
  }
}

/** Code of the control plane for a start that a newer start of the same agent has replaced. */
export const SUPERSEDED = 'INSTANCE_SUPERSEDED';

/** One call below `agent/v1/`. */
export interface Question {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
  /** Longest answer that is read; 1 MiB if not given. */
  readonly maxBytes?: number;
}

interface AccessToken {
  readonly text: string;
  readonly validUntil: number;
}

interface Call extends Omit<Question, 'method' | 'path'> {
  readonly authorization?: string;
}

function refusal({ statusCode: status, headers }: Dispatcher.ResponseData, text: string): ControlPlaneError {
  const parsed = problemSchema.safeParse(parseJson(text));
  const problem = parsed.success ? parsed.data : {};
  const kind = status >= 500 || status === 429 || status === 408 ? 'unavailable' : 'refused';
  const retryAfterMs = retryAfterOf(headers['retry-after']);
  return new ControlPlaneError(kind, problem.detail ?? problem.title ?? `The control plane answered ${status}.`, {
    status,
    ...(problem.code === undefined ? {} : { code: problem.code }),
    ...(problem.remedy === undefined ? {} : { remedy: problem.remedy }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
}

/** Seconds or a date, in milliseconds from now; undefined for anything else. @see RFC 9110, section 10.2.3 */
function retryAfterOf(header: string | string[] | undefined): number | undefined {
  if (typeof header !== 'string') return undefined;
  const ms = /^\d{1,6}$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return ms >= 0 ? ms : undefined;
}

function parseAnswer<T>(schema: z.ZodType<T>, answer: unknown): T {
  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues[0]?.path.join('.') ?? '';
  throw new ControlPlaneError('invalid', `The control plane answered in an unknown shape (${where}).`, {});
}

async function readLimited(body: AsyncIterable<Uint8Array>, maxBytes: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > maxBytes) throw new ControlPlaneError('invalid', 'The control plane answered too much.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
