import type { GatewayStatus, MemberProblem } from '../gateways/gateway-status.service.js';
import { compareVersions, upgradeStateOf, type SupportWindow } from '../releases/versions.policy.js';
import type { GatewayStatusAnswer } from './gateway.answers.js';

type ErrorDetail = NonNullable<GatewayStatusAnswer['errorDetails']>[number];

const PROBLEMS: Readonly<Record<MemberProblem, (name: string) => Pick<ErrorDetail, 'errorCode' | 'message'>>> = {
  disabled: (name) => ({ errorCode: 'DMTS_GatewayIsDisabled', message: `The member ${name} is disabled.` }),
  unreachable: (name) => ({
    errorCode: 'DM_GWPipeline_Client_GatewayUnreachable',
    message: `The member ${name} cannot be reached.`,
  }),
};

/** As Fabric tells it: a gateway may be online while one of its members is listed. The oldest version counts. */
export function showStatus({ isOnline, members }: GatewayStatus, window: SupportWindow): GatewayStatusAnswer {
  const errorDetails = members.flatMap(({ id, name, problem }) =>
    problem === undefined
      ? []
      : [{ ...PROBLEMS[problem](name), relatedResource: { resourceId: id, resourceType: 'Gateway' as const } }],
  );
  const [version] = members.map((member) => member.version).sort(compareVersions);
  return {
    status: isOnline ? 'Online' : 'Offline',
    ...(version === undefined ? {} : { gatewayVersion: version, gatewayUpgradeState: upgradeStateOf(version, window) }),
    ...(errorDetails.length === 0 ? {} : { errorDetails }),
  };
}
