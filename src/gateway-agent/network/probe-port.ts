import { performance } from 'node:perf_hooks';
import type { TLSSocket } from 'node:tls';
import { Network } from './network.js';
import { NetworkError, type NetworkFault } from './network-error.js';
import { NO_PROXY } from './network-settings.js';
import type { ProxyAddress } from './proxy-address.js';

export interface PortProbe {
  readonly host: string;
  readonly port: number;
  /** Through this proxy; directly without one. */
  readonly proxy?: ProxyAddress | undefined;
  /** PEM of further certificate authorities. */
  readonly ca?: string | undefined;
  readonly timeoutMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What TLS agreed on, and whom the other side claims to be. */
export interface TlsFacts {
  readonly protocol: string;
  readonly suite: string;
  readonly subject: string;
  /** Who vouches for it: an inspecting proxy shows itself here. */
  readonly issuer: string;
  readonly validTo: string;
}

export type PortVerdict =
  | { readonly open: true; readonly connectMs: number; readonly tls: TlsFacts }
  | { readonly open: false; readonly fault: NetworkFault; readonly reason: string; readonly remedy: string };

/** Whether a place in the cloud can be reached over TLS from here, and what stands in the way. Throws only for the signal. */
export async function probePort(probe: PortProbe): Promise<PortVerdict> {
  const network = new Network({ ...NO_PROXY, proxy: probe.proxy }, probe.ca);
  const startedAt = performance.now();
  try {
    const { host, port, timeoutMs, signal } = probe;
    const socket = await network.secure({ host, port, timeoutMs, signal });
    const connectMs = Math.round(performance.now() - startedAt);
    const tls = tlsFactsOf(socket);
    socket.on('error', () => undefined);
    socket.destroy();
    return { open: true, connectMs, tls };
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error;
    return { open: false, fault: error.fault, reason: error.message, remedy: error.remedy };
  }
}

function tlsFactsOf(socket: TLSSocket): TlsFacts {
  const { subject, issuer, valid_to: validTo } = socket.getPeerCertificate();
  return {
    protocol: socket.getProtocol() ?? 'unknown',
    suite: socket.getCipher().standardName,
    subject: nameOf(subject),
    issuer: nameOf(issuer),
    validTo: new Date(validTo).toISOString(),
  };
}

function nameOf(name: { readonly CN?: unknown; readonly O?: unknown } | undefined): string {
  const [first] = [name?.CN, name?.O].flat().filter((part) => typeof part === 'string');
  return first ?? 'unnamed';
}
