import type { TenantPolicy } from '../tenant-policy/tenant-policy.types.js';
import type { Affected, PolicySubjects } from './policy-preview.types.js';

/** Whom a change from one policy to another affects: those who are worse or better off than before, and how. */
export function affectedBy(before: TenantPolicy, after: TenantPolicy, subjects: PolicySubjects): Affected[] {
  return [
    ...byKinds(before, after, subjects),
    ...byAdministrators(before, after, subjects),
    ...byInstallers(before, after, subjects),
    ...byLicences(subjects),
  ];
}

function byKinds(before: TenantPolicy, after: TenantPolicy, { connections }: PolicySubjects): Affected[] {
  const allows = ({ allowedKinds }: TenantPolicy, kind: string) => allowedKinds?.some((one) => one === kind) ?? true;
  return connections.flatMap(({ id, displayName, kind }) => {
    if (allows(before, kind) === allows(after, kind)) return [];
    const effect = allows(after, kind) ? 'Its requests are served again.' : 'Its requests are refused.';
    return [{ kind: 'connection' as const, id, displayName, effect }];
  });
}

function byAdministrators(before: TenantPolicy, after: TenantPolicy, { gateways }: PolicySubjects): Affected[] {
  return gateways.flatMap(({ id, displayName, administrators, groups }) => {
    // Groups are not opened here: each is somebody, and may be many.
    const [was, is] = [before, after].map(
      ({ minimumAdministrators }) => administrators + groups >= minimumAdministrators,
    );
    if (was === is) return [];
    const short = `it has ${administrators} of ${after.minimumAdministrators} administrators`;
    const refused =
      groups === 0
        ? `It takes no new connections: ${short}.`
        : `It may take no new connections: ${short}, and those in its groups.`;
    const effect = is ? 'It has administrators enough for new connections.' : refused;
    return [{ kind: 'gateway' as const, id, displayName, effect }];
  });
}

/** Groups are not opened here: who is listed through one is shown as if they were not. */
function byInstallers(before: TenantPolicy, after: TenantPolicy, subjects: PolicySubjects): Affected[] {
  const mayInstall = ({ installers, listedInstallers }: TenantPolicy, principalId: string) =>
    installers === 'Open' || listedInstallers.some(({ id }) => id === principalId);
  const people = subjects.installers.flatMap(({ id, displayName }) => {
    if (mayInstall(before, id) === mayInstall(after, id)) return [];
    const effect = mayInstall(after, id)
      ? 'They may install gateways.'
      : 'They may install no more gateways, unless a listed group has them; the gateways they have stay.';
    return [{ kind: 'principal' as const, id, displayName, effect }];
  });
  const isGood = (policy: TenantPolicy, token: PolicySubjects['joinTokens'][number]) =>
    mayInstall(policy, token.createdBy) && (policy.joinTokenCreators === 'Installers' || token.isByTenantAdministrator);
  const tokens = subjects.joinTokens.flatMap((token) => {
    if (!isGood(before, token) || isGood(after, token)) return [];
    const { id, displayName } = token;
    return [{ kind: 'joinToken' as const, id, displayName, effect: 'Whoever made it may not have made it any more.' }];
  });
  return [...people, ...tokens];
}

function byLicences({ licensed }: PolicySubjects): Affected[] {
  return licensed.flatMap(({ id, displayName, isEligibleNow, isEligibleThen }) => {
    if (isEligibleNow === isEligibleThen) return [];
    const effect = isEligibleThen
      ? 'Their licences are enough to use gateways.'
      : 'Their licences are no longer enough: their requests are refused.';
    return [{ kind: 'principal' as const, id, displayName, effect }];
  });
}
