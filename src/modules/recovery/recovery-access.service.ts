import { Injectable } from '@nestjs/common';
import type { Caller } from '../../common/auth/caller.js';
import { DomainError } from '../../common/errors/domain-error.js';
import type { ProofOperation } from '../../contract/recovery.js';
import { GatewayRolesService } from '../administrators/gateway-roles.service.js';
import { refusal } from '../administrators/refusal.policy.js';
import { assertAdministrator } from '../administrators/roles.policy.js';
import type { Registrant } from '../gateways/registration.service.js';
import { TenantPolicyService } from '../tenant-policy/tenant-policy.service.js';

/** Operations that bring a new member, and so are an installation. */
export type AdmissionOperation = Extract<ProofOperation, 'join' | 'restore' | 'takeover'>;

/** Who may recover which gateway. Asked before anything about its recovery key is told. */
@Injectable()
export class RecoveryAccess {
  constructor(
    private readonly roles: GatewayRolesService,
    private readonly policies: TenantPolicyService,
  ) {}

  /**
   * Administrators of the gateway or tenant join and restore; only those of the tenant take over. A join token speaks for
   * its creator, who is looked at again.
   *
   * @returns the gateway's id
   * @throws DomainError GATEWAY_NOT_FOUND, NOT_ADMINISTRATOR, INSTALLER_NOT_ALLOWED, IDENTITY_UNAVAILABLE
   */
  async assertMayAdmit(registrant: Registrant, gatewayId: string, operation: AdmissionOperation): Promise<string> {
    const { tenantId, principal, joinToken } = registrant;
    const access = await this.roles.access({ tenantId, ...principal }, gatewayId);
    if (joinToken && joinToken.gatewayId !== access.gatewayId) {
      throw new DomainError('NOT_ADMINISTRATOR', {}, { message: 'The join token is not for this gateway.' });
    }
    await this.policies.assertMayInstall({ ...principal, tenantId });
    const isAllowed = isTenantAdministrator(registrant) || (operation !== 'takeover' && access.grant?.role === 'Admin');
    if (isAllowed) return access.gatewayId;
    // Which groups somebody is in makes nobody an administrator of the tenant.
    const isComplete = operation === 'takeover' || access.isComplete;
    throw refusal({ isComplete }, 'NOT_ADMINISTRATOR', { gatewayId: access.gatewayId, operation });
  }

  /** @returns the gateway's id; @throws DomainError GATEWAY_NOT_FOUND, NOT_ADMINISTRATOR, IDENTITY_UNAVAILABLE */
  async assertAdministers(caller: Caller, gatewayId: string): Promise<string> {
    const access = await this.roles.access(caller, gatewayId);
    assertAdministrator(caller, access);
    return access.gatewayId;
  }
}

function isTenantAdministrator({ joinToken, isTenantAdministrator: isOne }: Registrant): boolean {
  return joinToken ? joinToken.byTenantAdministrator : isOne === true;
}
