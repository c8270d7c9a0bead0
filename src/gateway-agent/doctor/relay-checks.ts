import type { Finding } from '../../contract/diagnosis.js';
import type { SessionResponse } from '../../contract/membership.js';
import { LinkLost } from '../bus-link.js';
import { ControlPlaneError } from '../control-plane.js';
import { networkErrorOf } from '../network/http-dispatcher.js';
import { probePort, type PortVerdict } from '../network/probe-port.js';
import { placesOf, type RelayPlace } from '../network/relay-place.js';
import { walkTo } from './cloud-path.js';
import type { DoctorContext, Membership } from './doctor-context.js';
import { fail, ok, skipped, warn, type Check } from './finding.js';
import { latencyVerdict, RELAY_SCALE } from './latency.js';

const PORT_MS = 5_000;
const PATH = { dns: 'relay-dns', port: 'relay-port', tls: 'relay-tls' } as const;

/** Whether the control plane still takes this member for what it says it is, and what it hands out. */
export async function checkMembership(
  { calls, record }: Membership,
  signal: AbortSignal,
): Promise<{ finding: Finding; session: SessionResponse | undefined }> {
  try {
    const session = await calls.session(signal);
    const seen = `member ${record.memberName} of gateway ${record.gatewayName}, region ${record.region}`;
    return { finding: ok('membership', seen), session };
  } catch (error) {
    if (!(error instanceof ControlPlaneError)) throw error;
    const remedy = 'Ask an administrator of the gateway whether the member was removed or replaced; `tidegate-agent restore` brings it back.'; // prettier-ignore
    return { finding: fail('membership', error.message, error.problem.remedy ?? remedy), session: undefined };
  }
}

/** The ports towards the relay, and a question to it over the first way that is open. */
export async function checkRelay(
  context: DoctorContext,
  membership: Membership,
  session: SessionResponse,
): Promise<Finding[]> {
  const { relay } = session;
  if (relay.mode === 'emulator') {
    const port: RelayPlace = { transport: 'emulator', host: '', port: 0 };
    return [ok('relay-port', 'an emulator, for development only'), await askRelay(membership, session, port)];
  }
  const { findings, way, broken } = await tryPorts(context, relay.host);
  return [...findings, way ? await askRelay(membership, session, way) : skipped('relay', `${broken} failed`)];
}

/** The ports towards a relay, on a machine that is nobody's member yet and knows it by name at most. */
export async function checkNamedRelay(context: DoctorContext): Promise<readonly Finding[]> {
  const { relayHost } = context;
  if (relayHost === undefined) return [skipped('relay-port', 'nothing names the relay before registration; --relay does')]; // prettier-ignore
  return (await tryPorts(context, relayHost)).findings;
}

/** What was found at the ports of a relay: the first way that is open, or the check that failed. */
type TriedPorts = { readonly findings: readonly Finding[] } & (
  { readonly way: RelayPlace; readonly broken?: undefined } | { readonly way?: undefined; readonly broken: Check }
);

async function tryPorts(context: DoctorContext, host: string): Promise<TriedPorts> {
  const places = placesOf(host, context.network.settings.ports);
  const probed = await probeAll(context, places);
  const open = places.filter((place) => probed.get(place.port)?.open === true);
  const [first] = open;
  if (first) return { findings: portFindings(probed, open), way: first };
  // None is open: walk to the first one, to say why.
  const [place] = places;
  if (!place) {
    const none = fail('relay-port', 'no port towards the relay may be used', 'Allow one: see --ports and docs/network.md.'); // prettier-ignore
    return { findings: [none], broken: 'relay-port' };
  }
  const path = await walkTo(context.network, { ...place, isSecure: true }, PATH);
  const others = [...probed].filter(([port]) => port !== place.port).map(([port]) => port);
  const closed = others.length === 0 ? [] : [skipped('relay-port', `ports ${others.join(', ')} are closed as well`)];
  return { findings: [...path.findings, ...closed], broken: path.broken ?? 'relay-port' };
}

type Probed = ReadonlyMap<number, PortVerdict>;

async function probeAll({ network, ca }: DoctorContext, places: readonly RelayPlace[]): Promise<Probed> {
  const byPort = new Map(places.map((place) => [place.port, place]));
  const verdicts = await Promise.all(
    [...byPort.values()].map(async ({ host, port }) => {
      const proxy = network.proxyFor({ host, port });
      return [port, await probePort({ host, port, proxy, ca, timeoutMs: PORT_MS })] as const;
    }),
  );
  return new Map(verdicts);
}

/** One open port is enough; 443 and 5671 are those that Azure Service Bus promises. */
function portFindings(probed: Probed, open: readonly RelayPlace[]): Finding[] {
  const usable = [...new Set(open.map(({ port }) => port))].join(', ');
  return [...probed].map(([port, verdict]) => {
    const subject = `port ${port}`;
    if (verdict.open) {
      const seen = `open, ${verdict.tls.protocol}, certificate issued by ${JSON.stringify(verdict.tls.issuer)}`;
      return ok('relay-port', seen, { subject, latencyMs: verdict.connectMs });
    }
    if (port === 443) return warn('relay-port', `closed: ${verdict.reason}`, verdict.remedy, { subject });
    return ok('relay-port', `closed, and not needed: ${usable} can be used`, { subject });
  });
}

async function askRelay(membership: Membership, session: SessionResponse, place: RelayPlace): Promise<Finding> {
  const subject = place.transport === 'emulator' ? 'emulator' : `${place.host}:${place.port}, ${place.transport}`;
  try {
    const latencyMs = await membership.askRelay(session, place);
    const verdict = latencyVerdict(latencyMs, RELAY_SCALE);
    const seen = `answers this member; a round trip is ${verdict}`;
    if (verdict !== 'slow') return ok('relay', seen, { subject, latencyMs });
    return warn('relay', seen, 'Choose a gateway region nearer to this machine, or look at the line.', { subject, latencyMs }); // prettier-ignore
  } catch (error) {
    if (!(error instanceof LinkLost)) throw error;
    const network = networkErrorOf(error);
    if (network) return fail('relay', network.message, network.remedy, { subject });
    const remedy = error.moved
      ? 'Look again in a minute; if it stays, ask the control plane’s operator to check the relay’s keys.'
      : 'Look again in a minute; if it stays, look for a device on the way that lets TLS through and stops what is in it.';
    const seen = error.moved ? 'the relay refuses the token of this member' : 'the relay does not answer';
    return fail('relay', `${seen} (${error.message.slice(0, 200)})`, remedy, { subject });
  }
}
