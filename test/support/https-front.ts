import { request } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';

/** TLS in front of a server that speaks plain HTTP. */
export class HttpsFront {
  private constructor(private readonly server: Server) {}

  /** @param to `http://host:port` */
  static async start(to: string, tls: { readonly key: string; readonly cert: string }): Promise<HttpsFront> {
    const server = createServer({ key: tls.key, cert: tls.cert }, (incoming, outgoing) => {
      const { method, headers, url } = incoming;
      const onward = request(new URL(url ?? '/', to), { method, headers, agent: false }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      });
      onward.on('error', () => outgoing.destroy());
      incoming.pipe(onward);
    });
    server.on('tlsClientError', () => undefined);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new HttpsFront(server);
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
