/** 443 carries WebSockets, the port that is open everywhere; others AMQP over TLS. `emulator` is plain TCP, for development only. */
export type Transport = 'websockets' | 'amqp' | 'emulator';

/** A port that the agent may use towards its relay. */
export interface PortChoice {
  readonly port: number;
  readonly transport: Exclude<Transport, 'emulator'>;
}

/** One way to the relay. */
export interface RelayPlace {
  readonly transport: Transport;
  readonly host: string;
  readonly port: number;
}

/** In the order to try. Azure Service Bus serves 443, 5671 and 5672; 9350 to 9354 are of its older relay. */
export const DEFAULT_PORTS: readonly PortChoice[] = [443, 5671, 5672, 9350, 9351, 9352, 9353, 9354].map(portChoice);

/** More ways than anybody has ports open for. */
export const MAX_PORTS = 32;

const ENTRY = /^(\d{1,5})(?:\/(websockets|amqp))?$/;

/** What a port carries unless it is said. */
function portChoice(port: number): PortChoice {
  return { port, transport: port === 443 ? 'websockets' : 'amqp' };
}

/** `443`, or `8443/websockets` for a port whose transport is not the usual one. Undefined for anything else. */
export function readPort(entry: string | number): PortChoice | undefined {
  const [, digits, named] = ENTRY.exec(String(entry)) ?? [];
  const port = Number(digits);
  if (digits === undefined || port < 1 || port > 65_535) return undefined;
  return named === undefined ? portChoice(port) : { port, transport: named as PortChoice['transport'] };
}

/**
 * The ways to a relay, in order.
 *
 * @param host `host` or `host:port`; a port that the address names is honoured, and is then the only one
 * @param wanted `auto`, or the one transport that may be used
 */
export function placesOf(
  host: string,
  ports: readonly PortChoice[],
  wanted: Transport | 'auto' = 'auto',
): readonly RelayPlace[] {
  const { name, port } = splitHost(host);
  const choices: readonly PortChoice[] =
    port === undefined
      ? ports
      : [
          { port, transport: 'websockets' },
          { port, transport: 'amqp' },
        ];
  return choices
    .filter(({ transport }) => wanted === 'auto' || wanted === transport)
    .map((choice) => ({ host: name, ...choice }));
}

/** `host`, `host:port` or `[address]:port`, apart. */
export function splitHost(host: string): { name: string; port: number | undefined } {
  const [, bracketed, plain, digits] = /^(?:\[([^\]]+)\]|([^:]+))(?::(\d{1,5}))?$/.exec(host) ?? [];
  return { name: bracketed ?? plain ?? host, port: digits === undefined ? undefined : Number(digits) };
}
