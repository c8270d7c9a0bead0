import { Injectable } from '@nestjs/common';
import { DomainError } from '../../common/errors/domain-error.js';
import { isIdentifier } from '../../common/identifier.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import { LOG_TAIL_REASONS, type LogTailReason, type LogTailState } from '../../contract/log-tail.js';
import { AuditService } from '../audit/audit.service.js';
import type { AuditRecord } from '../audit/audit.types.js';
import type { AuthenticatedMember } from '../gateways/gateways.types.js';
import { MemberOrdersService } from '../gateways/member-orders.service.js';

/** A tail whose member says nothing of its end is ended this much later, in milliseconds. */
const OVERDUE_MS = 15_000;

interface Ending {
  readonly reason: LogTailReason;
  /** Undefined: nobody in particular, its time was over. */
  readonly by?: AuditRecord['actor'];
}

/** Begins and ends tails: each begins once and ends once, and both stand in the record. */
@Injectable()
export class LogTailEndsService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly orders: MemberOrdersService,
    private readonly audit: AuditService,
  ) {}

  /** What the member says of a tail. Said twice it counts once. @throws DomainError LOG_TAIL_NOT_FOUND */
  async report(member: AuthenticatedMember, logTailId: string, { state, reason }: LogTailState): Promise<void> {
    const { tenantId, gatewayId, id: memberId } = member;
    const where = { id: logTailId, memberId, tenantId };
    const known = isIdentifier(logTailId) ? await this.prisma.logTail.findFirst({ where, select: { id: true } }) : null;
    if (!known) throw new DomainError('LOG_TAIL_NOT_FOUND', { logTailId });
    const actor = { id: memberId, type: 'Member' };
    const named = LOG_TAIL_REASONS.find((one) => one === reason);
    if (state === 'ended')
      return void (await this.end(tenantId, known.id, { reason: named ?? 'time-over', by: actor }));
    const data = state === 'open' ? { state, startedAt: new Date() } : { state, reason: named ?? 'policy', openFor: null, endedAt: new Date() }; // prettier-ignore
    await this.prisma.$transaction(async (tx) => {
      const { count } = await tx.logTail.updateMany({ where: { ...where, state: 'requested' }, data });
      if (count === 0) return;
      await this.orders.bump(tx, tenantId, memberId);
      await this.audit.record(tx, {
        tenantId,
        actor,
        action: state === 'open' ? 'log-tail.started' : 'log-tail.refused',
        ...(state === 'refused' && { result: 'POLICY_DENIED' as const }),
        gatewayId,
        subject: { type: 'member', id: memberId },
        details: { logTailId: known.id },
      });
    });
  }

  /** @returns false when it had ended already */
  async end(tenantId: string, logTailId: string, { reason, by }: Ending): Promise<boolean> {
    return this.prisma.$transaction(async (tx) => {
      const { count } = await tx.logTail.updateMany({
        where: { id: logTailId, tenantId, openFor: { not: null } },
        data: { state: 'ended', reason, openFor: null, endedAt: new Date() },
      });
      if (count === 0) return false;
      const { gatewayId, memberId, lines, bytes } = await tx.logTail.findFirstOrThrow({
        where: { id: logTailId, tenantId },
        select: { gatewayId: true, memberId: true, lines: true, bytes: true },
      });
      await this.orders.bump(tx, tenantId, memberId);
      await this.audit.record(tx, {
        tenantId,
        actor: by ?? { id: memberId, type: 'Member' },
        action: 'log-tail.ended',
        gatewayId,
        subject: { type: 'member', id: memberId },
        details: { logTailId, reason, lines, bytes },
      });
      return true;
    });
  }

  /** Ends what should have ended by itself: of one member, or of a whole tenant. */
  async endOverdue(tenantId: string, memberId?: string): Promise<void> {
    const rows = await this.prisma.logTail.findMany({
      where: {
        tenantId,
        openFor: memberId ?? { not: null },
        until: { lt: new Date(Date.now() - OVERDUE_MS) },
      },
      take: 100,
      select: { id: true, state: true },
    });
    for (const { id, state } of rows) {
      await this.end(tenantId, id, { reason: state === 'requested' ? 'no-answer' : 'time-over' });
    }
  }
}
