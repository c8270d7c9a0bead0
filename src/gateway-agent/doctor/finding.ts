import type { Finding, Verdict } from '../../contract/diagnosis.js';

/** Checks by name, in the order in which a report shows them. */
export const CHECKS = [
  'agent',
  'state-folder',
  'member-record',
  'key-store',
  'journal',
  'disk',
  'service-account',
  'policy',
  'network-settings',
  'proxy',
  'control-plane-dns',
  'control-plane-port',
  'control-plane-tls',
  'control-plane',
  'control-plane-root',
  'version',
  'clock',
  'membership',
  'relay-dns',
  'relay-port',
  'relay-tls',
  'relay',
  'source',
] as const;
export type Check = (typeof CHECKS)[number];

interface Also {
  readonly subject?: string;
  readonly latencyMs?: number;
}

/** Longest sentences that the contract takes. */
const MAX_TEXT = 600;
const MAX_SUBJECT = 300;

export function ok(check: Check, seen: string, also: Also = {}): Finding {
  return finding(check, 'ok', seen, also);
}

export function warn(check: Check, seen: string, remedy: string, also: Also = {}): Finding {
  return { ...finding(check, 'warn', seen, also), remedy: remedy.slice(0, MAX_TEXT) };
}

export function fail(check: Check, seen: string, remedy: string, also: Also = {}): Finding {
  return { ...finding(check, 'fail', seen, also), remedy: remedy.slice(0, MAX_TEXT) };
}

/** @param because what stands in the way, as the reader finds it elsewhere in the report */
export function skipped(check: Check, because: string, also: Also = {}): Finding {
  return finding(check, 'skipped', `not looked at: ${because}`, also);
}

/** The worst of them; what was skipped is no fault of its own. */
export function worstOf(findings: readonly Finding[]): 'ok' | 'warn' | 'fail' {
  if (findings.some(({ verdict }) => verdict === 'fail')) return 'fail';
  return findings.some(({ verdict }) => verdict === 'warn') ? 'warn' : 'ok';
}

function finding(check: Check, verdict: Verdict, seen: string, { subject, latencyMs }: Also): Finding {
  return {
    check,
    ...(subject === undefined ? {} : { subject: subject.slice(0, MAX_SUBJECT) }),
    verdict,
    seen: seen.slice(0, MAX_TEXT),
    ...(latencyMs === undefined ? {} : { latencyMs: Math.max(0, Math.round(latencyMs * 10) / 10) }),
  };
}
