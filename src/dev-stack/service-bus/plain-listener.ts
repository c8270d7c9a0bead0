import type { AddressInfo, Server, Socket } from 'node:net';
import { createServer } from 'node:net';
import type { AmqpEndpoint } from './amqp-endpoint.js';

/** Milliseconds in which a new connection must say something. */
const HANDSHAKE_TIMEOUT_MS = 10_000;

/** The emulator's port: AMQP on plain TCP and nothing else. */
export class PlainListener {
  private readonly sockets = new Set<Socket>();
  private readonly server: Server;

  constructor(
    private readonly requestedPort: number,
    private readonly host: string,
    amqp: AmqpEndpoint,
  ) {
    this.server = createServer({ noDelay: true }, (socket) => {
      this.sockets.add(socket);
      const giveUp = setTimeout(() => socket.destroy(), HANDSHAKE_TIMEOUT_MS);
      socket.once('data', () => clearTimeout(giveUp));
      socket.once('close', () => {
        clearTimeout(giveUp);
        this.sockets.delete(socket);
      });
      amqp.accept(socket);
    });
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(this.requestedPort, this.host, resolve);
    });
  }

  dropConnections(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  async stop(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    this.dropConnections();
    await closed;
  }
}
