import type { RootStanding } from '../contract/next-root.js';
import { LockFile } from './lock-file.js';
import { getMemberRecord } from './member-record.js';
import { readRunStatus, type WrittenStatus } from './run-status.js';
import { StateFolder } from './state-folder.js';

export interface StatusReport {
  readonly gateway: { readonly id: string; readonly name: string; readonly region: string };
  readonly member: { readonly id: string; readonly name: string };
  readonly controlPlane: string;
  readonly running: boolean;
  /** What the running agent wrote last. */
  readonly agent: WrittenStatus | undefined;
}

/** What is registered in a state folder, and how its agent is. @throws CommandError */
export async function reportStatus(stateDir: string): Promise<StatusReport> {
  const folder = new StateFolder(stateDir);
  const record = await getMemberRecord(folder);
  const running = await LockFile.isHeld(folder.file('agent.lock'));
  return {
    gateway: { id: record.gatewayId, name: record.gatewayName, region: record.region },
    member: { id: record.memberId, name: record.memberName },
    controlPlane: record.controlPlane,
    running,
    agent: running ? await readRunStatus(folder) : undefined,
  };
}

/** In a person's words: which root holds, what comes next, and what is wrong with it. */
function describeRoot({ generation, next, refused }: RootStanding): string[] {
  const follows = next ? `, the next one from ${next.usableFrom}` : '';
  const trusted = `Root           generation ${generation}${follows}`;
  if (refused === undefined) return [trusted];
  const remedy = 'stop the agent and run `tidegate-agent trust --root-fingerprint TEXT`';
  return [
    trusted,
    `Root           NOT FOLLOWED (${refused}): ask the control plane’s operator for the fingerprint, ${remedy}`,
  ];
}

export function describeStatus(report: StatusReport): string {
  const { gateway, member, agent } = report;
  const state = !report.running
    ? 'not running'
    : agent?.connected
      ? `running, connected over ${agent.transport ?? 'the relay'}${agent.port === undefined ? '' : ` on port ${agent.port}`}, ${agent.inFlight} requests under way`
      : 'running, not connected';
  return [
    `Gateway        ${gateway.name} (${gateway.id}), region ${gateway.region}`,
    `Member         ${member.name} (${member.id})`,
    `Control plane  ${report.controlPlane}${agent?.controlPlaneAnsweredAt ? `, answered ${agent.controlPlaneAnsweredAt}` : ''}`,
    `Agent          ${state}`,
    ...(agent?.root ? describeRoot(agent.root) : []),
    ...(agent?.recoveryKeyUntrusted
      ? ['Recovery key   CHANGED WITHOUT THE OLD ONE: ask the control plane’s operator']
      : []),
  ].join('\n');
}
