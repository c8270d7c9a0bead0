import { randomUUID } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Caller } from '../../common/auth/caller.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { isIdentifier } from '../../common/identifier.js';
import { rateLimited } from '../../common/limits/rate-limited.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import { diagnosisReportSchema, type DiagnosisReport } from '../../contract/diagnosis.js';
import type { Directive } from '../../contract/directive.js';
import type { Prisma } from '../../generated/prisma/client.js';
import { AuditService } from '../audit/audit.service.js';
import { DirectivesService, type DirectedMember } from '../gateways/directives.service.js';
import type { AuthenticatedMember } from '../gateways/gateways.types.js';
import { MemberCallService } from '../gateways/member-call.service.js';
import { MemberOrdersService } from '../gateways/member-orders.service.js';
import { DiagnosedMembersService } from './diagnosed-members.service.js';
import type { DiagnosisView } from './diagnosis.types.js';

/** A member looks at its machine for a minute at most, and hears of the wish within a heartbeat. */
const OPEN_MS = 3 * 60_000;
/** Between two looks at one machine: each speaks to every source. */
const PAUSE_MS = 30_000;

const DIAGNOSIS = {
  id: true,
  memberId: true,
  requestedBy: true,
  requestedAt: true,
  openUntil: true,
  report: true,
} satisfies Prisma.DiagnosisSelect;
type Row = Prisma.DiagnosisGetPayload<{ select: typeof DIAGNOSIS }>;

/** Has members look at their machines and keeps what they found last. */
@Injectable()
export class DiagnosesService implements OnModuleInit {
  constructor(
    private readonly prisma: PrismaService,
    private readonly members: DiagnosedMembersService,
    private readonly directives: DirectivesService,
    private readonly orders: MemberOrdersService,
    private readonly calls: MemberCallService,
    private readonly audit: AuditService,
  ) {}

  onModuleInit(): void {
    this.directives.contribute('diagnosis', (member) => this.wanted(member));
  }

  /**
   * Asks for a look at the machine.
   *
   * @throws DomainError GATEWAY_NOT_FOUND, MEMBER_NOT_FOUND, NOT_ADMINISTRATOR, IDENTITY_UNAVAILABLE, GATEWAY_TOO_OLD;
   * RATE_LIMITED soon after the one before
   */
  async request(caller: Caller, gatewayId: string, memberId: string): Promise<DiagnosisView> {
    const member = await this.members.findCapable(caller, gatewayId, memberId, 'diagnosis');
    const { tenantId } = member;
    const requestedAt = new Date();
    const wish = {
      id: randomUUID(),
      requestedBy: caller.id,
      requestedAt,
      openUntil: new Date(requestedAt.getTime() + OPEN_MS),
    };
    await this.prisma.$transaction(async (tx) => {
      const before = new Date(requestedAt.getTime() - PAUSE_MS);
      const again = await tx.diagnosis.updateMany({
        where: { memberId: member.memberId, tenantId, requestedAt: { lt: before } },
        data: wish,
      });
      const first = again.count > 0 ? again : await tx.diagnosis.createMany({ data: [{ ...member, ...wish }], skipDuplicates: true }); // prettier-ignore
      if (first.count === 0) throw rateLimited('caller', 60_000 / PAUSE_MS, PAUSE_MS);
      await this.orders.bump(tx, tenantId, member.memberId);
      await this.audit.record(tx, {
        tenantId,
        actor: caller,
        action: 'diagnosis.requested',
        gatewayId: member.gatewayId,
        subject: { type: 'member', id: member.memberId },
        details: { diagnosisId: wish.id },
      });
    });
    await this.calls.refresh(tenantId, member.gatewayId, [member.memberId]);
    return this.last(caller, gatewayId, memberId);
  }

  /**
   * The look that was asked for last, with what the member found when it looked last.
   *
   * @throws DomainError GATEWAY_NOT_FOUND, MEMBER_NOT_FOUND, NOT_ADMINISTRATOR, IDENTITY_UNAVAILABLE, DIAGNOSIS_NOT_FOUND
   */
  async last(caller: Caller, gatewayId: string, memberId: string): Promise<DiagnosisView> {
    const member = await this.members.find(caller, gatewayId, memberId);
    const where = { memberId: member.memberId, tenantId: member.tenantId };
    const row = await this.prisma.diagnosis.findFirst({ where, select: DIAGNOSIS });
    if (!row) throw new DomainError('DIAGNOSIS_NOT_FOUND', { memberId });
    return toView(row);
  }

  /** Takes what a member found, once. @throws DomainError DIAGNOSIS_NOT_FOUND when nobody asks for it any more */
  async report(member: AuthenticatedMember, diagnosisId: string, report: DiagnosisReport): Promise<void> {
    const { tenantId, gatewayId } = member;
    if (!isIdentifier(diagnosisId)) throw new DomainError('DIAGNOSIS_NOT_FOUND', { diagnosisId });
    await this.prisma.$transaction(async (tx) => {
      const { count } = await tx.diagnosis.updateMany({
        where: { id: diagnosisId, memberId: member.id, tenantId, openUntil: { not: null } },
        data: { report, reportedAt: new Date(), openUntil: null },
      });
      if (count === 0) throw new DomainError('DIAGNOSIS_NOT_FOUND', { diagnosisId });
      // Otherwise the wish would ride on every heartbeat until it is forgotten.
      await this.orders.bump(tx, tenantId, member.id);
      await this.audit.record(tx, {
        tenantId,
        actor: { id: member.id, type: 'Member' },
        action: 'diagnosis.reported',
        gatewayId,
        subject: { type: 'member', id: member.id },
        details: { diagnosisId, verdict: report.verdict, findings: report.findings.length },
      });
    });
  }

  private async wanted({ id: memberId, tenantId }: DirectedMember): Promise<Directive['diagnosis']> {
    const where = { memberId, tenantId, openUntil: { gt: new Date() } };
    return (await this.prisma.diagnosis.findFirst({ where, select: { id: true } })) ?? undefined;
  }
}

function toView({ openUntil, report, ...row }: Row): DiagnosisView {
  const waiting = openUntil !== null && openUntil.getTime() > Date.now();
  return {
    ...row,
    state: openUntil === null ? 'Finished' : waiting ? 'Requested' : 'NoAnswer',
    report: report === null ? undefined : diagnosisReportSchema.parse(report),
  };
}
