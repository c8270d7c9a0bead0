import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls, createSecureContext, type SecureContext, type TLSSocket } from 'node:tls';
import { TLS_12_SUITES, TLS_13_SUITES } from '../../contract/tls-suites.js';
import { trustedAuthorities } from '../connectors/trusted-authorities.js';
import { NetworkError, ofSystemError, ofTlsError } from './network-error.js';
import { NO_PROXY, type NetworkSettings } from './network-settings.js';
import { describeProxy, type ProxyAddress } from './proxy-address.js';
import { openTunnel } from './tunnel.js';

export interface NetworkCall {
  readonly host: string;
  readonly port: number;
  readonly signal?: AbortSignal | undefined;
  /** Longest wait until the connection stands, TLS included, in milliseconds. */
  readonly timeoutMs?: number | undefined;
}

export interface SecureCall extends NetworkCall {
  readonly alpn?: readonly string[];
}

/** A place that is there answers within a second or two, a satellite between included; one behind a dropping firewall never. */
const CONNECT_TIMEOUT_MS = 6_000;

/** TLS 1.2 with the suites that the cloud accepts, and 1.3. Nothing older is ever offered. */
const TLS_PROTOCOL = {
  minVersion: 'TLSv1.2',
  maxVersion: 'TLSv1.3',
  ciphers: [...TLS_13_SUITES, ...TLS_12_SUITES].join(':'),
  ecdhCurve: 'X25519:P-256:P-384',
} as const;

/** The one door through which the agent reaches the cloud: control plane, sign-in, relay and releases. */
export class Network {
  private contextOrNone: SecureContext | undefined;

  /** @param ca PEM of further certificate authorities */
  constructor(
    readonly settings: NetworkSettings = NO_PROXY,
    private readonly ca?: string,
  ) {}

  /** The proxy that leads to a place; undefined where it is reached directly. */
  proxyFor({ host, port }: Pick<NetworkCall, 'host' | 'port'>): ProxyAddress | undefined {
    const { proxy, exceptions } = this.settings;
    return proxy && !exceptions.has(host, port) ? proxy : undefined;
  }

  /** A TCP connection, or a tunnel through the proxy. @throws NetworkError */
  async connect(call: NetworkCall): Promise<Socket> {
    return within(call, (stop) => this.open(call, stop));
  }

  /** A TLS connection whose certificate was checked. @throws NetworkError */
  async secure(call: SecureCall): Promise<TLSSocket> {
    return within(call, async (stop) => {
      const { host } = call;
      const socket = await this.open(call, stop);
      const options = {
        socket,
        secureContext: this.context,
        ...(isIP(host) === 0 ? { servername: host } : { host }),
        ...(call.alpn && { ALPNProtocols: [...call.alpn] }),
      };
      return shakeHands(connectTls(options), placeOf(call), stop);
    });
  }

  private async open(call: NetworkCall, stop: AbortSignal): Promise<Socket> {
    const proxy = this.proxyFor(call);
    if (!proxy) return connected(call, placeOf(call), stop);
    const socket = await this.toProxy(proxy, stop);
    const abort = () => socket.destroy();
    stop.addEventListener('abort', abort, { once: true });
    try {
      await openTunnel(socket, proxy, call);
      return socket;
    } catch (error) {
      socket.destroy();
      throw error;
    } finally {
      stop.removeEventListener('abort', abort);
    }
  }

  private async toProxy(proxy: ProxyAddress, stop: AbortSignal): Promise<Socket> {
    const name = `the proxy ${describeProxy(proxy)}`;
    try {
      const socket = await connected(proxy, name, stop);
      if (!proxy.isSecure) return socket;
      const options = { socket, secureContext: this.context, ...(isIP(proxy.host) === 0 ? { servername: proxy.host } : { host: proxy.host }) }; // prettier-ignore
      return await shakeHands(connectTls(options), name, stop);
    } catch (error) {
      if (!(error instanceof NetworkError) || error.fault.startsWith('tls-')) throw error;
      throw new NetworkError('proxy-unreachable', error.message, { cause: error });
    }
  }

  /** Made once: reading the public authorities takes tens of milliseconds. */
  private get context(): SecureContext {
    const ca = trustedAuthorities(this.ca);
    return (this.contextOrNone ??= createSecureContext({ ...TLS_PROTOCOL, ...(ca && { ca }) }));
  }
}

function placeOf({ host, port }: Pick<NetworkCall, 'host' | 'port'>): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** Does the work under one deadline; when it passes, says so instead of what broke because of it. */
async function within<T>(call: NetworkCall, work: (stop: AbortSignal) => Promise<T>): Promise<T> {
  const deadline = AbortSignal.timeout(call.timeoutMs ?? CONNECT_TIMEOUT_MS);
  const stop = call.signal ? AbortSignal.any([call.signal, deadline]) : deadline;
  try {
    return await work(stop);
  } catch (error) {
    if (call.signal?.aborted) throw call.signal.reason;
    if (deadline.aborted) throw new NetworkError('timeout', `${placeOf(call)}: there was no answer in time.`, { cause: error }); // prettier-ignore
    throw error;
  }
}

function connected({ host, port }: { host: string; port: number }, name: string, stop: AbortSignal): Promise<Socket> {
  const socket = connectTcp({ host, port, noDelay: true, keepAlive: true });
  return opened(socket, 'connect', stop, (error) => ofSystemError(name, error));
}

function shakeHands(socket: TLSSocket, name: string, stop: AbortSignal): Promise<TLSSocket> {
  return opened(socket, 'secureConnect', stop, (error) => ofTlsError(name, error));
}

function opened<S extends Socket>(
  socket: S,
  event: string,
  stop: AbortSignal,
  translate: (error: unknown) => NetworkError,
): Promise<S> {
  return new Promise((resolve, reject) => {
    const settle = () => {
      stop.removeEventListener('abort', onStop);
      socket.off(event, onOpen).off('error', onError).off('close', onClose);
    };
    const onOpen = () => {
      settle();
      resolve(socket);
    };
    const onError = (error: unknown) => {
      settle();
      socket.on('error', () => undefined);
      socket.destroy();
      reject(translate(error));
    };
    const onClose = () => {
      onError(Object.assign(new Error('closed'), { code: 'ECONNRESET' }));
    };
    const onStop = () => {
      onError(Object.assign(new Error('no answer in time'), { code: 'ETIMEDOUT' }));
    };
    socket.once(event, onOpen).once('error', onError).once('close', onClose);
    stop.addEventListener('abort', onStop, { once: true });
    if (stop.aborted) onStop();
  });
}
