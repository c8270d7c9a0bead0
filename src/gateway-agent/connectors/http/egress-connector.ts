import type { Socket } from 'node:net';
import { buildConnector } from 'undici';
import type { Egress } from '../egress.js';

/** Longest wait for a server to take a connection, and again for TLS, in milliseconds. */
const CONNECT_TIMEOUT_MS = 10_000;
/** Silence after which a socket that is kept is probed, in milliseconds. */
const KEEP_ALIVE_MS = 60_000;

const DEFAULT_PORTS: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 };

/**
 * Opens undici's sockets through the agent's one door to data sources, and speaks TLS over them where the address says so.
 *
 * @param ca authorities to check servers against, PEM; Node's own when left out
 * @param onFailure told of every failure before a request could be sent
 */
export function egressConnector(
  egress: Egress,
  ca: string[] | undefined,
  onFailure: (error: Error) => void,
): buildConnector.connector {
  const secure = buildConnector({ timeout: CONNECT_TIMEOUT_MS, ...(ca && { ca }) });
  return (options, callback) => {
    const fail = (error: unknown): void => {
      const failure = error instanceof Error ? error : new Error(String(error));
      onFailure(failure);
      callback(failure, null);
    };
    const port = Number(options.port) || DEFAULT_PORTS[options.protocol] || 0;
    const use = (socket: Socket): void => {
      if (options.protocol !== 'https:') {
        callback(null, socket.setKeepAlive(true, KEEP_ALIVE_MS));
        return;
      }
      secure({ ...options, httpSocket: socket }, (...outcome) => {
        if (outcome[0]) {
          socket.destroy();
          fail(outcome[0]);
        } else callback(null, outcome[1]);
      });
    };
    egress.connect({ host: options.hostname, port, timeoutMs: CONNECT_TIMEOUT_MS }).then(use, fail);
  };
}
