import { createServer, type IncomingMessage, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { SocketPairs } from './socket-pairs.js';

export interface ConnectProxyOptions {
  /** Asked for by basic authentication; without it everybody may pass. */
  readonly login?: { readonly username: string; readonly password: string };
  /** Where names lead that only the proxy knows: `name:port` to a port of 127.0.0.1. */
  readonly names?: Readonly<Record<string, number>>;
  /** Answers everything with this status. */
  readonly status?: number;
}

/** A small HTTP proxy that knows CONNECT and nothing else. */
export class ConnectProxy {
  /** Targets that were asked for, as `host:port`, in order; refused ones too. */
  readonly asked: string[] = [];
  /** Ports of this machine from which it connected on. */
  readonly ownPorts = new Set<number>();
  readonly pairs = new SocketPairs();
  /** Connections that are taken and never answered. */
  swallows = false;
  port = 0;
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();

  private constructor(private readonly options: ConnectProxyOptions) {
    this.server = createServer((_, response) => response.writeHead(405).end());
    this.server.on('connection', (socket: Socket) => {
      this.sockets.add(socket);
      socket.once('close', () => this.sockets.delete(socket));
    });
    this.server.on('connect', (request: IncomingMessage, socket: Socket, head: Buffer) => {
      this.connect(request, socket, head);
    });
  }

  static async start(options: ConnectProxyOptions = {}): Promise<ConnectProxy> {
    const proxy = new ConnectProxy(options);
    await new Promise<void>((resolve) => proxy.server.listen(0, '127.0.0.1', resolve));
    proxy.port = (proxy.server.address() as AddressInfo).port;
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async stop(): Promise<void> {
    this.pairs.destroy();
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private connect(request: IncomingMessage, near: Socket, head: Buffer): void {
    near.on('error', () => undefined);
    const target = request.url ?? '';
    this.asked.push(target);
    if (this.swallows) return;
    const { login, names = {}, status } = this.options;
    if (login && request.headers['proxy-authorization'] !== basic(login)) {
      near.end('HTTP/1.1 407 Proxy Authentication Required\r\nproxy-authenticate: Basic realm="test"\r\n\r\n');
      return;
    }
    if (status !== undefined) {
      near.end(`HTTP/1.1 ${status} No\r\n\r\n`);
      return;
    }
    const [, host = '', port = ''] = /^(.*):(\d+)$/.exec(target) ?? [];
    const mapped = names[target];
    const far = connect(mapped ?? Number(port), mapped === undefined ? host : '127.0.0.1', () => {
      if (far.localPort !== undefined) this.ownPorts.add(far.localPort);
      near.write('HTTP/1.1 200 Connection established\r\n\r\n');
      if (head.length > 0) far.write(head);
      this.pairs.join(near, far);
    });
    far.on('error', () => {
      near.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
    });
  }
}

function basic({ username, password }: { username: string; password: string }): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}
