import { Agent } from 'undici';
import { NetworkError } from './network-error.js';
import type { Network } from './network.js';

/** HTTP to the cloud over one network: through its proxy, with its TLS rules. */
export function httpDispatcher(network: Network, options: Omit<Agent.Options, 'connect'> = {}): Agent {
  return new Agent({
    ...options,
    connect: ({ hostname, port, protocol }, callback) => {
      const isSecure = protocol === 'https:';
      const call = { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) || (isSecure ? 443 : 80) };
      const opening = isSecure ? network.secure({ ...call, alpn: ['http/1.1'] }) : network.connect(call);
      opening.then(
        (socket) => {
          callback(null, socket);
        },
        (error: unknown) => {
          callback(error instanceof Error ? error : new Error('the connection failed'), null);
        },
      );
    },
  });
}

/** The network's own words for why a request did not get through; undefined when it was something else. */
export function networkErrorOf(error: unknown): NetworkError | undefined {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth += 1)
    if (cause instanceof NetworkError) return cause;
  return undefined;
}
