import { describeProxy } from './proxy-address.js';
import type { NetworkSettings } from './network-settings.js';
import { placesOf } from './relay-place.js';
import type { ServiceTag } from './service-tags.js';

/** One thing that a firewall has to let out. Nothing ever has to be let in. */
export interface FirewallNeed {
  readonly purpose: 'proxy' | 'control plane' | 'relay' | 'relay address' | 'sign-in';
  /** Name, wildcard or block of addresses. */
  readonly destination: string;
  readonly port: number;
  readonly protocol: string;
  readonly note: string;
}

export interface KnownPlaces {
  readonly network: NetworkSettings;
  /** Undefined: the machine is not registered, and none was named. */
  readonly controlPlane: URL | undefined;
  /** `host` or `host:port`; undefined before the first connection. */
  readonly relayHost: string | undefined;
  readonly serviceTag: ServiceTag | undefined;
}

/** Any namespace of Azure Service Bus: what can be said before a gateway has its own. */
const ANY_RELAY = '*.servicebus.windows.net';
const PROTOCOLS = { websockets: 'HTTPS (WebSockets)', amqp: 'AMQP over TLS', emulator: 'AMQP' } as const;

/** What has to be let out, the proxy first: with one, the rest is for the proxy's own rules. */
export function firewallNeeds({ network, controlPlane, relayHost, serviceTag }: KnownPlaces): FirewallNeed[] {
  const { proxy, ports } = network;
  const relay = placesOf(relayHost ?? ANY_RELAY, ports);
  const relayNote = relay.length > 1 ? 'one of the relay’s ports is enough' : '';
  const wayOf = (host: string, port: number) => (proxy && !network.exceptions.has(host, port) ? 'from the proxy' : '');
  const notes = (...parts: string[]) => parts.filter((part) => part !== '').join('; ');
  return [
    ...(proxy ? [need('proxy', proxy.host, proxy.port, 'HTTP CONNECT', describeProxy(proxy))] : []),
    ...(controlPlane ? [controlPlaneNeed(controlPlane, wayOf)] : []),
    ...relay.map(({ host, port, transport }) =>
      need('relay', host, port, PROTOCOLS[transport], notes(relayNote, wayOf(host, port))),
    ),
    ...(serviceTag?.prefixes ?? []).flatMap((prefix) =>
      relay.map(({ port, transport }) =>
        need('relay address', prefix, port, PROTOCOLS[transport], serviceTag?.name ?? ''),
      ),
    ),
    need('sign-in', 'login.microsoftonline.com', 443, 'HTTPS', notes('only to register without a join token', wayOf('login.microsoftonline.com', 443))), // prettier-ignore
  ];
}

function controlPlaneNeed(url: URL, wayOf: (host: string, port: number) => string): FirewallNeed {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const isSecure = url.protocol === 'https:';
  const port = url.port === '' ? (isSecure ? 443 : 80) : Number(url.port);
  return need('control plane', host, port, isSecure ? 'HTTPS' : 'HTTP', wayOf(host, port));
}

function need(
  purpose: FirewallNeed['purpose'],
  destination: string,
  port: number,
  protocol: string,
  note: string,
): FirewallNeed {
  // prettier-ignore
  return { purpose, destination, port, protocol, note };
}

export function needsAsCsv(needs: readonly FirewallNeed[]): string {
  const rows = needs.map(({ purpose, destination, port, protocol, note }) => [purpose, destination, String(port), protocol, note]); // prettier-ignore
  return [['purpose', 'destination', 'port', 'protocol', 'note'], ...rows]
    .map((row) => row.map(csvCell).join(','))
    .join('\n');
}

export function needsAsText(needs: readonly FirewallNeed[]): string {
  const width = Math.max(...needs.map(({ destination }) => destination.length));
  const rows = needs.map(({ purpose, destination, port, protocol, note }) =>
    `${purpose.padEnd(14)} ${destination.padEnd(width)} ${String(port).padStart(5)}  ${protocol}${note === '' ? '' : `  (${note})`}`.trimEnd(),
  ); // prettier-ignore
  return ['Outbound only; no port has to be open inwards.', '', ...rows].join('\n');
}

/** A wildcard name begins with no sign that a spreadsheet takes for a formula; quotes and commas are wrapped. */
function csvCell(text: string): string {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
