import type { ClusterView, MemberView } from '../gateways/gateways.types.js';
import type { StatusWord } from './gateway.answers.js';

/** A gateway as v1.0 shows it. */
export function showGateway(cluster: ClusterView) {
  return {
    id: cluster.id,
    name: cluster.name,
    type: 'Resource',
    publicKey: cluster.sealingKey,
    gatewayAnnotation: annotationOf(cluster, cluster.members[0]),
    gatewayStatus: statusOf(cluster.members),
  };
}

/** What agents of Power BI write about themselves: JSON as text. */
export function annotationOf(cluster: ClusterView, member: MemberView | undefined): string {
  const { contactInformation, department, version } = cluster;
  return JSON.stringify({
    gatewayContactInformation: contactInformation,
    gatewayVersion: member?.version ?? version ?? null,
    gatewayMachine: member?.name ?? null,
    gatewayDepartment: department,
  });
}

/** A gateway lives as long as one of its members does. */
export function statusOf(members: readonly MemberView[]): StatusWord {
  return members.some((member) => memberStatusOf(member) === 'Live') ? 'Live' : 'Unreachable';
}

/** No other words are known: a member that was disabled cannot be reached either. */
export function memberStatusOf({ state }: MemberView): StatusWord {
  return state === 'offline' || state === 'disabled' ? 'Unreachable' : 'Live';
}
