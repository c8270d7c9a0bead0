import { Injectable } from '@nestjs/common';
import type { Challenge, ProofOperation } from '../../contract/recovery.js';
import type { AuthenticatedMember } from '../gateways/gateways.types.js';
import { invalid } from './admission.policy.js';
import { ChallengesService } from './challenges.service.js';
import { memberProver } from './member-prover.js';

/** Challenges for what a member does about its own gateway's recovery key. */
@Injectable()
export class MemberChallengesService {
  constructor(private readonly challenges: ChallengesService) {}

  /** @throws DomainError VALIDATION_FAILED for what brings a new member, RECOVERY_LOCKED, TOO_MANY_ATTEMPTS, VAULT_UNAVAILABLE */
  async challenge(member: AuthenticatedMember, operation: ProofOperation): Promise<Challenge> {
    if (operation !== 'drill' && operation !== 'change-recovery-key') {
      throw invalid('operation', 'a member asks for drill or change-recovery-key');
    }
    return this.challenges.issue(memberProver(member), member.gatewayId, operation);
  }
}
