import { Network } from './network.js';
import type { NetworkSettings } from './network-settings.js';
import { probePort, type PortVerdict } from './probe-port.js';
import { describeProxy } from './proxy-address.js';
import { placesOf } from './relay-place.js';

export interface TestedPlace {
  readonly purpose: 'control plane' | 'relay';
  readonly host: string;
  readonly port: number;
  readonly transport: string;
  /** The proxy that was used, if one was. */
  readonly proxy?: string;
  readonly verdict: PortVerdict;
}

export interface PortTestSettings {
  readonly network: NetworkSettings;
  readonly ca: string | undefined;
  readonly controlPlane: URL | undefined;
  readonly relayHost: string | undefined;
}

/** Tries every place of the cloud from this machine, all at once. */
export async function testPorts({ network, ca, controlPlane, relayHost }: PortTestSettings): Promise<TestedPlace[]> {
  const door = new Network(network, ca);
  const places = [
    // Plain HTTP is for development on this machine alone: there is no TLS to try.
    ...(controlPlane?.protocol === 'https:'
      ? [{ purpose: 'control plane' as const, host: controlPlane.hostname.replace(/^\[|\]$/g, ''), port: Number(controlPlane.port) || 443, transport: 'https' }] // prettier-ignore
      : []),
    ...(relayHost === undefined
      ? []
      : placesOf(relayHost, network.ports).map((place) => ({ purpose: 'relay' as const, ...place }))),
  ];
  return Promise.all(
    places.map(async (place) => {
      const proxy = door.proxyFor(place);
      const verdict = await probePort({ host: place.host, port: place.port, proxy, ca });
      return { ...place, ...(proxy && { proxy: describeProxy(proxy) }), verdict };
    }),
  );
}

/** Whether an agent could serve: every kind of place is reached in at least one way. */
export function isServable(tested: readonly TestedPlace[]): boolean {
  const purposes = new Set(tested.map(({ purpose }) => purpose));
  return [...purposes].every((purpose) => tested.some((place) => place.purpose === purpose && place.verdict.open));
}

export function portTestAsText(tested: readonly TestedPlace[]): string {
  return tested
    .flatMap(({ purpose, host, port, transport, verdict }) => {
      const head = `${verdict.open ? 'open  ' : 'CLOSED'} ${purpose.padEnd(13)} ${host}:${port} ${transport}`;
      if (!verdict.open) return [head, `       ${verdict.reason}`, `       ${verdict.remedy}`];
      const { protocol, suite, issuer } = verdict.tls;
      return [`${head}  ${verdict.connectMs} ms, ${protocol} ${suite}, certificate by ${issuer}`];
    })
    .join('\n');
}
