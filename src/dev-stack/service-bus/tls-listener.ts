import { createServer as createHttpServer } from 'node:http';
import type { IncomingMessage, Server as HttpServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { createServer as createTlsServer } from 'node:tls';
import type { Server as TlsServer, TLSSocket } from 'node:tls';
import { WebSocketServer } from 'ws';
import type { AdminHttp } from './admin-http.js';
import type { AmqpEndpoint } from './amqp-endpoint.js';
import { WebSocketDuplex } from './web-socket-duplex.js';

const WEB_SOCKET_PATH = '/$servicebus/websocket';
const SUBPROTOCOL = 'AMQPWSB10';

/** A frame in one WebSocket message, with room for several: larger messages cut the connection. */
const MAX_WEB_SOCKET_MESSAGE = 4 * 1024 * 1024;

/** Milliseconds in which a new connection must show which protocol it speaks. */
const HANDSHAKE_TIMEOUT_MS = 10_000;

const AMQP_MAGIC = Buffer.from('AMQP');

export interface TlsListenerOptions {
  readonly tls: { readonly key: string; readonly cert: string };
  readonly port: number;
  readonly host: string;
  readonly maxConnections: number;
}

/** One TLS port for AMQP, AMQP over WebSockets and the administration API, told apart by the first decrypted bytes. */
export class TlsListener {
  private readonly sockets = new Set<Socket>();
  private lastPort: number | undefined;
  private readonly tls: TlsServer;
  private readonly http: HttpServer;
  private readonly webSockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_WEB_SOCKET_MESSAGE,
    perMessageDeflate: false,
    handleProtocols: (offered) => (offered.has(SUBPROTOCOL) ? SUBPROTOCOL : false),
  });

  constructor(
    private readonly options: TlsListenerOptions,
    private readonly amqp: AmqpEndpoint,
    admin: AdminHttp,
    private readonly log: (event: string, details: Record<string, unknown>) => void,
  ) {
    this.tls = createTlsServer({ ...options.tls, minVersion: 'TLSv1.2', handshakeTimeout: HANDSHAKE_TIMEOUT_MS });
    this.tls.maxConnections = options.maxConnections;
    this.tls.on('connection', (socket: Socket) => this.track(socket));
    this.tls.on('secureConnection', (socket) => this.recognise(socket));
    this.tls.on('tlsClientError', (error) => log('tls-refused', { reason: error.message }));
    this.http = createHttpServer((request, response) => {
      admin.handle(request, response).catch((error: unknown) => {
        log('administration-failed', { reason: error instanceof Error ? error.message : 'unknown' });
        response.destroy();
      });
    });
    this.http.on('upgrade', (request, socket, head) => this.upgrade(request, socket, head));
  }

  get port(): number {
    return (this.tls.address() as AddressInfo).port;
  }

  /** Started again after a stop it comes back at the same place: clients keep its address. */
  async start(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.tls.once('error', reject);
      this.tls.listen(this.lastPort ?? this.options.port, this.options.host, resolve);
    });
    this.lastPort = this.port;
  }

  dropConnections(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  async stop(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.tls.close(() => resolve()));
    // The server of WebSockets listens nowhere itself, and has to take connections again after a restart.
    this.dropConnections();
    await closed;
  }

  private track(socket: Socket): void {
    // Nagle's algorithm would add 40 ms to every small answer.
    socket.setNoDelay(true);
    this.sockets.add(socket);
    socket.once('close', () => this.sockets.delete(socket));
  }

  private recognise(socket: TLSSocket): void {
    const giveUp = setTimeout(() => socket.destroy(), HANDSHAKE_TIMEOUT_MS);
    socket.once('close', () => clearTimeout(giveUp));
    const failed = (): void => void socket.destroy();
    socket.on('error', failed);
    let seen = Buffer.alloc(0);
    const look = (): void => {
      const chunk = socket.read() as Buffer | null;
      if (chunk) seen = Buffer.concat([seen, chunk]);
      const known = Math.min(seen.length, AMQP_MAGIC.length);
      const maybeAmqp = seen.subarray(0, known).equals(AMQP_MAGIC.subarray(0, known));
      if (maybeAmqp && seen.length < AMQP_MAGIC.length) return;
      clearTimeout(giveUp);
      socket.off('readable', look);
      socket.unshift(seen);
      if (maybeAmqp) this.amqp.accept(socket);
      else this.http.emit('connection', socket);
    };
    socket.on('readable', look);
  }

  private upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (request.url?.split('?')[0] !== WEB_SOCKET_PATH) {
      this.log('upgrade-refused', {});
      socket.end('HTTP/1.1 404 Not Found\r\nconnection: close\r\n\r\n');
      return;
    }
    this.webSockets.handleUpgrade(request, socket, head, (webSocket) => {
      if (webSocket.protocol === SUBPROTOCOL) this.amqp.accept(new WebSocketDuplex(webSocket));
      else webSocket.close(1002, 'AMQPWSB10 is required');
    });
  }
}
