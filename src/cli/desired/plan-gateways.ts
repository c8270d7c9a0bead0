import { differences, type Change } from './change.js';
import type { CurrentGateway } from './current.js';
import type { DescribedGateway } from './described.js';
import { planRoles } from './plan-roles.js';
import type { Planning } from './planning.js';

/** What the file says of gateways, their members and roles. Gateways and members are never taken away. */
export function planGateways(planning: Planning): Change[] {
  const { current, file } = planning;
  return (file.described.gateways ?? []).flatMap((wanted) => {
    const known = current.gateways.find(({ gateway }) => gateway.displayName === wanted.name);
    if (!known) return [];
    const roles = {
      place: { gatewayId: known.gateway.id },
      name: wanted.name,
      known: known.roles,
      wanted: wanted.roles,
    };
    return [...settings(planning, known, wanted), ...members(planning, known, wanted), ...planRoles(planning, roles)];
  });
}

function settings({ client }: Planning, { gateway }: CurrentGateway, wanted: DescribedGateway): Change[] {
  const { name, loadBalancingSetting, allowCloudConnectionRefresh, allowCustomConnectors } = wanted;
  const { cpuThreshold, memoryThreshold } = wanted;
  const switches = { loadBalancingSetting, allowCloudConnectionRefresh, allowCustomConnectors };
  const fields = differences<object>(gateway, { ...switches, cpuThreshold, memoryThreshold });
  if (fields.length === 0) return [];
  const changed = Object.fromEntries(fields.map(({ field, after }) => [field, after]));
  const init = { params: { path: { gatewayId: gateway.id } }, body: changed };
  const run = async (): Promise<void> => {
    await client.patch('/v1/gateways/{gatewayId}', init);
  };
  return [{ action: 'update', kind: 'gateway', name, fields, run }];
}

function members({ client }: Planning, known: CurrentGateway, { members: wanted = [] }: DescribedGateway): Change[] {
  return wanted.flatMap(({ name, enabled }): Change[] => {
    const member = known.members.find(({ displayName }) => displayName === name);
    if (!member || member.enabled === enabled) return [];
    const path = { gatewayId: known.gateway.id, memberId: member.id };
    return [
      {
        action: 'update',
        kind: 'member',
        name: `${name} of ${known.gateway.displayName}`,
        fields: [{ field: 'enabled', before: member.enabled, after: enabled }],
        run: async () => {
          await client.patch('/v1/gateways/{gatewayId}/members/{memberId}', { params: { path }, body: { enabled } });
        },
      },
    ];
  });
}
