import type { Dispatcher } from 'undici';
import type { HeaderList } from '../../../contract/operations.js';
import { abortable } from '../abortable.js';
import type { ConnectorRequest } from '../connector.js';
import { directEgress, type Egress } from '../egress.js';
import type { SourceError } from '../source-error.js';
import { AccessTokens } from './access-tokens.js';
import { fetchToken } from './client-grant.js';
import { HttpClient } from './http-client.js';
import { mayRepeat } from './http-failure.js';
import { requestHeaders } from './http-headers.js';
import { RepeatableBody } from './repeatable-body.js';
import { bearer, readSignIn, signedPath, type SignIn, type SignInTarget } from './sign-in.js';
import type { HttpPlace } from './target-path.js';

export interface HttpSettings {
  /** Authorities to check servers against, PEM; Node's own when left out. */
  readonly ca?: string[] | undefined;
  /** Token endpoints of this machine may do without TLS: for development. */
  readonly allowsLoopbackTokens?: boolean;
  readonly egress?: Egress;
  /** Epoch milliseconds. */
  readonly now?: () => number;
}

/** One request to a source, short of what tells the source who asks. */
export interface SourceCall {
  readonly request: Pick<ConnectorRequest, 'connectionId' | 'credentialType' | 'secret' | 'signal'>;
  readonly target: SignInTarget;
  readonly place: HttpPlace;
  readonly method: string;
  readonly headers: HeaderList;
  readonly body?: AsyncIterable<Uint8Array> | undefined;
}

/** The head of a source's answer, and its body to be read or let go. */
export interface SourceAnswer {
  readonly status: number;
  readonly headers: HeaderList;
  /** To be read to its end or returned: it holds a socket. Throws SourceError. */
  readonly body: AsyncGenerator<Uint8Array>;
  /** What the request carried to sign in: an answer may repeat it, and it is not the caller's. */
  readonly signIn: SignIn;
}

/** Sends requests of connections to their servers, signed in as the credential says. Follows no redirect. */
export class SourceClient {
  private readonly client: HttpClient;
  private readonly tokens: AccessTokens;

  constructor({ ca, allowsLoopbackTokens = false, egress = directEgress, now = Date.now }: HttpSettings = {}) {
    this.client = new HttpClient(egress, ca);
    this.tokens = new AccessTokens((grant) => fetchToken(this.client, grant, allowsLoopbackTokens), now);
  }

  /** @throws SourceError what signing in and the way to the source can fail with */
  async send(call: SourceCall): Promise<SourceAnswer> {
    const { body, request, target } = call;
    const signIn = readSignIn(request, target);
    if (!('grant' in signIn)) return this.once(call, signIn, body);

    const { grant } = signIn;
    const token = await this.tokens.get(grant, request.signal);
    const kept = body && new RepeatableBody(body);
    const answer = await this.once(call, bearer(token), kept?.first());
    // Refused before anything was done, so that even a write may be tried once more.
    if (answer.status !== 401 || !(await this.tokens.refuse(grant, token))) return answer;
    const again = kept?.again();
    if (kept && !again) return answer;
    await answer.body.return(undefined);
    return this.once(call, bearer(await this.tokens.get(grant, request.signal)), again);
  }

  forget(connectionId: string): void {
    this.tokens.forget(connectionId);
  }

  async close(): Promise<void> {
    await this.client.close();
  }

  private async once(
    { request: { signal }, method, place, headers }: SourceCall,
    signIn: SignIn,
    body: AsyncIterable<Uint8Array> | undefined,
  ): Promise<SourceAnswer> {
    const isSafe = mayRepeat(method);
    const failure = (error: unknown, began: boolean): SourceError =>
      this.client.failures.describe(error, { place, signal, began, isSafe });
    const answer = await this.client
      .send({
        place: { ...place, path: signedPath(place.path, signIn) },
        method,
        headers: requestHeaders(headers, signIn, body !== undefined),
        body: body && abortable(body, signal),
        signal,
      })
      .catch((error: unknown) => {
        throw failure(error, false);
      });
    return {
      status: answer.statusCode,
      headers: pairs(answer.headers),
      body: passBody(answer.body, (error) => failure(error, true)),
      signIn,
    };
  }
}

/** undici's raw headers: names and values by turns, whatever its published type says. */
function pairs(raw: unknown): HeaderList {
  const flat = raw as readonly (string | Uint8Array)[];
  const text = (part: string | Uint8Array | undefined): string =>
    typeof part === 'string' ? part : Buffer.from(part ?? []).toString('latin1');
  const list: HeaderList = [];
  for (let i = 0; i + 1 < flat.length; i += 2) list.push([text(flat[i]), text(flat[i + 1])]);
  return list;
}

/** Lets go of the source also when nobody began to read: a generator that was never begun has no `finally` to run. */
function passBody(
  body: Dispatcher.ResponseData['body'],
  failure: (error: unknown) => SourceError,
): AsyncGenerator<Uint8Array> {
  const chunks = readBody(body, failure);
  const leave = chunks.return.bind(chunks);
  chunks.return = (value) => {
    body.destroy();
    return leave(value);
  };
  return chunks;
}

async function* readBody(
  body: Dispatcher.ResponseData['body'],
  failure: (error: unknown) => SourceError,
): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of body) yield chunk as Uint8Array;
  } catch (error) {
    throw failure(error);
  } finally {
    body.destroy();
  }
}
