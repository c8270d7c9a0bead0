import type { Dispatcher } from 'undici';
import type { HeaderList, Operation } from '../../../contract/operations.js';
import type { HttpTarget } from '../../../contract/targets.js';
import { abortable } from '../abortable.js';
import type { Connector, ConnectorAnswer, ConnectorRequest } from '../connector.js';
import { SourceError } from '../source-error.js';
import { AccessTokens } from './access-tokens.js';
import { fetchToken } from './client-grant.js';
import { HttpClient } from './http-client.js';
import { mayRepeat } from './http-failure.js';
import { requestHeaders, responseHeaders } from './http-headers.js';
import { RepeatableBody } from './repeatable-body.js';
import { bearer, readSignIn, signedPath, withoutKey, type SignIn } from './sign-in.js';
import { joinPath, type HttpPlace } from './target-path.js';

type HttpRequest = Extract<Operation, { name: 'httpRequest' }>;

export interface HttpSettings {
  /** Authorities to check servers against, PEM; Node's own when left out. */
  readonly ca?: string[] | undefined;
  /** Token endpoints of this machine may do without TLS: for development. */
  readonly allowsLoopbackTokens?: boolean;
  /** Epoch milliseconds. */
  readonly now?: () => number;
}

/** One request as it is tried, perhaps twice. */
interface Attempt {
  readonly request: ConnectorRequest;
  readonly operation: HttpRequest;
  readonly place: HttpPlace;
}

/**
 * Passes requests to one web API and its answers back, bodies as streams and byte for byte. Redirects are the caller's to
 * follow: another address is not part of what the connection allows. Certificates are always checked.
 */
export class HttpConnector implements Connector {
  readonly kind = 'http';
  private readonly client: HttpClient;
  private readonly tokens: AccessTokens;

  constructor({ ca, allowsLoopbackTokens = false, now = Date.now }: HttpSettings = {}) {
    this.client = new HttpClient(ca);
    this.tokens = new AccessTokens((grant) => fetchToken(this.client, grant, allowsLoopbackTokens), now);
  }

  async execute(request: ConnectorRequest): Promise<ConnectorAnswer> {
    const { operation, target } = request;
    if (target.kind !== 'http')
      throw new SourceError('VALIDATION_FAILED', 'The connection does not lead to a web API.');
    if (request.encryption === 'Encrypted' && !target.url.toLowerCase().startsWith('https:')) {
      throw new SourceError('VALIDATION_FAILED', 'The connection demands encryption, but its address is not https.');
    }
    if (operation.name === 'test') return this.test(request, target);
    if (operation.name !== 'httpRequest') {
      throw new SourceError('OPERATION_UNSUPPORTED', `A web API has no operation ${operation.name}.`, {
        details: { operation: operation.name },
      });
    }
    return this.pass({ request, operation, place: joinPath(target.url, operation.path) }, target);
  }

  async forget(connectionId: string): Promise<void> {
    this.tokens.forget(connectionId);
  }

  async close(): Promise<void> {
    await this.client.close();
  }

  /** Asks for the base URL itself: any answer below 500 shows a server at work. */
  private async test(request: ConnectorRequest, target: HttpTarget): Promise<ConnectorAnswer> {
    const { origin, pathname } = new URL(target.url);
    const operation = { name: 'httpRequest', method: 'GET', path: pathname, headers: [] } as const;
    const answer = await this.pass(
      { request, operation: { ...operation, headers: [] }, place: { origin, path: pathname } },
      target,
    );
    await answer.body[Symbol.asyncIterator]().return?.();
    const status = answer.http?.status ?? 0;
    if (status === 401 || status === 403) {
      throw new SourceError('SOURCE_DENIED', 'The source refused the credential.', {
        hop: 'source',
        details: { status },
      });
    }
    if (status >= 500) {
      throw new SourceError('SOURCE_FAILED', 'The source answered with an error of its own.', {
        hop: 'source',
        details: { status },
      });
    }
    return { body: (async function* () {})() };
  }

  private async pass(attempt: Attempt, target: HttpTarget): Promise<ConnectorAnswer> {
    const { body, signal } = attempt.request;
    const signIn = readSignIn(attempt.request, target);
    if (!('grant' in signIn)) return this.once(attempt, signIn, body);

    const { grant } = signIn;
    const token = await this.tokens.get(grant, signal);
    const kept = body && new RepeatableBody(body);
    const answer = await this.once(attempt, bearer(token), kept?.first());
    // Refused before anything was done, so that even a write may be tried once more.
    if (answer.http?.status !== 401 || !(await this.tokens.refuse(grant, token))) return answer;
    const again = kept?.again();
    if (kept && !again) return answer;
    await answer.body[Symbol.asyncIterator]().return?.();
    return this.once(attempt, bearer(await this.tokens.get(grant, signal)), again);
  }

  private async once(
    { request: { signal }, operation, place }: Attempt,
    signIn: SignIn,
    body: AsyncIterable<Uint8Array> | undefined,
  ): Promise<ConnectorAnswer> {
    const isSafe = mayRepeat(operation.method);
    const failure = (error: unknown, began: boolean): SourceError =>
      this.client.failures.describe(error, { place, signal, began, isSafe });
    const answer = await this.client
      .send({
        place: { ...place, path: signedPath(place.path, signIn) },
        method: operation.method,
        headers: requestHeaders(operation.headers, signIn, body !== undefined),
        body: body && abortable(body, signal),
        signal,
      })
      .catch((error: unknown) => {
        throw failure(error, false);
      });
    try {
      const headers = withoutKey(responseHeaders(pairs(answer.headers)), signIn);
      return {
        http: { status: answer.statusCode, headers },
        body: passBody(answer.body, (error) => failure(error, true)),
      };
    } catch (error) {
      answer.body.destroy();
      throw error;
    }
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
