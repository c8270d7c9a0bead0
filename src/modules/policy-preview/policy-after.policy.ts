import type { TenantPolicy, TenantPolicyChange } from '../tenant-policy/tenant-policy.types.js';

/** What the operator of the service set for where a tenant decides nothing. */
export type PolicyDefaults = Pick<TenantPolicy, 'licenceRules' | 'limits'>;

/** The policy as it would be. Limits affect nobody by name and stay as they are. */
export function policyAfter(before: TenantPolicy, change: TenantPolicyChange, defaults: PolicyDefaults): TenantPolicy {
  const { installers, listedInstallers, joinTokenCreators, minimumAdministrators, licenceRules, allowedKinds } = change;
  return {
    ...before,
    installers: installers ?? before.installers,
    listedInstallers: listedInstallers ?? before.listedInstallers,
    joinTokenCreators: joinTokenCreators ?? before.joinTokenCreators,
    minimumAdministrators: minimumAdministrators ?? before.minimumAdministrators,
    licenceRules: licenceRules === undefined ? before.licenceRules : (licenceRules ?? defaults.licenceRules),
    allowedKinds: allowedKinds === undefined ? before.allowedKinds : (allowedKinds ?? undefined),
  };
}
