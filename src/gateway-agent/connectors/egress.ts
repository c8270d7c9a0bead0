import { lookup } from 'node:dns/promises';
import { connect as connectSocket, isIP, type LookupFunction, type Socket } from 'node:net';
import { SourceError } from './source-error.js';

/** A place in the local network that a connector wants to speak to. */
export interface EgressPlace {
  /** Name or address, without brackets. */
  readonly host: string;
  readonly port: number;
}

export interface EgressCall extends EgressPlace {
  readonly signal?: AbortSignal;
  /** Longest wait for the server to take the connection, in milliseconds; 10 s when left out. */
  readonly timeoutMs?: number;
}

/** The one door through which connectors reach data sources. */
export interface Egress {
  /**
   * Opens a TCP connection. The address that is connected to is the one that was checked.
   *
   * @throws SourceError POLICY_DENIED, SOURCE_UNREACHABLE, REQUEST_CANCELLED
   */
  connect(call: EgressCall): Promise<Socket>;
  /**
   * The checked address of a place, for drivers that open their sockets themselves: to be connected to as it stands.
   *
   * @throws SourceError POLICY_DENIED, SOURCE_UNREACHABLE
   */
  resolve(place: EgressPlace): Promise<string>;
}

/** Longest wait for a server to take a connection, in milliseconds. */
export const CONNECT_TIMEOUT_MS = 10_000;

/** Goes wherever it is sent: for tools that have no policy. The agent itself puts its policy behind the same interface. */
export const directEgress: Egress = {
  resolve: async ({ host, port }) => {
    if (isIP(host)) return host;
    try {
      return (await lookup(host)).address;
    } catch (cause) {
      throw unreachable({ host, port }, cause);
    }
  },
  connect: (call) => openSocket(call),
};

/**
 * Opens a socket.
 *
 * @param call with addresses, these are connected to and no others; without, what the system resolves the host to
 * @throws SourceError SOURCE_UNREACHABLE, REQUEST_CANCELLED
 */
export function openSocket(call: EgressCall & { readonly addresses?: readonly string[] }): Promise<Socket> {
  const { host, port, signal, timeoutMs = CONNECT_TIMEOUT_MS, addresses } = call;
  const [only] = addresses?.length === 1 ? addresses : [];
  const place = only === undefined ? { host, ...(addresses && { lookup: answering(addresses) }) } : { host: only };
  return new Promise((resolve, reject) => {
    const socket = connectSocket({ ...place, port, noDelay: true });
    const stop = AbortSignal.any([AbortSignal.timeout(timeoutMs), ...(signal ? [signal] : [])]);
    const settle = () => {
      stop.removeEventListener('abort', onStop);
      // Only our own: without the socket's own listeners it would not notice that its peer has closed.
      socket.off('error', onError);
      socket.off('connect', onConnect);
    };
    const fail = (error: SourceError) => {
      settle();
      socket.on('error', () => undefined);
      socket.destroy();
      reject(error);
    };
    const onStop = () => {
      fail(
        signal?.aborted
          ? new SourceError('REQUEST_CANCELLED', 'The request was cancelled before it ran.')
          : unreachable({ host, port }, new Error('ETIMEDOUT')),
      );
    };
    stop.addEventListener('abort', onStop, { once: true });
    const onError = (error: Error) => {
      fail(unreachable({ host, port }, error));
    };
    const onConnect = () => {
      settle();
      resolve(socket);
    };
    socket.once('error', onError);
    socket.once('connect', onConnect);
    if (stop.aborted) onStop();
  });
}

/** Stands for the resolver: the addresses were found and checked before. */
function answering(addresses: readonly string[]): LookupFunction {
  const found = addresses.map((address) => ({ address, family: isIP(address) }));
  return (_, { all }, callback) => {
    if (all) callback(null, found);
    else callback(null, found[0]?.address ?? '', found[0]?.family);
  };
}

const REASON = /^[A-Z][A-Z0-9_]{2,60}$/;

/** The place cannot be reached; what the system says of it is named where it is a plain code. */
export function unreachable({ host, port }: EgressPlace, cause: unknown): SourceError {
  const code = cause instanceof Error ? ('code' in cause ? String(cause.code) : cause.message) : '';
  return new SourceError('SOURCE_UNREACHABLE', 'The data source cannot be reached.', {
    hop: 'source',
    details: { server: host, port, ...(REASON.test(code) && { reason: code }) },
    cause,
  });
}
