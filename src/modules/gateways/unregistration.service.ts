import { Injectable, Logger } from '@nestjs/common';
import { DomainError } from '../../common/errors/domain-error.js';
import { Changes } from '../../common/prisma/changes.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import type { Transaction } from '../../common/prisma/transaction.js';
import { RelayProvisioner } from '../../relay-broker/relay-provisioner.js';
import { AuditService } from '../audit/audit.service.js';
import type { AuditRecord } from '../audit/audit.types.js';
import { EpochsService } from './epochs.service.js';
import { FormerMembersService } from './former-members.service.js';
import { lockGateway } from './gateway-lock.js';
import type { AuthenticatedMember } from './gateways.types.js';

/** Lets members go at their own wish. */
@Injectable()
export class UnregistrationService {
  private readonly log = new Logger(UnregistrationService.name);

  constructor(
    private readonly prisma: PrismaService,
    private readonly epochs: EpochsService,
    private readonly former: FormerMembersService,
    private readonly provisioner: RelayProvisioner,
    private readonly audit: AuditService,
    private readonly changes: Changes,
  ) {}

  /**
   * Removes a member and begins a new epoch, so that its keys are of no use to whoever finds them: not against those it
   * leaves behind, nor against who joins or is restored later. The last one takes the gateway along, unless connections
   * still need its name and id.
   *
   * @throws DomainError MEMBER_NOT_FOUND; BROKER_UNAVAILABLE when others remain; VAULT_UNAVAILABLE when the gateway stays
   */
  async unregister(member: AuthenticatedMember): Promise<void> {
    if (await this.leaveWithGateway(member)) return;
    await this.epochs.change(member.tenantId, member.gatewayId, async (tx) => {
      const remainingMembers = await this.remove(tx, member);
      return [recordOf(member, 'member.unregistered', remainingMembers)];
    });
  }

  /** @returns false when somebody or something still needs the gateway: then nothing has changed */
  private async leaveWithGateway(member: AuthenticatedMember): Promise<boolean> {
    const { id: memberId, gatewayId, tenantId } = member;
    const others = { gatewayId, tenantId, id: { not: memberId } };
    if ((await this.prisma.member.count({ where: others })) > 0) return false;
    const place = await this.prisma.$transaction(async (tx) => {
      // Registrations of connections hold a share of this lock, so that none slips in between count and delete.
      const { namespace, epoch } = await lockGateway(tx, tenantId, gatewayId);
      const isNeeded =
        (await tx.member.count({ where: others })) > 0 ||
        (await tx.connection.findFirst({ where: { gatewayId, tenantId }, select: { id: true } })) !== null;
      if (isNeeded) return undefined;
      await this.remove(tx, member);
      await tx.sessionKey.deleteMany({ where: { gatewayId, memberId, tenantId } });
      await tx.gateway.delete({ where: { id: gatewayId, tenantId }, select: { id: true } });
      await this.changes.publish(tx, 'gateway', gatewayId, tenantId);
      await this.audit.record(tx, recordOf(member, 'gateway.unregistered', 0));
      return { namespace, epoch, gatewayId };
    });
    if (place) await this.takeDown(place);
    return place !== undefined;
  }

  /** @returns how many members remain */
  private async remove(tx: Transaction, { id, gatewayId, tenantId }: AuthenticatedMember): Promise<number> {
    const row = await tx.member.findFirst({ where: { id, tenantId }, select: { name: true } });
    if (!row) throw new DomainError('MEMBER_NOT_FOUND', { memberId: id });
    await tx.member.deleteMany({ where: { id, tenantId } });
    await this.former.note(tx, { memberId: id, tenantId, gatewayId, name: row.name, reason: 'removed' });
    return tx.member.count({ where: { gatewayId, tenantId } });
  }

  /** The rows are gone and decide; a place left on the relay is a matter for the operator, not for the leaving member. */
  private async takeDown(place: Parameters<RelayProvisioner['remove']>[0]): Promise<void> {
    try {
      await this.provisioner.remove(place);
    } catch (error) {
      this.log.error({ event: 'member.leftover', gatewayId: place.gatewayId, cause: String(error) });
    }
  }
}

function recordOf({ id, tenantId, gatewayId }: AuthenticatedMember, action: string, remaining: number): AuditRecord {
  return {
    tenantId,
    actor: { id, type: 'Member' },
    action,
    gatewayId,
    subject: { type: 'member', id },
    details: { remainingMembers: remaining },
  };
}
