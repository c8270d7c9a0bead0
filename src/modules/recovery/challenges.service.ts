import { randomBytes, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DomainError } from '../../common/errors/domain-error.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import { CHALLENGE_SECONDS, type Challenge, type ProofOperation } from '../../contract/recovery.js';
import { GatewayStatesService } from '../gateways/gateway-states.service.js';
import { isOnline } from '../gateways/health.policy.js';
import { RecoveryLocksService } from './recovery-locks.service.js';
import { RecoverySetupService } from './recovery-setup.service.js';
import type { Prover } from './recovery.types.js';

const NONCE_BYTES = 32;
/** Open challenges of one gateway: nobody recovers one from this many machines in two minutes. */
const MAX_OPEN = 20;
/** Rows past their time that every new challenge of the gateway clears away. */
const KEEP_MS = 60 * 60_000;

/** What a proof has to name of its challenge. */
export type IssuedChallenge = Pick<Challenge, 'challengeId' | 'nonce' | 'operation' | 'callerId' | 'expiresAt'> & {
  readonly gateway: { readonly id: string };
};

/** Makes what the proof key signs, each good for one answer. */
@Injectable()
export class ChallengesService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly states: GatewayStatesService,
    private readonly setups: RecoverySetupService,
    private readonly locks: RecoveryLocksService,
  ) {}

  /**
   * Asks for no role: who may is the caller's question, and comes first.
   *
   * @throws DomainError GATEWAY_NOT_FOUND, RECOVERY_LOCKED, TOO_MANY_ATTEMPTS, VAULT_UNAVAILABLE
   */
  async issue(prover: Prover, gatewayId: string, operation: ProofOperation): Promise<Challenge> {
    const { tenantId, id: callerId } = prover;
    const now = new Date();
    const { id, name, region, members } = await this.states.get(tenantId, gatewayId);
    await this.locks.assertUnlocked(prover, id);
    const { kdf } = await this.setups.read(tenantId, id);
    const challengeId = randomUUID();
    const nonce = randomBytes(NONCE_BYTES);
    const expiresAt = new Date(now.getTime() + CHALLENGE_SECONDS * 1000);
    await this.prisma.$transaction(async (tx) => {
      // The gateway's row is the lock under which its challenges are counted.
      await tx.$queryRaw`
        SELECT 1 FROM gateway WHERE id = ${id}::uuid AND "tenantId" = ${tenantId}::uuid FOR NO KEY UPDATE`;
      const where = { tenantId, gatewayId: id };
      await tx.recoveryChallenge.deleteMany({
        where: { ...where, tenantId, expiresAt: { lt: new Date(now.getTime() - KEEP_MS) } },
      });
      const open = await tx.recoveryChallenge.count({
        where: { ...where, tenantId, consumedAt: null, expiresAt: { gt: now } },
      });
      if (open >= MAX_OPEN) {
        throw new DomainError('TOO_MANY_ATTEMPTS', { open }, { retryAfterSeconds: CHALLENGE_SECONDS });
      }
      await tx.recoveryChallenge.create({
        data: { id: challengeId, ...where, callerId, operation, nonce, expiresAt },
        select: { id: true },
      });
    });
    return {
      challengeId,
      nonce: nonce.toString('base64url'),
      operation,
      callerId,
      gateway: { id, name, region, tenantId },
      members: members.map((member) => ({
        id: member.id,
        name: member.name,
        enabled: member.enabled,
        online: isOnline(member, now),
      })),
      kdf,
      expiresAt: expiresAt.toISOString(),
    };
  }

  /**
   * Spends a challenge, whatever becomes of the answer: one conditional update, so that of two answers at once one is
   * looked at.
   *
   * @throws DomainError CHALLENGE_EXPIRED for one that is unknown, spent, too old, or somebody else's
   */
  async spend(
    { tenantId, id: callerId }: Prover,
    gatewayId: string,
    { challengeId, operation }: Pick<IssuedChallenge, 'challengeId' | 'operation'>,
  ): Promise<IssuedChallenge> {
    const now = new Date();
    const [row] = await this.prisma.recoveryChallenge.updateManyAndReturn({
      where: { id: challengeId, tenantId, gatewayId, callerId, operation, consumedAt: null, expiresAt: { gt: now } },
      data: { consumedAt: now },
      select: { id: true, nonce: true, expiresAt: true },
    });
    if (!row) throw new DomainError('CHALLENGE_EXPIRED', { challengeId });
    return {
      challengeId: row.id,
      nonce: Buffer.from(row.nonce).toString('base64url'),
      operation,
      callerId,
      gateway: { id: gatewayId },
      expiresAt: row.expiresAt.toISOString(),
    };
  }
}
