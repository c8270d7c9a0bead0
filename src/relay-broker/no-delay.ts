import diagnostics from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import tls from 'node:tls';

let isInstalled = false;

/**
 * Switches Nagle's algorithm off on every client socket of this process. rhea 3.0.5 leaves it on for TCP and TLS, and the
 * Service Bus client has no switch: a request then takes 48 ms instead of 1, since the algorithm waits for the
 * other side's delayed acknowledgement. WebSockets are not concerned, `ws` does it itself.
 *
 * May go when @azure/service-bus sets `tcp_no_delay`, or lets its callers set it.
 */
export function disableNagle(): void {
  if (isInstalled) return;
  isInstalled = true;
  diagnostics.subscribe('net.client.socket', (message) => whenConnected((message as { socket: Socket }).socket));
  // tls.connect publishes on no channel, hence the wrapper. rhea looks the function up at every call.
  const connect = tls.connect;
  tls.connect = ((...options: Parameters<typeof tls.connect>) => {
    const socket = connect(...options);
    whenConnected(socket);
    return socket;
  }) as typeof tls.connect;
}

/** Before it is connected a TLS socket takes the setting without effect, and then believes it done. */
function whenConnected(socket: Socket): void {
  if (socket.connecting) socket.once('connect', () => socket.setNoDelay(true));
  else socket.setNoDelay(true);
}
