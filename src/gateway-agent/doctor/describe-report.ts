import type { DiagnosisReport, Finding, Verdict } from '../../contract/diagnosis.js';

const MARKS: Readonly<Record<Verdict, string>> = {
  ok: 'ok     ',
  warn: 'WARNING',
  fail: 'FAULT  ',
  skipped: '-      ',
};

/** A report for people: one line a finding, and below a fault what to do about it. */
export function describeReport({ agentVersion, findings }: DiagnosisReport): string {
  const count = (verdict: Verdict) => findings.filter((finding) => finding.verdict === verdict).length;
  const named = (verdict: Verdict, noun: string) => `${count(verdict)} ${noun}${count(verdict) === 1 ? '' : 's'}`;
  return [
    `tidegate-agent ${agentVersion}`,
    ...findings.flatMap(describeFinding),
    `${named('fail', 'fault')}, ${named('warn', 'warning')}, ${count('ok')} in order, ${count('skipped')} not looked at`,
  ].join('\n');
}

function describeFinding({ check, subject, verdict, seen, remedy, latencyMs }: Finding): string[] {
  const what = subject === undefined ? seen : `${subject}: ${seen}`;
  const latency = latencyMs === undefined ? '' : ` (${latencyMs} ms)`;
  const line = `${MARKS[verdict]}  ${check.padEnd(18)}  ${printable(what)}${latency}`;
  return remedy === undefined ? [line] : [line, `${' '.repeat(29)}→ ${printable(remedy)}`];
}

/** Names come from elsewhere: nothing in them may steer a terminal. */
function printable(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, ' ');
}
