import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';

/**
 * A proxy through which a browser reaches everything, and which keeps every byte that it sends. What a browser tells of its
 * requests is not enough: of bodies given as a `Request` it tells nothing.
 */
export class Wire implements AsyncDisposable {
  private readonly chunks = new Map<Socket, Buffer[]>();

  private constructor(private readonly server: Server) {
    server.on('connection', (socket: Socket) => {
      const kept: Buffer[] = [];
      this.chunks.set(socket, kept);
      socket.on('data', (chunk: Buffer) => kept.push(chunk));
      socket.on('error', () => socket.destroy());
    });
    server.on('request', forward);
    server.on('connect', tunnel);
  }

  static async start(): Promise<Wire> {
    const wire = new Wire(createServer());
    await new Promise<void>((resolve) => wire.server.listen(0, '127.0.0.1', resolve));
    return wire;
  }

  get address(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** @returns all that was sent, one text for each socket, its bytes read as Latin-1 */
  get sent(): readonly string[] {
    return [...this.chunks.values()].map((chunks) => Buffer.concat(chunks).toString('latin1'));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.server.closeAllConnections();
    for (const socket of this.chunks.keys()) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

function forward(asked: IncomingMessage, answer: ServerResponse): void {
  const { hostname, port, pathname, search } = new URL(asked.url ?? '');
  const headers = { ...asked.headers };
  delete headers['proxy-connection'];
  const onwards = request({ hostname, port, path: `${pathname}${search}`, method: asked.method, headers });
  onwards.on('response', (given) => {
    answer.writeHead(given.statusCode ?? 502, given.rawHeaders);
    given.pipe(answer);
    given.on('error', () => answer.destroy());
  });
  // Nobody there: the browser is told what it would see without a proxy.
  onwards.on('error', () => answer.destroy());
  answer.on('close', () => onwards.destroy());
  asked.pipe(onwards);
}

function tunnel({ url = '' }: IncomingMessage, near: Socket, head: Buffer): void {
  const { hostname, port } = new URL(`http://${url}`);
  const far = connect(Number(port === '' ? 80 : port), hostname, () => {
    near.write('HTTP/1.1 200 Connection established\r\n\r\n');
    far.write(head);
    near.pipe(far).pipe(near);
  });
  far.on('error', () => near.destroy());
  near.on('close', () => far.destroy());
}
