import { connect as connectTls, type DetailedPeerCertificate } from 'node:tls';
import { isIP, type Socket } from 'node:net';
import { lookup } from 'node:dns/promises';
import type { Finding } from '../../contract/diagnosis.js';
import { systemErrorCode } from '../exit-codes.js';
import { NetworkError, type NetworkFault } from '../network/network-error.js';
import type { Network } from '../network/network.js';
import { describeProxy } from '../network/proxy-address.js';
import { fail, ok, skipped, type Check } from './finding.js';

/** How long one step may take, in milliseconds: a firewall that drops packets must not hold up the whole report. */
const STEP_MS = 5_000;

/** Names of the steps, for one place. */
export interface PathChecks {
  readonly dns: Check;
  readonly port: Check;
  readonly tls: Check;
}

export interface CloudPlace {
  readonly host: string;
  readonly port: number;
  readonly isSecure: boolean;
}

/** What was found on the way to a place. */
export interface PathReport {
  readonly findings: readonly Finding[];
  /** The check that failed; undefined when the way is open. */
  readonly broken: Check | undefined;
}

/** Walks to a place in the cloud step by step, and stops at the first that fails: what comes after it says nothing. */
export async function walkTo(network: Network, place: CloudPlace, checks: PathChecks): Promise<PathReport> {
  const subject = `${place.host}:${place.port}`;
  const proxy = network.proxyFor(place);
  const steps: readonly (readonly [Check, () => Promise<string>])[] = [
    ...(proxy ? [] : [[checks.dns, () => resolveName(place.host)] as const]),
    [checks.port, () => openPort(network, place)],
    ...(place.isSecure ? [[checks.tls, () => shakeHands(network, place)] as const] : []),
  ];
  const findings: Finding[] = [];
  let broken: Check | undefined;
  for (const [check, step] of steps) {
    if (broken !== undefined) {
      findings.push(skipped(check, `${broken} failed`, { subject }));
      continue;
    }
    const startedAt = performance.now();
    try {
      const seen = await step();
      findings.push(ok(check, seen, { subject, latencyMs: performance.now() - startedAt }));
    } catch (error) {
      if (!(error instanceof NetworkError)) throw error;
      broken = checkOf(error.fault, checks, check);
      findings.push(await explain(network, { place, error, broken }));
    }
  }
  if (proxy && broken !== 'proxy') findings.unshift(ok('proxy', `the way leads through ${describeProxy(proxy)}`, { subject })); // prettier-ignore
  return { findings, broken };
}

/** A proxy's failure shows at the port behind it. */
function checkOf(fault: NetworkFault, checks: PathChecks, step: Check): Check {
  if (fault.startsWith('proxy-')) return 'proxy';
  if (fault.startsWith('tls-')) return checks.tls;
  return fault === 'name-unknown' ? checks.dns : step;
}

interface Failure {
  readonly place: CloudPlace;
  readonly error: NetworkError;
  readonly broken: Check;
}

async function explain(network: Network, { place, error, broken }: Failure): Promise<Finding> {
  const subject = `${place.host}:${place.port}`;
  if (error.fault !== 'tls-untrusted') return fail(broken, error.message, error.remedy, { subject });
  const issuer = await issuerAt(network, place);
  const seen = `${error.message} It was issued by ${issuer ?? 'somebody unnamed'}.`;
  const remedy =
    'If that is your own authority, or a proxy that inspects TLS, give its certificate with --ca-file; better, have the proxy pass this host through.';
  return fail(broken, seen, remedy, { subject });
}

async function resolveName(host: string): Promise<string> {
  if (isIP(host)) return 'an address, no name';
  try {
    const addresses = await within(lookup(host, { all: true }), STEP_MS);
    return `resolves to ${addresses.slice(0, 4).map(({ address }) => address).join(', ')}`; // prettier-ignore
  } catch (cause) {
    const code = systemErrorCode(cause) ?? 'no answer';
    throw new NetworkError('name-unknown', `the name ${host} is not known (${code}).`, { cause });
  }
}

async function openPort(network: Network, { host, port }: CloudPlace): Promise<string> {
  const socket = await network.connect({ host, port, timeoutMs: STEP_MS });
  leave(socket);
  return 'open';
}

async function shakeHands(network: Network, { host, port }: CloudPlace): Promise<string> {
  const socket = await network.secure({ host, port, timeoutMs: STEP_MS });
  const { issuer } = socket.getPeerCertificate();
  const seen = `${socket.getProtocol() ?? 'TLS'}, certificate issued by ${nameOf(issuer) ?? 'somebody unnamed'}`;
  leave(socket);
  return seen;
}

/** Who vouches for the certificate that is shown, trusted or not: nothing is sent over this connection. */
async function issuerAt(network: Network, { host, port }: CloudPlace): Promise<string | undefined> {
  let socket: Socket;
  try {
    socket = await network.connect({ host, port, timeoutMs: STEP_MS });
  } catch (error) {
    if (error instanceof NetworkError) return undefined;
    throw error;
  }
  return new Promise((resolve) => {
    const tls = connectTls({ socket, rejectUnauthorized: false, ...(isIP(host) === 0 && { servername: host }) });
    const end = (issuer: string | undefined) => {
      tls.removeAllListeners('secureConnect');
      tls.setTimeout(0);
      leave(tls);
      resolve(issuer);
    };
    tls.setTimeout(STEP_MS, () => {
      end(undefined);
    });
    tls.once('error', () => {
      end(undefined);
    });
    tls.once('secureConnect', () => {
      end(nameOf(lastOf(tls.getPeerCertificate(true)).issuer));
    });
  });
}

/** The certificate nearest to the root that was sent along. */
function lastOf(certificate: DetailedPeerCertificate): DetailedPeerCertificate {
  let at = certificate;
  for (let depth = 0; depth < 8; depth += 1) {
    const next = at.issuerCertificate as DetailedPeerCertificate | undefined;
    if (!next || next === at || next.fingerprint256 === at.fingerprint256) break;
    at = next;
  }
  return at;
}

function nameOf(name: { readonly CN?: unknown; readonly O?: unknown } | undefined): string | undefined {
  const [first] = [name?.CN, name?.O].flat().filter((part) => typeof part === 'string');
  return first === undefined ? undefined : JSON.stringify(first.slice(0, 100));
}

function leave(socket: Socket): void {
  socket.on('error', () => undefined);
  socket.destroy();
}

async function within<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error('no answer in time'));
    }, ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
