import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { SocketPairs } from './socket-pairs.js';

/** Listens on one place and passes everything on to another. */
export class TcpForwarder {
  /** Connections taken since the start. */
  taken = 0;
  /** Ports of this machine from which they came. */
  readonly callers = new Set<number>();

  private constructor(
    private readonly server: Server,
    private readonly pairs: SocketPairs,
  ) {}

  static async start(
    to: { host?: string; port: number },
    listen: { host?: string; port?: number } = {},
  ): Promise<TcpForwarder> {
    const pairs = new SocketPairs();
    const server = createServer((near) => {
      forwarder.taken += 1;
      if (near.remotePort !== undefined) forwarder.callers.add(near.remotePort);
      pairs.join(near, connect(to.port, to.host ?? '127.0.0.1'));
    });
    const forwarder = new TcpForwarder(server, pairs);
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(listen.port ?? 0, listen.host ?? '127.0.0.1', resolve);
    });
    return forwarder;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    this.pairs.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
