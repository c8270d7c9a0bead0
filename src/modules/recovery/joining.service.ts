import { Injectable } from '@nestjs/common';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import { AuditService } from '../audit/audit.service.js';
import { EpochsService } from '../gateways/epochs.service.js';
import { JoinTokensService } from '../gateways/join-tokens.service.js';
import { NewMemberService } from '../gateways/new-member.service.js';
import type { AdmittedGateway, Newcomer } from './newcomer.types.js';
import { noteProven } from './proven-gateway.js';

/** Adds a member to a gateway. The others notice nothing: same epoch, same keys, one more who works. */
@Injectable()
export class JoiningService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly members: NewMemberService,
    private readonly epochs: EpochsService,
    private readonly joinTokens: JoinTokensService,
    private readonly audit: AuditService,
  ) {}

  /** @throws DomainError GATEWAY_NOT_FOUND, CHALLENGE_EXPIRED, MEMBERS_FULL, MEMBER_ALREADY_ON_MACHINE, REGISTRATION_EXPIRED */
  async join(newcomer: Newcomer): Promise<AdmittedGateway> {
    const { registrant, gatewayId, memberId, member, certificate } = newcomer;
    const { tenantId, principal, joinToken } = registrant;
    return this.prisma.$transaction(async (tx) => {
      // First what takes the gateway's row for good: taking it twice, the second time harder, invites deadlocks.
      await this.members.create(tx, { tenantId, gatewayId, memberId, member, certificate });
      const gateway = await noteProven(tx, newcomer);
      if (joinToken) await this.joinTokens.consume(tx, joinToken);
      await this.epochs.admit(tx, { tenantId, gatewayId, memberId });
      await this.audit.recordAll(tx, tenantId, [
        ...(joinToken ? [this.joinTokens.consumed(joinToken, gatewayId)] : []),
        {
          tenantId,
          actor: principal,
          action: 'member.joined',
          gatewayId,
          subject: { type: 'member', id: memberId },
          details: { name: member.name, unattended: joinToken !== undefined },
        },
      ]);
      return gateway;
    });
  }
}
