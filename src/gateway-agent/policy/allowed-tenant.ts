import { CommandError } from '../exit-codes.js';
import type { CommonSettings } from '../settings.js';
import { PolicyInvalid } from './policy-document.js';
import { loadPolicy } from './policy-file.js';

/**
 * That the operator of this machine lets a tenant have its gateway here.
 *
 * @throws CommandError refused, also when the policy cannot be read
 */
export async function assertTenantAllowed({ stateDir, policyFile }: CommonSettings, tenantId: string): Promise<void> {
  try {
    const { policy } = await loadPolicy({ stateDir, file: policyFile });
    if (policy.aboutTenant(tenantId).isAllowed) return;
  } catch (cause) {
    if (!(cause instanceof PolicyInvalid)) throw cause;
    throw new CommandError('refused', `The policy of this machine cannot be used: ${cause.message}.`, 'Mend it first: tidegate-agent policy check.', { cause }); // prettier-ignore
  }
  throw new CommandError('refused', `The policy of this machine does not allow tenant ${tenantId} to have a gateway here.`, 'Sign in to another tenant, or add it to tenants in policy.yaml.'); // prettier-ignore
}
