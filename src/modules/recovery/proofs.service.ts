import { Injectable } from '@nestjs/common';
import { AppConfig } from '../../config/env.js';
import { recoveryProofInput, type ProofOperation, type ProofSubject } from '../../contract/recovery.js';
import { ChallengesService } from './challenges.service.js';
import { RecoveryLocksService } from './recovery-locks.service.js';
import { RecoverySetupService, type CurrentRecovery } from './recovery-setup.service.js';
import type { Prover } from './recovery.types.js';
import { isSignedWith } from './signature.policy.js';

/** An answer to a challenge. */
export interface Proof {
  readonly challengeId: string;
  readonly operation: ProofOperation;
  readonly subject: ProofSubject;
  /** By the proof key, base64url. */
  readonly proof: string;
}

/** A proof that held. */
export interface Proven extends CurrentRecovery {
  /** What was signed. */
  readonly input: string;
}

/** Tells whether somebody has a gateway's recovery key. */
@Injectable()
export class ProofsService {
  constructor(
    private readonly config: AppConfig,
    private readonly challenges: ChallengesService,
    private readonly setups: RecoverySetupService,
    private readonly locks: RecoveryLocksService,
  ) {}

  /**
   * @throws DomainError CHALLENGE_EXPIRED, RECOVERY_LOCKED, RECOVERY_KEY_WRONG, GATEWAY_NOT_FOUND, VAULT_UNAVAILABLE
   */
  async check(prover: Prover, gatewayId: string, { subject, proof, ...answer }: Proof): Promise<Proven> {
    const { tenantId } = prover;
    const challenge = await this.challenges.spend(prover, gatewayId, answer);
    const current = await this.setups.current(tenantId, gatewayId);
    const input = recoveryProofInput(this.config.issuer, challenge, subject);
    // Counted before it is looked at: otherwise many wrong ones at once would all be.
    const triesLeft = await this.locks.begin(prover, gatewayId);
    if (!isSignedWith(Buffer.from(current.setup.proofKey, 'base64url'), input, proof)) {
      throw await this.locks.failed(prover, gatewayId, triesLeft);
    }
    await this.locks.passed(prover, gatewayId);
    return { ...current, input };
  }
}
