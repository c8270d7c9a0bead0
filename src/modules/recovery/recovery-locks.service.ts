import { Injectable } from '@nestjs/common';
import type { Caller } from '../../common/auth/caller.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { isIdentifier } from '../../common/identifier.js';
import { cutPage, decodeContinuation, PAGE_SIZE, type Page, type PageQuery } from '../../common/page.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import { MAX_WRONG_PROOFS, PROOF_LOCK_SECONDS } from '../../contract/recovery.js';
import { AuditService } from '../audit/audit.service.js';
import { RecoveryAccess } from './recovery-access.service.js';
import { RecoveryWatchService } from './recovery-watch.service.js';
import type { Prover, RecoveryLockView } from './recovery.types.js';

const LOCK_MS = PROOF_LOCK_SECONDS * 1000;

/** Counts wrong proofs, and stops listening to whoever guesses. In the database, so that replicas count together. */
@Injectable()
export class RecoveryLocksService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly access: RecoveryAccess,
    private readonly watch: RecoveryWatchService,
    private readonly audit: AuditService,
  ) {}

  /** @throws DomainError RECOVERY_LOCKED */
  async assertUnlocked({ tenantId, id: callerId }: Prover, gatewayId: string): Promise<void> {
    const row = await this.prisma.recoveryLock.findFirst({
      where: { tenantId, gatewayId, callerId },
      select: { lockedUntil: true },
    });
    const leftMs = (row?.lockedUntil?.getTime() ?? 0) - Date.now();
    if (leftMs > 0) throw locked(gatewayId, leftMs);
  }

  /**
   * Takes one try, before the proof is looked at: of many at once no more than five are. One statement.
   *
   * @returns tries left after this one
   * @throws DomainError RECOVERY_LOCKED
   */
  async begin(prover: Prover, gatewayId: string): Promise<number> {
    const { tenantId, id: callerId } = prover;
    const now = new Date();
    const stale = new Date(now.getTime() - LOCK_MS);
    const [row] = await this.prisma.$queryRaw<{ failures: number }[]>`
      INSERT INTO recovery_lock AS held ("tenantId", "gatewayId", "callerId", failures, "countedFrom")
      VALUES (${tenantId}::uuid, ${gatewayId}::uuid, ${callerId}::uuid, 1, ${now})
      ON CONFLICT ("tenantId", "gatewayId", "callerId") DO UPDATE SET
        failures = CASE WHEN held."countedFrom" <= ${stale} THEN 1 ELSE held.failures + 1 END,
        "countedFrom" = CASE WHEN held."countedFrom" <= ${stale} THEN ${now} ELSE held."countedFrom" END,
        "lockedUntil" = NULL
      WHERE (held."lockedUntil" IS NULL OR held."lockedUntil" <= ${now})
        AND (held.failures < ${MAX_WRONG_PROOFS} OR held."countedFrom" <= ${stale})
      RETURNING failures`;
    if (row) return MAX_WRONG_PROOFS - row.failures;
    await this.assertUnlocked(prover, gatewayId);
    // All tries are taken and the last one is still looked at.
    throw locked(gatewayId, LOCK_MS);
  }

  /** Whoever has the key is not guessing. */
  async passed({ tenantId, id: callerId }: Prover, gatewayId: string): Promise<void> {
    await this.prisma.recoveryLock.deleteMany({ where: { tenantId, gatewayId, callerId } });
  }

  /** @returns what the prover is to be told */
  async failed(prover: Prover, gatewayId: string, triesLeft: number): Promise<DomainError> {
    if (triesLeft <= 0) await this.lock(prover, gatewayId);
    return new DomainError('RECOVERY_KEY_WRONG', { gatewayId, triesLeft });
  }

  /** Callers with wrong proofs lately, in order of their ids. @throws DomainError GATEWAY_NOT_FOUND, NOT_ADMINISTRATOR, IDENTITY_UNAVAILABLE */
  async list(caller: Caller, gatewayId: string, { continuationToken }: PageQuery): Promise<Page<RecoveryLockView>> {
    const { tenantId } = caller;
    const id = await this.access.assertAdministers(caller, gatewayId);
    const [after] = continuationToken === undefined ? [] : decodeContinuation(continuationToken);
    if (after !== undefined && !isIdentifier(after)) {
      throw new DomainError('VALIDATION_FAILED', { path: 'continuationToken' });
    }
    const now = Date.now();
    const rows = await this.prisma.recoveryLock.findMany({
      where: {
        tenantId,
        gatewayId: id,
        OR: [{ lockedUntil: { gt: new Date(now) } }, { countedFrom: { gt: new Date(now - LOCK_MS) } }],
        ...(after !== undefined && { callerId: { gt: after } }),
      },
      orderBy: { callerId: 'asc' },
      take: PAGE_SIZE + 1,
      select: { callerId: true, failures: true, countedFrom: true, lockedUntil: true },
    });
    return cutPage(
      rows,
      (row) => [row.callerId],
      (row) => row,
    );
  }

  /**
   * Lets a caller try again. Nobody clears their own: an administrator whose account was stolen must not guess on.
   *
   * @throws DomainError GATEWAY_NOT_FOUND, NOT_ADMINISTRATOR, RECOVERY_LOCK_NOT_FOUND, IDENTITY_UNAVAILABLE
   */
  async clear(caller: Caller, gatewayId: string, callerId: string): Promise<void> {
    const { tenantId } = caller;
    const id = await this.access.assertAdministers(caller, gatewayId);
    if (callerId.toLowerCase() === caller.id) {
      const message = 'Another administrator has to clear your own lock.';
      throw new DomainError('NOT_ADMINISTRATOR', { gatewayId: id }, { message });
    }
    await this.prisma.$transaction(async (tx) => {
      const where = { tenantId, gatewayId: id, callerId };
      const { count } = isIdentifier(callerId) ? await tx.recoveryLock.deleteMany({ where }) : { count: 0 };
      if (count === 0) throw new DomainError('RECOVERY_LOCK_NOT_FOUND', { gatewayId: id, callerId });
      await this.audit.record(tx, {
        tenantId,
        actor: caller,
        action: 'recovery.unlocked',
        gatewayId: id,
        subject: { type: 'gateway', id },
        details: { callerId },
      });
    });
    await this.watch.noticed(tenantId, id);
  }

  private async lock({ tenantId, id: callerId, type }: Prover, gatewayId: string): Promise<void> {
    await this.prisma.$transaction(async (tx) => {
      const { count } = await tx.recoveryLock.updateMany({
        where: { tenantId, gatewayId, callerId, lockedUntil: null, failures: { gte: MAX_WRONG_PROOFS } },
        data: { lockedUntil: new Date(Date.now() + LOCK_MS) },
      });
      if (count === 0) return;
      await this.audit.record(tx, {
        tenantId,
        actor: { id: callerId, type },
        action: 'recovery.locked',
        result: 'RECOVERY_LOCKED',
        gatewayId,
        subject: { type: 'gateway', id: gatewayId },
        details: { failures: MAX_WRONG_PROOFS, lockSeconds: PROOF_LOCK_SECONDS },
      });
    });
    await this.watch.noticed(tenantId, gatewayId);
  }
}

function locked(gatewayId: string, leftMs: number): DomainError {
  return new DomainError('RECOVERY_LOCKED', { gatewayId }, { retryAfterSeconds: Math.ceil(leftMs / 1000) });
}
