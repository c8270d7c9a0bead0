import { Injectable } from '@nestjs/common';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import { AuditService } from '../audit/audit.service.js';
import type { AuthenticatedMember } from '../gateways/gateways.types.js';
import { memberProver } from './member-prover.js';
import { ProofsService } from './proofs.service.js';
import { RecoveryWatchService } from './recovery-watch.service.js';

/** A rehearsal: shows that the recovery key is still at hand, and changes nothing. */
@Injectable()
export class DrillsService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly proofs: ProofsService,
    private readonly watch: RecoveryWatchService,
    private readonly audit: AuditService,
  ) {}

  /** @throws DomainError CHALLENGE_EXPIRED, RECOVERY_LOCKED, RECOVERY_KEY_WRONG, VAULT_UNAVAILABLE */
  async drill(
    member: AuthenticatedMember,
    answer: { readonly challengeId: string; readonly proof: string },
  ): Promise<{ provedAt: string }> {
    const { tenantId, gatewayId } = member;
    const prover = memberProver(member);
    await this.proofs.check(prover, gatewayId, { ...answer, operation: 'drill', subject: {} });
    const provedAt = new Date();
    await this.prisma.$transaction(async (tx) => {
      await tx.gateway.updateMany({ where: { id: gatewayId, tenantId }, data: { recoveryProvedAt: provedAt } });
      await this.audit.record(tx, {
        tenantId,
        actor: prover,
        action: 'recovery.drilled',
        gatewayId,
        subject: { type: 'gateway', id: gatewayId },
      });
    });
    await this.watch.noticed(tenantId, gatewayId);
    return { provedAt: provedAt.toISOString() };
  }
}
