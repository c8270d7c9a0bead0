import { Readable } from 'node:stream';
import { Agent, type Dispatcher } from 'undici';
import type { HeaderList } from '../../../contract/operations.js';
import type { Egress } from '../egress.js';
import { egressConnector } from './egress-connector.js';
import { HttpFailures, mayRepeat } from './http-failure.js';
import type { HttpPlace } from './target-path.js';

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

export interface HttpCall {
  readonly place: HttpPlace;
  readonly method: string;
  readonly headers: HeaderList;
  readonly body: AsyncIterable<Uint8Array> | undefined;
  readonly signal: AbortSignal;
}

/** Sends requests to servers of the local network. Follows no redirect; certificates are always checked. */
export class HttpClient {
  readonly failures = new HttpFailures();
  private readonly keptAlive: Agent;
  /** Opens a socket for every request: where one kept alive was dead, the next may be, too. */
  private readonly fresh: Agent;

  /** @param ca authorities to check servers against, PEM; Node's own when left out */
  constructor(egress: Egress, ca?: string[]) {
    const connect = egressConnector(egress, ca, (error) => {
      this.failures.noteNotConnected(error);
    });
    this.keptAlive = new Agent({ ...AGENT_LIMITS, pipelining: 1, connect });
    this.fresh = new Agent({ ...AGENT_LIMITS, pipelining: 0, connect });
  }

  /** Asks again where a kept-alive socket proved dead and nothing can have happened. @throws undici's errors */
  async send(call: HttpCall): Promise<Dispatcher.ResponseData> {
    const isRepeatable = mayRepeat(call.method) && call.body === undefined;
    const answer = await request(this.keptAlive, call).catch((error: unknown) => {
      if (isRepeatable && !call.signal.aborted && this.failures.isDeadSocket(error)) return request(this.fresh, call);
      throw error;
    });
    // A body that fails before anybody reads it must not end the process; whoever reads it sees the failure again.
    answer.body.on('error', () => undefined);
    return answer;
  }

  async close(): Promise<void> {
    await Promise.all([this.keptAlive.destroy(), this.fresh.destroy()]);
  }
}

function request(agent: Agent, { place, method, headers, body, signal }: HttpCall): Promise<Dispatcher.ResponseData> {
  return agent.request({
    origin: place.origin,
    path: place.path,
    method,
    headers: headers.flat(),
    body: body === undefined ? null : Readable.from(body, { objectMode: false }),
    signal,
    responseHeaders: 'raw',
  });
}
