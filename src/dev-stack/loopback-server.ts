import './not-in-production.js';
import { createServer as createHttpServer, type RequestListener, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { ServerCertificate } from './certificates.js';
import { isPortTaken } from './free-port.js';
import { readPrivateFile, writePrivateFile } from './private-file.js';

export interface LoopbackServerOptions {
  readonly handler: RequestListener;
  /** With one the server speaks https. */
  readonly certificate?: ServerCertificate | undefined;
  /** 0 or nothing: the port that `portFile` names if it is free, else any free one. */
  readonly port?: number | undefined;
  /** Keeps the port over restarts: addresses of stand-ins end up in tokens and in stored data. */
  readonly portFile?: string | undefined;
}

/** An HTTP server on 127.0.0.1 that ends when told to, whatever its clients keep open. */
export class LoopbackServer {
  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {}

  static async start({ handler, certificate, port = 0, portFile }: LoopbackServerOptions): Promise<LoopbackServer> {
    const server = certificate
      ? createHttpsServer({ key: certificate.key, cert: certificate.cert }, handler)
      : createHttpServer(handler);
    const wanted = port !== 0 ? port : await storedPort(portFile);
    await new Promise<void>((done, fail) => {
      server.once('error', fail).listen(wanted, '127.0.0.1', () => {
        server.off('error', fail);
        done();
      });
    });
    const { port: bound } = server.address() as AddressInfo;
    if (portFile !== undefined) await writePrivateFile(portFile, String(bound));
    return new LoopbackServer(server, bound);
  }

  async stop(): Promise<void> {
    const closed = new Promise<void>((done) => this.server.close(() => done()));
    this.server.closeAllConnections();
    await closed;
  }
}

export async function storedPort(file: string | undefined): Promise<number> {
  const port = Number(file === undefined ? undefined : await readPrivateFile(file));
  return Number.isInteger(port) && port > 0 && port < 65_536 && !(await isPortTaken(port)) ? port : 0;
}
