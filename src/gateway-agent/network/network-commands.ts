import { CommandError } from '../exit-codes.js';
import { CA_FILE, findMemberRecord } from '../member-record.js';
import { readRelayHost } from '../relay-ways.js';
import { usage } from '../settings-values.js';
import { StateFolder } from '../state-folder.js';
import { firewallNeeds, needsAsCsv, needsAsText } from './firewall-needs.js';
import type { NamedPlaces, NetworkOrder, PortsOrder } from './network-options.js';
import { networkSource, readNetworkSettings, type NetworkFlags } from './network-settings.js';
import { readServiceTag } from './service-tags.js';

/** Where this machine keeps what it knows of the network. */
interface MachinePlace {
  readonly stateDir: string;
  readonly network?: NetworkFlags | undefined;
}

/** What a firewall has to let out, for `tidegate-agent network`. @throws CommandError */
export async function describeNetwork(settings: MachinePlace & NetworkOrder): Promise<string> {
  const places = await knownPlaces(settings);
  const region = settings.region ?? places.region;
  if (settings.serviceTags !== undefined && region === undefined)
    throw usage('--service-tags needs --region on a machine that is not registered.');
  const serviceTag =
    settings.serviceTags === undefined ? undefined : await readServiceTag(settings.serviceTags, region ?? '');
  const needs = firewallNeeds({ ...places, serviceTag });
  if (settings.format === 'json') return JSON.stringify(needs);
  return settings.format === 'csv' ? needsAsCsv(needs) : needsAsText(needs);
}

/** The test of the network's ports from this machine. @throws CommandError */
export async function runPortTest(settings: MachinePlace & PortsOrder): Promise<{ text: string; servable: boolean }> {
  const places = await knownPlaces(settings);
  // Loaded late: the launcher reads the command line with this file too, and is to stay small.
  const { isServable, portTestAsText, testPorts } = await import('./port-test.js');
  const { readCa } = await import('../authorization.js');
  const ca = settings.caFile === undefined ? places.ca : await readCa(settings.caFile);
  const tested = await testPorts({ ...places, ca });
  if (tested.length === 0) {
    throw new CommandError(
      'idle',
      'No place of the cloud is known here yet.',
      'Name them: --control-plane URL and --relay NAMESPACE.servicebus.windows.net.',
    );
  }
  return { text: settings.json ? JSON.stringify(tested) : portTestAsText(tested), servable: isServable(tested) };
}

async function knownPlaces(settings: MachinePlace & NamedPlaces) {
  const folder = new StateFolder(settings.stateDir);
  const record = await findMemberRecord(folder);
  const named = settings.controlPlane ?? record?.controlPlane;
  if (named !== undefined && !URL.canParse(named)) throw usage('--control-plane needs the address of the control plane.'); // prettier-ignore
  return {
    network: await readNetworkSettings(networkSource(settings)),
    controlPlane: named === undefined ? undefined : new URL(named),
    relayHost: settings.relayHost ?? (await readRelayHost(folder)),
    region: record?.region,
    ca: (await folder.read(CA_FILE))?.toString('utf8'),
  };
}
