import { randomUUID } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Caller } from '../../common/auth/caller.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import type { Directive } from '../../contract/directive.js';
import { MAX_LOG_TAIL_MS } from '../../contract/log-tail.js';
import { AuditService } from '../audit/audit.service.js';
import { DirectivesService, type DirectedMember } from '../gateways/directives.service.js';
import { MemberCallService } from '../gateways/member-call.service.js';
import { MemberOrdersService } from '../gateways/member-orders.service.js';
import { DiagnosedMembersService } from './diagnosed-members.service.js';
import type { LogTailView } from './diagnosis.types.js';
import { LogTailEndsService } from './log-tail-ends.service.js';
import { LogTailLinesService } from './log-tail-lines.service.js';
import { LOG_TAIL, toLogTailView } from './log-tail-row.js';

/** Lets an administrator watch the log of a member for some minutes, if the member's own machine allows it. */
@Injectable()
export class LogTailsService implements OnModuleInit {
  constructor(
    private readonly prisma: PrismaService,
    private readonly members: DiagnosedMembersService,
    private readonly lines: LogTailLinesService,
    private readonly ends: LogTailEndsService,
    private readonly directives: DirectivesService,
    private readonly orders: MemberOrdersService,
    private readonly calls: MemberCallService,
    private readonly audit: AuditService,
  ) {}

  onModuleInit(): void {
    this.directives.contribute('logTail', (member) => this.wanted(member));
  }

  /**
   * Asks the member; it answers whether it may.
   *
   * @throws DomainError GATEWAY_NOT_FOUND, MEMBER_NOT_FOUND, NOT_ADMINISTRATOR, IDENTITY_UNAVAILABLE, GATEWAY_TOO_OLD;
   * LOG_TAIL_OPEN while somebody watches already
   */
  async request(caller: Caller, gatewayId: string, memberId: string, seconds: number): Promise<LogTailView> {
    const member = await this.members.findCapable(caller, gatewayId, memberId, 'log-tail');
    const { tenantId } = member;
    await this.ends.endOverdue(tenantId, member.memberId);
    const id = randomUUID();
    const requestedAt = new Date();
    const until = new Date(requestedAt.getTime() + Math.min(MAX_LOG_TAIL_MS, seconds * 1000));
    await this.prisma.$transaction(async (tx) => {
      const wish = { id, ...member, requestedBy: caller.id, requestedAt, until, state: 'requested' };
      const data = [{ ...wish, openFor: member.memberId }];
      const { count } = await tx.logTail.createMany({ data, skipDuplicates: true });
      if (count === 0) throw new DomainError('LOG_TAIL_OPEN', { memberId: member.memberId });
      await this.orders.bump(tx, tenantId, member.memberId);
      await this.audit.record(tx, {
        tenantId,
        actor: caller,
        action: 'log-tail.requested',
        gatewayId: member.gatewayId,
        subject: { type: 'member', id: member.memberId },
        details: { logTailId: id, until: until.toISOString() },
      });
    });
    await this.calls.refresh(tenantId, member.gatewayId, [member.memberId]);
    return this.read(caller, gatewayId, memberId, 0);
  }

  /**
   * The caller's own last tail and the lines that came since: what a member lets one person see is for nobody else.
   *
   * @param after `next` of the answer before; 0: from the beginning
   * @throws DomainError GATEWAY_NOT_FOUND, MEMBER_NOT_FOUND, NOT_ADMINISTRATOR, IDENTITY_UNAVAILABLE, LOG_TAIL_NOT_FOUND,
   * VAULT_UNAVAILABLE
   */
  async read(caller: Caller, gatewayId: string, memberId: string, after: number): Promise<LogTailView> {
    const member = await this.members.find(caller, gatewayId, memberId);
    const { tenantId } = member;
    await this.ends.endOverdue(tenantId, member.memberId);
    const row = await this.prisma.logTail.findFirst({
      where: { tenantId, memberId: member.memberId, requestedBy: caller.id },
      orderBy: [{ requestedAt: 'desc' }, { id: 'desc' }],
      select: LOG_TAIL,
    });
    if (!row) throw new DomainError('LOG_TAIL_NOT_FOUND', { memberId: member.memberId });
    return toLogTailView(row, await this.lines.read(tenantId, row.id, after));
  }

  /**
   * Ends it before its time. An administrator may also end what another one began.
   *
   * @throws DomainError GATEWAY_NOT_FOUND, MEMBER_NOT_FOUND, NOT_ADMINISTRATOR, IDENTITY_UNAVAILABLE, LOG_TAIL_NOT_FOUND
   */
  async stop(caller: Caller, gatewayId: string, memberId: string): Promise<void> {
    const member = await this.members.find(caller, gatewayId, memberId);
    const where = { tenantId: member.tenantId, openFor: member.memberId };
    const row = await this.prisma.logTail.findFirst({ where, select: { id: true } });
    if (!row || !(await this.ends.end(member.tenantId, row.id, { reason: 'stopped', by: caller }))) {
      throw new DomainError('LOG_TAIL_NOT_FOUND', { memberId: member.memberId });
    }
    await this.calls.refresh(member.tenantId, member.gatewayId, [member.memberId]);
  }

  private async wanted({ id: memberId, tenantId }: DirectedMember): Promise<Directive['logTail']> {
    const row = await this.prisma.logTail.findFirst({
      where: { openFor: memberId, tenantId, until: { gt: new Date() } },
      select: { id: true, requestedBy: true, until: true },
    });
    return row ? { ...row, until: row.until.toISOString() } : undefined;
  }
}
