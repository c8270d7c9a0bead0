import type { Finding } from '../../contract/diagnosis.js';
import type { Discovery } from '../../contract/registration.js';
import { CONTRACT_VERSION, PRODUCT_VERSION } from '../../contract/version.js';
import { MAX_SKEW_MS } from '../conditions.js';
import { ControlPlaneError } from '../control-plane.js';
import { CommandError } from '../exit-codes.js';
import { PinnedRoots } from '../pinned-roots.js';
import { rootFingerprint } from '../root-fingerprint.js';
import { SKEW_WARNING_MS } from '../server-clock.js';
import { walkTo, type CloudPlace } from './cloud-path.js';
import type { DoctorContext } from './doctor-context.js';
import { fail, ok, skipped, warn, type Check } from './finding.js';

const PATH = { dns: 'control-plane-dns', port: 'control-plane-port', tls: 'control-plane-tls' } as const;
const BEHIND: readonly Check[] = ['control-plane', 'version', 'clock'];

/** What was found of the control plane. */
export interface ControlPlaneReport {
  readonly findings: readonly Finding[];
  /** What stands in the way of everything that needs it; undefined: nothing. */
  readonly broken: Check | undefined;
}

/** The way to the control plane, and whether the one that answers is ours and of our time. */
export async function checkControlPlane(context: DoctorContext, signal: AbortSignal): Promise<ControlPlaneReport> {
  const { controlPlane: address, discover } = context;
  if (address === undefined || !discover) {
    return { findings: [skipped('control-plane', 'nothing readable says where it is')], broken: 'member-record' };
  }
  const path = await walkTo(context.network, placeOf(address), PATH);
  if (path.broken !== undefined) {
    const because = `${path.broken} failed`;
    return { findings: [...path.findings, ...BEHIND.map((check) => skipped(check, because))], broken: path.broken };
  }
  try {
    const startedAt = performance.now();
    const { discovery, dateOffsetMs } = await discover(signal);
    const latencyMs = performance.now() - startedAt;
    const answers = ok('control-plane', `${new URL(address).host} answers, version ${discovery.version}`, { latencyMs }); // prettier-ignore
    const version = checkVersion(discovery);
    const root = await checkRoot(context, discovery);
    const broken = [root, version].find((finding) => finding?.verdict === 'fail');
    const findings = [...path.findings, answers, ...(root ? [root] : []), version, checkClock(dateOffsetMs)];
    return { findings, broken: broken && (broken.check as Check) };
  } catch (error) {
    if (!(error instanceof ControlPlaneError)) throw error;
    const behind = BEHIND.slice(1).map((check) => skipped(check, 'control-plane failed'));
    return { findings: [...path.findings, describe(error), ...behind], broken: 'control-plane' };
  }
}

function describe(error: ControlPlaneError): Finding {
  const { kind, problem } = error;
  const remedies: Record<ControlPlaneError['kind'], string> = {
    unreachable: 'Ask the control plane’s operator whether it runs; look at proxies on the way.',
    unavailable: 'Wait and look again; ask the control plane’s operator when it lasts.',
    refused: 'Check the address of the control plane: what answers there refuses an open question.',
    invalid: 'Check the address of the control plane: what answers there is something else.',
  };
  return fail('control-plane', error.message, problem.remedy ?? remedies[kind]);
}

function checkVersion({ contractVersions, version }: Discovery): Finding {
  const spoken = contractVersions.join(', ') || 'none';
  if (contractVersions.includes(CONTRACT_VERSION)) {
    return ok('version', `agent ${PRODUCT_VERSION} and control plane ${version} speak version ${CONTRACT_VERSION} of the contract`); // prettier-ignore
  }
  const isOld = contractVersions.every((one) => one < CONTRACT_VERSION);
  return isOld
    ? fail('version', `the control plane speaks only version ${spoken} of the contract, older than this agent’s`, 'Have the control plane updated, or install the agent of its time.') // prettier-ignore
    : fail('version', `the control plane speaks only version ${spoken} of the contract, newer than this agent’s`, 'Update this agent.'); // prettier-ignore
}

/** Whether the control plane is the one that this member trusts. Undefined before registration. */
async function checkRoot({ folder, membership }: DoctorContext, discovery: Discovery): Promise<Finding | undefined> {
  if (!membership) return undefined;
  const { record } = membership;
  if (discovery.issuer !== record.issuer) {
    return fail('control-plane-root', 'another control plane answers than the one of this gateway', 'Check --control-plane; if it moved, ask its operator why its issuer is another.'); // prettier-ignore
  }
  try {
    const pinned = await PinnedRoots.open(folder, record);
    const seen = await rootFingerprint(discovery.root);
    if (seen === (await rootFingerprint(pinned.current)) || seen === pinned.standing.next?.fingerprint) {
      return ok('control-plane-root', `its root of generation ${discovery.root.generation} is the one that is trusted`);
    }
    return fail('control-plane-root', 'the control plane holds a root that this agent does not trust', 'Compare the fingerprint with the control plane’s operator, then run `tidegate-agent trust`.'); // prettier-ignore
  } catch (error) {
    if (error instanceof CommandError) return fail('control-plane-root', error.message, error.remedy);
    throw error;
  }
}

function checkClock(dateOffsetMs: number): Finding {
  const off = Math.abs(dateOffsetMs);
  const seconds = Math.round(off / 1000);
  const seen = off < 2_000 ? 'agrees with the control plane’s' : `${seconds} s ${dateOffsetMs > 0 ? 'behind' : 'ahead of'} the control plane’s`; // prettier-ignore
  const remedy = 'Set the clock of this machine, and have it follow a time server.';
  if (off > MAX_SKEW_MS) return fail('clock', seen, remedy);
  return off > SKEW_WARNING_MS ? warn('clock', seen, remedy) : ok('clock', seen);
}

function placeOf(address: string): CloudPlace {
  const url = new URL(address);
  const isSecure = url.protocol === 'https:';
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port) || (isSecure ? 443 : 80),
    isSecure,
  };
}
