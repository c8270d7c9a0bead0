import type { Operation } from '../../../contract/operations.js';
import type { HttpTarget } from '../../../contract/targets.js';
import type { Connector, ConnectorAnswer, ConnectorRequest } from '../connector.js';
import { SourceError } from '../source-error.js';
import { responseHeaders } from './http-headers.js';
import { withoutKey } from './sign-in.js';
import { SourceClient, type HttpSettings } from './source-client.js';
import { joinPath, type HttpPlace } from './target-path.js';

type HttpRequest = Extract<Operation, { name: 'httpRequest' }>;

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
  private readonly client: SourceClient;

  constructor(settings: HttpSettings = {}) {
    this.client = new SourceClient(settings);
  }

  async execute(request: ConnectorRequest): Promise<ConnectorAnswer> {
    const { operation, target } = request;
    if (target.kind !== 'http')
      throw new SourceError('VALIDATION_FAILED', 'The connection does not lead to a web API.');
    if (request.encryption === 'Encrypted' && !target.url.toLowerCase().startsWith('https:')) {
      throw new SourceError('VALIDATION_FAILED', 'The connection demands encryption, but its address is not https.');
    }
    if (request.signal.aborted) throw new SourceError('REQUEST_CANCELLED', 'The request was cancelled before it ran.');
    if (operation.name === 'test') return this.test(request, target);
    if (operation.name !== 'httpRequest') {
      throw new SourceError('OPERATION_UNSUPPORTED', `A web API has no operation ${operation.name}.`, {
        details: { operation: operation.name },
      });
    }
    return this.pass({ request, operation, place: joinPath(target.url, operation.path) }, target);
  }

  async forget(connectionId: string): Promise<void> {
    this.client.forget(connectionId);
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

  private async pass({ request, operation, place }: Attempt, target: HttpTarget): Promise<ConnectorAnswer> {
    const { method, headers } = operation;
    const answer = await this.client.send({ request, target, place, method, headers, body: request.body });
    try {
      const shown = withoutKey(responseHeaders(answer.headers), answer.signIn);
      return { http: { status: answer.status, headers: shown }, body: answer.body };
    } catch (error) {
      await answer.body.return(undefined);
      throw error;
    }
  }
}
