import { Injectable } from '@nestjs/common';
import type { Caller } from '../../common/auth/caller.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { isIdentifier } from '../../common/identifier.js';
import { Changes } from '../../common/prisma/changes.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import type { Transaction } from '../../common/prisma/transaction.js';
import type { Prisma } from '../../generated/prisma/client.js';
import { GatewayRolesService } from '../administrators/gateway-roles.service.js';
import { assertAdministrator } from '../administrators/roles.policy.js';
import { AuditService } from '../audit/audit.service.js';
import type { AuditRecord } from '../audit/audit.types.js';
import { EpochsService } from './epochs.service.js';
import { FormerMembersService } from './former-members.service.js';
import { GatewaysService } from './gateways.service.js';
import type { MemberChange, MemberView } from './gateways.types.js';
import { MemberCallService } from './member-call.service.js';

interface Named {
  readonly tenantId: string;
  readonly gatewayId: string;
  readonly memberId: string;
}

/** What administrators do with the members of their gateways. */
@Injectable()
export class MemberAdministrationService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly gateways: GatewaysService,
    private readonly roles: GatewayRolesService,
    private readonly epochs: EpochsService,
    private readonly former: FormerMembersService,
    private readonly calls: MemberCallService,
    private readonly audit: AuditService,
    private readonly changes: Changes,
  ) {}

  /**
   * Renames, enables or disables a member. A disabled one gets nothing from the next request on.
   *
   * @throws DomainError GATEWAY_NOT_FOUND, MEMBER_NOT_FOUND, NOT_ADMINISTRATOR, IDENTITY_UNAVAILABLE
   */
  async update(
    caller: Caller,
    gatewayId: string,
    memberId: string,
    { displayName, enabled }: MemberChange,
  ): Promise<MemberView> {
    const data = {
      ...(displayName === undefined ? {} : { name: displayName }),
      ...(enabled === undefined ? {} : { enabled }),
    };
    return this.change(caller, { gatewayId, memberId }, { action: 'member.updated', data, details: data });
  }

  /**
   * Has a member stop receiving and finish what is under way, until the deadline at most. It stays so until it is resumed.
   *
   * @throws DomainError GATEWAY_NOT_FOUND, MEMBER_NOT_FOUND, NOT_ADMINISTRATOR, IDENTITY_UNAVAILABLE
   */
  async drain(caller: Caller, gatewayId: string, memberId: string, deadlineSeconds: number): Promise<MemberView> {
    const drainDeadline = new Date(Date.now() + deadlineSeconds * 1000);
    const data = { drainDeadline, revision: { increment: 1 } };
    const details = { deadlineSeconds };
    return this.change(caller, { gatewayId, memberId }, { action: 'member.drained', data, details });
  }

  /** @throws DomainError GATEWAY_NOT_FOUND, MEMBER_NOT_FOUND, NOT_ADMINISTRATOR, IDENTITY_UNAVAILABLE */
  async resume(caller: Caller, gatewayId: string, memberId: string): Promise<MemberView> {
    const data = { drainDeadline: null, revision: { increment: 1 } };
    return this.change(caller, { gatewayId, memberId }, { action: 'member.resumed', data, details: {} });
  }

  /**
   * Removes a member for good, whichever it is: a new epoch makes worthless what it still knows. The last one stays as
   * long as connections lead through the gateway, for nobody could serve them.
   *
   * @throws DomainError GATEWAY_NOT_FOUND, MEMBER_NOT_FOUND, NOT_ADMINISTRATOR, CONNECTIONS_EXIST, BROKER_UNAVAILABLE,
   * VAULT_UNAVAILABLE, IDENTITY_UNAVAILABLE
   */
  async remove(caller: Caller, gatewayId: string, memberId: string): Promise<void> {
    const member = await this.administered(caller, gatewayId, memberId);
    const where = { gatewayId: member.gatewayId, tenantId: caller.tenantId };
    await this.epochs.change(caller.tenantId, member.gatewayId, async (tx) => {
      const { name } = await this.find(tx, member);
      const others = await tx.member.count({ where: { ...where, id: { not: member.memberId } } });
      const connections = others === 0 ? await tx.connection.count({ where }) : 0;
      if (connections > 0) throw new DomainError('CONNECTIONS_EXIST', { gatewayId: member.gatewayId, connections });
      await tx.member.deleteMany({ where: { ...where, id: member.memberId } });
      await this.former.note(tx, { ...member, name, reason: 'removed' });
      return [recordOf(caller, member, { action: 'member.removed', details: { name, remainingMembers: others } })];
    });
  }

  private async change(
    caller: Caller,
    named: Pick<Named, 'gatewayId' | 'memberId'>,
    change: Pick<AuditRecord, 'action' | 'details'> & { readonly data: Prisma.MemberUpdateManyMutationInput },
  ): Promise<MemberView> {
    const member = await this.administered(caller, named.gatewayId, named.memberId);
    const { tenantId, gatewayId, memberId } = member;
    const { data, ...record } = change;
    if (Object.keys(data).length > 0) {
      await this.prisma.$transaction(async (tx) => {
        const { count } = await tx.member.updateMany({ where: { id: memberId, gatewayId, tenantId }, data });
        if (count === 0) throw new DomainError('MEMBER_NOT_FOUND', { memberId });
        await this.changes.publish(tx, 'gateway', gatewayId);
        await this.audit.record(tx, recordOf(caller, member, record));
      });
      await this.calls.refresh(tenantId, gatewayId, [memberId]);
    }
    const view = (await this.gateways.listMembers(caller, gatewayId)).find(({ id }) => id === memberId);
    if (!view) throw new DomainError('MEMBER_NOT_FOUND', { memberId });
    return view;
  }

  private async administered(caller: Caller, gatewayId: string, memberId: string): Promise<Named> {
    const access = await this.roles.access(caller, gatewayId);
    assertAdministrator(caller, access);
    if (!isIdentifier(memberId)) throw new DomainError('MEMBER_NOT_FOUND', { memberId });
    return { tenantId: caller.tenantId, gatewayId: access.gatewayId, memberId: memberId.toLowerCase() };
  }

  private async find(tx: Transaction, { tenantId, gatewayId, memberId }: Named): Promise<{ name: string }> {
    const where = { id: memberId, gatewayId, tenantId };
    const row = await tx.member.findFirst({ where, select: { name: true } });
    if (!row) throw new DomainError('MEMBER_NOT_FOUND', { memberId });
    return row;
  }
}

function recordOf(
  caller: Caller,
  { tenantId, gatewayId, memberId }: Named,
  record: Pick<AuditRecord, 'action' | 'details'>,
): AuditRecord {
  return { tenantId, actor: caller, gatewayId, subject: { type: 'member', id: memberId }, ...record };
}
