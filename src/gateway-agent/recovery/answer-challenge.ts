import { recoveryProofInput, type Challenge, type ProofOperation, type ProofSubject } from '../../contract/recovery.js';
import { CommandError } from '../exit-codes.js';
import { deriveRecoveryKeys, signProof, type RecoveryKeys } from '../recovery-key.js';

/** A challenge that was answered: the proof, and the keys it was made with. */
export interface AnsweredChallenge {
  readonly input: string;
  readonly proof: string;
  readonly keys: RecoveryKeys;
}

/** Derives the keys of the gateway that a challenge is about; half a second of work and 128 MiB. */
export function keysFor(challenge: Challenge, recoveryKey: string): Promise<RecoveryKeys> {
  return deriveRecoveryKeys(recoveryKey, Buffer.from(challenge.kdf.salt, 'base64url'));
}

/** Signs what a challenge asks for, bound to this control plane and to what is to happen. */
export function answerChallenge(
  issuer: string,
  challenge: Challenge,
  keys: RecoveryKeys,
  subject: ProofSubject,
): AnsweredChallenge {
  const input = recoveryProofInput(issuer, challenge, subject);
  return { input, proof: signProof(keys, input), keys };
}

/** A proof for another gateway or purpose than the person's is not made. @throws CommandError untrusted */
export function assertMeant(challenge: Challenge, operation: ProofOperation, gatewayId: string): void {
  if (challenge.operation === operation && challenge.gateway.id.toLowerCase() === gatewayId.toLowerCase()) return;
  throw new CommandError(
    'untrusted',
    'The control plane asked for a proof of something else.',
    'Ask its operator: nothing was proven and nothing was changed.',
  );
}
