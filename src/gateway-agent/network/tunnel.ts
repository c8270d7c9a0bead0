import type { Socket } from 'node:net';
import { NetworkError, ofSystemError } from './network-error.js';
import { describeProxy, type ProxyAddress } from './proxy-address.js';

/** A proxy's answer to CONNECT is a status line and a few headers; longer ones are no such answer. */
const MAX_ANSWER_BYTES = 16 * 1024;
const END = Buffer.from('\r\n\r\n');

/**
 * Asks the proxy on the other end of a socket to connect it on to a place.
 *
 * @throws NetworkError proxy-sign-in, proxy-refused, proxy-broken, cut
 * @see RFC 9110, section 9.3.6
 */
export async function openTunnel(
  socket: Socket,
  proxy: ProxyAddress,
  place: { readonly host: string; readonly port: number },
): Promise<void> {
  const target = `${place.host.includes(':') ? `[${place.host}]` : place.host}:${place.port}`;
  const lines = [`CONNECT ${target} HTTP/1.1`, `Host: ${target}`];
  if (proxy.authorization !== undefined) lines.push(`Proxy-Authorization: ${proxy.authorization}`);
  socket.write(`${lines.join('\r\n')}\r\n\r\n`);
  const status = await readStatus(socket, proxy);
  if (status >= 200 && status < 300) return;
  const name = `The proxy ${describeProxy(proxy)}`;
  if (status === 407) {
    const said = proxy.authorization === undefined ? 'asks for a user name and a password' : 'refuses the user name or the password'; // prettier-ignore
    throw new NetworkError('proxy-sign-in', `${name} ${said} (407).`);
  }
  throw new NetworkError('proxy-refused', `${name} does not connect to ${target} (${status}).`);
}

/** Leaves the socket paused, with what came after the answer put back. */
function readStatus(socket: Socket, proxy: ProxyAddress): Promise<number> {
  const name = `the proxy ${describeProxy(proxy)}`;
  return new Promise((resolve, reject) => {
    let seen = Buffer.alloc(0);
    const settle = () => {
      socket.off('data', onData).off('error', onError).off('close', onClose);
      socket.pause();
    };
    const onError = (error: Error) => {
      settle();
      reject(ofSystemError(name, error));
    };
    const onClose = () => {
      onError(new NetworkError('cut', `${name}: the connection was cut.`));
    };
    const onData = (chunk: Buffer) => {
      seen = Buffer.concat([seen, chunk]);
      const end = seen.indexOf(END);
      if (end < 0 && seen.length <= MAX_ANSWER_BYTES) return;
      settle();
      const [, status] = /^HTTP\/1\.[01] (\d{3})/.exec(seen.toString('latin1', 0, 64)) ?? [];
      if (end < 0 || status === undefined) {
        reject(new NetworkError('proxy-broken', `${name}: the answer is not that of an HTTP proxy.`));
        return;
      }
      if (seen.length > end + END.length) socket.unshift(seen.subarray(end + END.length));
      resolve(Number(status));
    };
    socket.on('data', onData).once('error', onError).once('close', onClose);
  });
}
