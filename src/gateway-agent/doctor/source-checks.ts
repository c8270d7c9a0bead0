import type { Finding, MemberConnection } from '../../contract/diagnosis.js';
import type { Target } from '../../contract/targets.js';
import type { AgentErrorCode } from '../../contract/errors.js';
import { SourceError } from '../connectors/source-error.js';
import { ControlPlaneError } from '../control-plane.js';
import type { Membership, SourceAccess } from './doctor-context.js';
import { fail, ok, skipped, warn } from './finding.js';
import { latencyVerdict, SOURCE_SCALE } from './latency.js';

/** Connections looked at in one diagnosis. */
const MAX_CONNECTIONS = 200;
/** Sources asked at once. */
const AT_ONCE = 8;
const SOURCE_MS = 10_000;
/** What answers a test with more than this is left. */
const MAX_ANSWER_BYTES = 64 * 1024;

const REMEDIES: Partial<Record<AgentErrorCode, string>> = {
  SOURCE_UNREACHABLE: 'Check that the source runs, its address in the connection, and firewalls between it and this machine.',
  SOURCE_DENIED: 'Change the credential of the connection, or the rights of its account at the source.',
  CREDENTIAL_REBOUND: 'Enter the credential of the connection again.',
  CREDENTIAL_STALE_KEY: 'Enter the credential of the connection again.',
  CREDENTIAL_UNREADABLE: 'Enter the credential of the connection again.',
}; // prettier-ignore

const BY_POLICY =
  'If it should be allowed, change policy.yaml on this machine; `tidegate-agent policy test` names the rule.';

/** Every connection of the gateway: is its source there, does it let us in, and how far is it. */
export async function checkSources({ calls, sources }: Membership, signal: AbortSignal): Promise<Finding[]> {
  const connections: MemberConnection[] = [];
  let after: string | undefined;
  try {
    do {
      const page = await calls.connections(after, signal);
      connections.push(...page.value);
      after = page.next;
    } while (after !== undefined && connections.length < MAX_CONNECTIONS);
  } catch (error) {
    if (!(error instanceof ControlPlaneError)) throw error;
    // A control plane of before this question: that is nobody's fault here.
    return [skipped('source', `the control plane does not tell the connections: ${error.message}`)];
  }
  if (connections.length === 0) return [ok('source', 'no connections yet')];
  const findings: Finding[] = [];
  const queue = connections.slice(0, MAX_CONNECTIONS);
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let next = queue.shift(); next; next = queue.shift())
        findings.push(await checkSource(sources, next, signal));
    }),
  );
  if (after !== undefined) findings.push(skipped('source', `further connections than ${MAX_CONNECTIONS}`));
  return findings.sort((a, b) => (a.subject ?? '').localeCompare(b.subject ?? ''));
}

async function checkSource(sources: SourceAccess, connection: MemberConnection, signal: AbortSignal): Promise<Finding> {
  const subject = `${connection.displayName} (${connection.id})`;
  const stop = AbortSignal.any([signal, AbortSignal.timeout(SOURCE_MS)]);
  try {
    sources.admit(connection);
    const reachedMs = await reach(sources, connection.target, stop);
    const asked = await ask(sources, connection, stop);
    const latencyMs = reachedMs ?? asked.ms;
    const verdict = latencyVerdict(latencyMs, SOURCE_SCALE);
    const seen = asked.hasSignedIn ? `answers; ${verdict}` : `reached, ${verdict}; not signed in, since this member has not used the credential yet`; // prettier-ignore
    if (verdict !== 'slow') return ok('source', seen, { subject, latencyMs });
    const remedy = 'Install a member of the gateway nearer to the source, or look at the line between.';
    return warn('source', seen, remedy, { subject, latencyMs });
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    if (signal.aborted) return skipped('source', 'there was no time left', { subject });
    // The operator wants it so; whoever made the connection may not know.
    if (error.code === 'POLICY_DENIED') return warn('source', error.message, BY_POLICY, { subject });
    const remedy = REMEDIES[error.code] ?? 'Look at the log of the agent and of the source.';
    return fail('source', stop.aborted ? 'the source does not answer in time' : error.message, remedy, { subject });
  }
}

/** Milliseconds until the source took a connection; undefined for one that is no server. */
async function reach(sources: SourceAccess, target: Target, signal: AbortSignal): Promise<number | undefined> {
  const place = placeOf(target);
  if (!place) return undefined;
  const startedAt = performance.now();
  const socket = await sources.egress.connect({ ...place, signal, timeoutMs: SOURCE_MS / 2 });
  const ms = performance.now() - startedAt;
  socket.on('error', () => undefined);
  socket.destroy();
  return ms;
}

async function ask(
  { connectors, secretFor }: SourceAccess,
  connection: MemberConnection,
  signal: AbortSignal,
): Promise<{ ms: number; hasSignedIn: boolean }> {
  const { target, credentialType, encryption, id: connectionId } = connection;
  const connector = connectors.get(target.kind);
  if (!connector) throw new SourceError('OPERATION_UNSUPPORTED', `This agent has no connector for sources of kind ${target.kind}.`); // prettier-ignore
  using secret = await secretFor(connection);
  if (!secret) return { ms: 0, hasSignedIn: false };
  const startedAt = performance.now();
  const answer = await connector.execute({
    operation: { name: 'test' },
    target,
    credentialType,
    encryption,
    connectionId,
    secret,
    body: undefined,
    signal,
  });
  const ms = performance.now() - startedAt;
  let seen = 0;
  for await (const chunk of answer.body) if ((seen += chunk.length) > MAX_ANSWER_BYTES) break;
  return { ms, hasSignedIn: true };
}

/** Where the source's server is; undefined for files. */
function placeOf(target: Target): { host: string; port: number } | undefined {
  if ('server' in target) return { host: target.server, port: target.port };
  if (!('url' in target)) return undefined;
  const { hostname, port, protocol } = new URL(target.url);
  return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) || (protocol === 'https:' ? 443 : 80) };
}
