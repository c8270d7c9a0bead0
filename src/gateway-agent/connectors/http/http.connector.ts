import { Readable } from 'node:stream';
import { Agent, buildConnector, type Dispatcher } from 'undici';
import type { HeaderList, Operation } from '../../../contract/operations.js';
import type { Connector, ConnectorAnswer, ConnectorRequest } from '../connector.js';
import { abortable } from '../abortable.js';
import { SourceError } from '../source-error.js';
import { HttpFailures, mayRepeat } from './http-failure.js';
import { requestHeaders, responseHeaders } from './http-headers.js';
import { joinPath, type HttpPlace } from './target-path.js';

/** Longest wait for a server to take a connection, in milliseconds. */
const CONNECT_TIMEOUT_MS = 10_000;
/** Longest silence before the first byte and between two, in milliseconds: just above every request's deadline. */
const SILENCE_TIMEOUT_MS = 120_000;
/** Sockets to one origin. */
const MAX_SOCKETS = 64;
/** Bytes of an answer's headers. */
const MAX_HEADER_BYTES = 64 * 1024;

const AGENT_LIMITS = {
  connections: MAX_SOCKETS,
  headersTimeout: SILENCE_TIMEOUT_MS,
  bodyTimeout: SILENCE_TIMEOUT_MS,
  maxHeaderSize: MAX_HEADER_BYTES,
} as const;

type HttpRequest = Extract<Operation, { name: 'httpRequest' }>;

/**
 * Passes requests to one web API and its answers back, bodies as streams and byte for byte. Redirects are the caller's to
 * follow: another address is not part of what the connection allows. Certificates are always checked.
 */
export class HttpConnector implements Connector {
  readonly kind = 'http';
  private readonly failures = new HttpFailures();
  private readonly keptAlive: Agent;
  /** Opens a socket for every request: where one kept alive was dead, the next may be, too. */
  private readonly fresh: Agent;

  /** @param ca authorities to check servers against, PEM; Node's own when left out */
  constructor(ca?: string[]) {
    const open = buildConnector({ timeout: CONNECT_TIMEOUT_MS, ...(ca && { ca }) });
    const connect: typeof open = (options, callback) => {
      open(options, (...outcome) => {
        if (outcome[0]) this.failures.noteNotConnected(outcome[0]);
        callback(...outcome);
      });
    };
    this.keptAlive = new Agent({ ...AGENT_LIMITS, pipelining: 1, connect });
    this.fresh = new Agent({ ...AGENT_LIMITS, pipelining: 0, connect });
  }

  async execute(request: ConnectorRequest): Promise<ConnectorAnswer> {
    const { operation, target } = request;
    if (target.kind !== 'http')
      throw new SourceError('VALIDATION_FAILED', 'The connection does not lead to a web API.');
    if (request.encryption === 'Encrypted' && !target.url.toLowerCase().startsWith('https:')) {
      throw new SourceError('VALIDATION_FAILED', 'The connection demands encryption, but its address is not https.');
    }
    if (operation.name === 'test') return this.test(request, target.url);
    if (operation.name !== 'httpRequest') {
      throw new SourceError('OPERATION_UNSUPPORTED', `A web API has no operation ${operation.name}.`, {
        details: { operation: operation.name },
      });
    }
    return this.pass(request, operation, joinPath(target.url, operation.path));
  }

  /** Sockets carry no sign-in of their own, so there is nothing to forget. */
  async forget(): Promise<void> {}

  async close(): Promise<void> {
    await Promise.all([this.keptAlive.destroy(), this.fresh.destroy()]);
  }

  /** Asks for the base URL itself: any answer below 500 shows a server at work. */
  private async test(request: ConnectorRequest, url: string): Promise<ConnectorAnswer> {
    const { origin, pathname } = new URL(url);
    const place = { origin, path: pathname };
    const answer = await this.pass(request, { name: 'httpRequest', method: 'GET', path: pathname, headers: [] }, place);
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

  private async pass(request: ConnectorRequest, operation: HttpRequest, place: HttpPlace): Promise<ConnectorAnswer> {
    const { body, signal } = request;
    const headers = requestHeaders(operation.headers, authorizationOf(request), body !== undefined);
    const isRepeatable = mayRepeat(operation.method) && body === undefined;
    const failure = (error: unknown, began: boolean): SourceError =>
      this.failures.describe(error, { place, signal, began, isSafe: mayRepeat(operation.method) });
    const once = (agent: Agent): Promise<Dispatcher.ResponseData> =>
      agent.request({
        origin: place.origin,
        path: place.path,
        method: operation.method,
        headers: headers.flat(),
        body: body === undefined ? null : Readable.from(abortable(body, signal), { objectMode: false }),
        signal,
        responseHeaders: 'raw',
      });
    const answer = await once(this.keptAlive)
      .catch((error: unknown) => {
        if (isRepeatable && !signal.aborted && this.failures.isDeadSocket(error)) return once(this.fresh);
        throw error;
      })
      .catch((error: unknown) => {
        throw failure(error, false);
      });
    // A body that fails before anybody reads it must not end the process; whoever reads it sees the failure again.
    answer.body.on('error', () => undefined);
    try {
      const kept = responseHeaders(pairs(answer.headers));
      return {
        http: { status: answer.statusCode, headers: kept },
        body: passBody(answer.body, (error) => failure(error, true)),
      };
    } catch (error) {
      answer.body.destroy();
      throw error;
    }
  }
}

function authorizationOf({ credentialType, secret }: ConnectorRequest): string | undefined {
  if (credentialType === 'Anonymous') return undefined;
  if (credentialType !== 'Basic') {
    throw new SourceError('VALIDATION_FAILED', 'A web API is reached anonymously or with a user name and a password.', {
      details: { credentialType },
    });
  }
  const pair = `${secret.get('username') ?? ''}:${secret.get('password') ?? ''}`;
  return `Basic ${Buffer.from(pair).toString('base64')}`;
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

async function* passBody(
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
