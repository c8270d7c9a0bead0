import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import { errorText, type Log } from '../log.js';
import type { Metrics } from './metrics.js';

const PATH = '/metrics';
const LOOPBACK = '127.0.0.1';
/** A page in a browser on this machine may send requests here under a name of its own: those are not answered. */
const HOST = /^(?:127\.0\.0\.1|localhost)(?::\d{1,5})?$/;
const MAX_CONNECTIONS = 16;
const REQUEST_MS = 5_000;

/** Answers Prometheus on this very machine, and nobody else. */
export class MetricsEndpoint {
  private constructor(private readonly server: Server) {}

  /** A port that is taken does not keep the agent from serving: it is logged. @returns undefined then */
  static async open(metrics: Metrics, port: number, log: Log): Promise<MetricsEndpoint | undefined> {
    const server = createServer({ requestTimeout: REQUEST_MS, headersTimeout: REQUEST_MS }, (request, response) => {
      answer(metrics, request, response).catch((error: unknown) => {
        log.warn({ event: 'metrics-failed', reason: errorText(error) }, 'the figures could not be given');
        response.destroy();
      });
    });
    server.maxConnections = MAX_CONNECTIONS;
    try {
      server.listen(port, LOOPBACK);
      await once(server, 'listening');
    } catch (error) {
      log.error(
        { event: 'metrics-not-served', port, reason: errorText(error) },
        'the port for the figures cannot be opened; the agent goes on without it',
      );
      return undefined;
    }
    server.on('error', (error) => {
      log.warn({ event: 'metrics-failed', reason: errorText(error) }, 'the figures could not be given');
    });
    const address = server.address();
    const listening = typeof address === 'object' && address !== null ? address.port : port;
    log.info({ event: 'metrics-served', url: `http://${LOOPBACK}:${listening}${PATH}` }, 'figures for Prometheus');
    return new MetricsEndpoint(server);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}

async function answer(metrics: Metrics, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const refuse = (status: number) => response.writeHead(status, { 'content-length': 0 }).end();
  if (!HOST.test(request.headers.host ?? '')) return void refuse(403);
  if (request.url?.split('?', 1)[0] !== PATH) return void refuse(404);
  if (request.method !== 'GET' && request.method !== 'HEAD') return void refuse(405);
  const { mediaType, body } = await metrics.text();
  response.writeHead(200, { 'content-type': mediaType, 'cache-control': 'no-store' });
  response.end(request.method === 'HEAD' ? undefined : body);
}
