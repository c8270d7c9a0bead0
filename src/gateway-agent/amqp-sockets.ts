import diagnosticsChannel from 'node:diagnostics_channel';
import tls from 'node:tls';

/**
 * A shim over two gaps of @azure/service-bus 7.9.5: rhea 3.0.5, the AMQP library below it, can switch Nagle's algorithm off
 * and take a certificate authority, but the client passes on neither option, and both are off by default. Nagle costs 48 ms
 * a request instead of 1. `amqp-sockets.spec.ts` tells when it may go. WebSockets need neither: `ws` sets both.
 */

let installed = false;
const authorities = new Map<string, string>();

/** Certificate authority for AMQP over TLS to one host; the system's own list holds for all others. */
export function trustAuthority(host: string, pem: string): void {
  authorities.set(host.toLowerCase(), pem);
}

/** Makes every socket that this process opens send at once. */
export function installSocketShim(): void {
  if (installed) return;
  installed = true;
  diagnosticsChannel.subscribe('net.client.socket', (message) => {
    if (hasSocket(message)) message.socket.setNoDelay(true);
  });
  // The channel above is silent for tls.connect.
  const connect = tls.connect as (...args: unknown[]) => tls.TLSSocket;
  const patched = (...args: unknown[]) => {
    const socket = connect(...args.map((argument) => withAuthority(argument, args)));
    socket.setNoDelay(true);
    return socket;
  };
  Object.assign(tls, { connect: patched });
}

function withAuthority(argument: unknown, args: readonly unknown[]): unknown {
  if (typeof argument !== 'object' || argument === null || Array.isArray(argument) || 'ca' in argument) return argument;
  const named = 'host' in argument ? argument.host : args[1];
  const ca = typeof named === 'string' ? authorities.get(named.toLowerCase()) : undefined;
  return ca === undefined ? argument : { ...argument, ca };
}

function hasSocket(message: unknown): message is { socket: { setNoDelay(on: boolean): void } } {
  return (
    typeof message === 'object' &&
    message !== null &&
    'socket' in message &&
    typeof message.socket === 'object' &&
    message.socket !== null &&
    'setNoDelay' in message.socket
  );
}
