import { Injectable } from '@nestjs/common';
import type { Caller } from '../../common/auth/caller.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { isIdentifier } from '../../common/identifier.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import { capabilitiesSchema } from '../../contract/capabilities.js';
import { GatewayRolesService } from '../administrators/gateway-roles.service.js';
import { assertAdministrator } from '../administrators/roles.policy.js';
import type { DiagnosedMember } from './diagnosis.types.js';

/** What agents announce that can be looked at from afar. */
export type DiagnosisFeature = 'diagnosis' | 'log-tail';

/** Finds the members that a caller may look at: those of gateways that they administer. */
@Injectable()
export class DiagnosedMembersService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly roles: GatewayRolesService,
  ) {}

  /** @throws DomainError GATEWAY_NOT_FOUND, MEMBER_NOT_FOUND, NOT_ADMINISTRATOR, IDENTITY_UNAVAILABLE */
  async find(caller: Caller, gatewayId: string, memberId: string): Promise<DiagnosedMember> {
    return (await this.load(caller, gatewayId, memberId)).member;
  }

  /** As `find`. @throws DomainError GATEWAY_TOO_OLD when the member's agent does not know what is asked of it */
  async findCapable(
    caller: Caller,
    gatewayId: string,
    memberId: string,
    feature: DiagnosisFeature,
  ): Promise<DiagnosedMember> {
    const { member, version, features } = await this.load(caller, gatewayId, memberId);
    if (features.includes(feature)) return member;
    throw new DomainError('GATEWAY_TOO_OLD', { gatewayId: member.gatewayId, operation: feature, versions: version });
  }

  private async load(
    caller: Caller,
    gatewayId: string,
    memberId: string,
  ): Promise<{ member: DiagnosedMember; version: string; features: readonly string[] }> {
    const { tenantId } = caller;
    const access = await this.roles.access(caller, gatewayId);
    assertAdministrator(caller, access);
    const where = { id: memberId, tenantId, gatewayId: access.gatewayId };
    const select = { id: true, version: true, capabilities: true };
    const row = isIdentifier(memberId) ? await this.prisma.member.findFirst({ where, select }) : null;
    if (!row) throw new DomainError('MEMBER_NOT_FOUND', { memberId });
    const { features } = capabilitiesSchema.parse(row.capabilities);
    return { member: { tenantId, gatewayId: access.gatewayId, memberId: row.id }, version: row.version, features };
  }
}
