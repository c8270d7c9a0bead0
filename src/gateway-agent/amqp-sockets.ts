import diagnosticsChannel from 'node:diagnostics_channel';

/**
 * A shim over a gap of @azure/service-bus 7.9.5: rhea 3.0.5, the AMQP library below it, can switch Nagle's algorithm off, but
 * the client does not ask it to, and plain TCP to Microsoft's emulator is the one connection whose socket it opens itself.
 * Nagle costs 48 ms a request instead of 1. `amqp-sockets.spec.ts` tells when it may go.
 */

let installed = false;

/** Makes every TCP socket that this process opens send at once. */
export function installSocketShim(): void {
  if (installed) return;
  installed = true;
  diagnosticsChannel.subscribe('net.client.socket', (message) => {
    if (hasSocket(message)) message.socket.setNoDelay(true);
  });
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
