import { SOURCE_KINDS } from '../../contract/targets.js';
import type { GatewayStatus, StatusQuestion } from '../gateways/gateway-status.service.js';
import { compareVersions, upgradeStateOf, type SupportWindow } from '../releases/versions.policy.js';
import { datasourceTypeOf } from './datasource-type.js';

/** As members just answered; the oldest version counts. */
export function showClusterStatus({ isOnline, members }: GatewayStatus, asked: StatusQuestion, window: SupportWindow) {
  const [version] = members.map((member) => member.version).sort(compareVersions);
  return {
    clusterStatus: isOnline ? 'Live' : 'Unreachable',
    gatewayStaticCapabilities: JSON.stringify({ datasourceTypes: datasourceTypes(asked) }),
    gatewayVersion: version ?? null,
    gatewayUpgradeState: version === undefined ? 'Unknown' : upgradeStateOf(version, window),
  };
}

/** Types that at least one member says it reaches. */
function datasourceTypes({ members }: StatusQuestion): string[] {
  return SOURCE_KINDS.filter((kind) => members.some(({ capabilities }) => kind in capabilities.operations)).map(
    datasourceTypeOf,
  );
}
