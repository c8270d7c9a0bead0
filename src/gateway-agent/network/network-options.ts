import { z } from 'zod';
import { check, text, usage, type Flags } from '../settings-values.js';

const PLACES = { 'control-plane': { type: 'string' }, relay: { type: 'string' }, ports: { type: 'string' } } as const;
export const NETWORK_OPTIONS = {
  ...PLACES,
  json: { type: 'boolean' },
  csv: { type: 'boolean' },
  'service-tags': { type: 'string' },
  region: { type: 'string' },
} as const;
export const PORTS_OPTIONS = { ...PLACES, json: { type: 'boolean' }, 'ca-file': { type: 'string' } } as const;

/** Places that are named on the command line, for a machine that is not registered yet. */
export interface NamedPlaces {
  readonly controlPlane: string | undefined;
  readonly relayHost: string | undefined;
}

export interface NetworkOrder extends NamedPlaces {
  readonly command: 'network';
  readonly format: 'text' | 'json' | 'csv';
  readonly serviceTags: string | undefined;
  /** Undefined: the gateway's own. */
  readonly region: string | undefined;
}

export interface PortsOrder extends NamedPlaces {
  readonly command: 'ports';
  readonly json: boolean;
  readonly caFile: string | undefined;
}

const hostSchema = z.string().regex(/^(?:\[[0-9a-f:.]+\]|[a-z0-9.-]+)(?::\d{1,5})?$/i, 'is no host or host:port');

/** @throws CommandError usage */
export function readNetworkOrder(flags: Flags): NetworkOrder {
  if (flags.json === true && flags.csv === true) throw usage('--json and --csv exclude each other.');
  return {
    ...namedPlaces(flags),
    command: 'network',
    format: flags.json === true ? 'json' : flags.csv === true ? 'csv' : 'text',
    serviceTags: text(flags['service-tags']),
    region: text(flags.region),
  };
}

/** @throws CommandError usage */
export function readPortsOrder(flags: Flags): PortsOrder {
  return { ...namedPlaces(flags), command: 'ports', json: flags.json === true, caFile: text(flags['ca-file']) }; // prettier-ignore
}

function namedPlaces(flags: Flags): NamedPlaces {
  return { controlPlane: text(flags['control-plane']), relayHost: readRelayHost(flags) };
}

/** @throws CommandError usage */
export function readRelayHost(flags: Flags): string | undefined {
  const relayHost = text(flags.relay);
  return relayHost === undefined ? undefined : check('--relay', hostSchema, relayHost);
}
