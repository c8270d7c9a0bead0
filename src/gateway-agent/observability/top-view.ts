import type { StatusReport } from '../status-report.js';
import type { ActivitySnapshot } from './activity-snapshot.js';

/** What `tidegate-agent top` shows, and `--json` prints. */
export interface TopReport extends StatusReport {
  /** Undefined when the agent does not run or has not written yet. */
  readonly activity: ActivitySnapshot | undefined;
}

/** Older figures than these are said to be old: an idle agent writes every half minute. */
const STALE_MS = 60_000;
const KIND_COLUMNS = ['KIND', 'REQ/S', 'P50 MS', 'P95 MS', 'FAILED', 'TOTAL', 'SESSIONS'] as const;
const WIDTHS = [12, 9, 9, 9, 9, 10, 22] as const;

/** The page as lines of plain text. */
export function topView(report: TopReport, now: number): string[] {
  const { gateway, member, agent, activity } = report;
  const title = `Tidegate agent   ${clean(gateway.name)} / ${clean(member.name)}   ${gateway.region}`;
  if (!report.running) return [title, '', 'The agent is not running.'];
  if (activity === undefined) return [title, '', 'The agent runs and has written no figures yet.'];
  const { heartbeats, windowSeconds, refused, policyDenied, bytesIn, bytesOut } = activity;
  const age = now - Date.parse(activity.writtenAt);
  const beat = heartbeats.lastAnswerAt === undefined ? 'not answered yet' : `answered ${ago(now - Date.parse(heartbeats.lastAnswerAt))} ago`; // prettier-ignore
  return [
    title,
    '',
    `State       ${describeState(activity)}`,
    `Up          ${agent ? ago(now - Date.parse(agent.startedAt)) : 'unknown'}, memory ${mebibytes(activity.memoryBytes)}`,
    `Heartbeats  ${beat}, ${heartbeats.failed} of ${heartbeats.answered + heartbeats.failed} failed`,
    `Requests    ${activity.inFlight} under way, ${refused} turned away, ${policyDenied} refused by the local policy`,
    `Bodies      ${mebibytes(bytesIn)} in, ${mebibytes(bytesOut)} out`,
    '',
    row(KIND_COLUMNS),
    ...activity.kinds.map(kindRow),
    ...(activity.kinds.length === 0 ? ['no request yet'] : []),
    '',
    age > STALE_MS
      ? `These figures are ${ago(age)} old: look at the agent's log.`
      : `Rates, times and FAILED are of the last ${windowSeconds} s.`,
  ];
}

function describeState({ member }: ActivitySnapshot): string {
  const { connected, transport, receiving, draining, conditions } = member;
  const link = connected ? `connected over ${transport ?? 'the relay'}` : 'NOT CONNECTED';
  const work = draining ? 'draining' : receiving ? 'takes work' : 'takes no shared work';
  return [link, work, ...conditions].join(', ');
}

function kindRow({ kind, requests, recently, sessions }: ActivitySnapshot['kinds'][number]): string {
  const { perSecond, p50Ms, p95Ms, failed } = recently;
  const held = sessions ? `${sessions.open}, ${sessions.idle} idle${sessions.waiting > 0 ? `, ${sessions.waiting} wait` : ''}` : '-'; // prettier-ignore
  return row([kind, perSecond.toFixed(1), milliseconds(p50Ms), milliseconds(p95Ms), failed, requests, held]);
}

function row(cells: readonly (string | number)[]): string {
  return cells
    .map((cell, index) => (index === 0 ? String(cell).padEnd(WIDTHS[0]) : String(cell).padStart(WIDTHS[index] ?? 0)))
    .join('');
}

function milliseconds(value: number | undefined): string {
  return value === undefined ? '-' : value < 100 ? value.toFixed(1) : value.toFixed(0);
}

function mebibytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
}

function ago(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7_200) return `${Math.round(seconds / 60)} min`;
  return seconds < 172_800 ? `${Math.round(seconds / 3_600)} h` : `${Math.round(seconds / 86_400)} days`;
}

/** Names come from the cloud: what would move the cursor does not reach the terminal. */
function clean(name: string): string {
  return name.replace(/[\p{Cc}\p{Cf}]/gu, '?');
}
