import { z } from 'zod';
import { challengeSchema, memberListSchema } from '../../contract/recovery.js';
import { CommandError } from '../exit-codes.js';
import { asMember } from '../member-access.js';
import type { MemberRecord } from '../member-record.js';
import { publicHalvesOf } from '../recovery-key.js';
import { refusalOf } from '../refusal.js';
import type { DrillSettings } from '../settings.js';
import type { Terminal } from '../terminal.js';
import { TrustError } from '../trust-error.js';
import { answerChallenge, assertMeant, keysFor } from './answer-challenge.js';
import { askRecoveryKey } from './recovery-key-input.js';

/**
 * Proves that the recovery key is still at hand. Changes nothing; the control plane records that it was done.
 *
 * @throws CommandError
 */
export async function drill(settings: DrillSettings, terminal: Terminal): Promise<MemberRecord> {
  const recoveryKey = await askRecoveryKey(settings.recoveryKey, terminal);
  return asMember(settings, async ({ record, controlPlane, trust }) => {
    const question = { method: 'POST', path: 'recovery/challenges', body: { operation: 'drill' } } as const;
    const challenge = await refusalOf(controlPlane.ask(challengeSchema, question));
    assertMeant(challenge, 'drill', record.gatewayId);
    const keys = await keysFor(challenge, recoveryKey);
    const { proof } = answerChallenge(record.issuer, challenge, keys, {});
    const body = { challengeId: challenge.challengeId, proof };
    await refusalOf(controlPlane.ask(z.unknown(), { method: 'POST', path: 'recovery/drills', body }));

    const list = await refusalOf(controlPlane.ask(memberListSchema, { method: 'GET', path: 'members' }));
    const proven = publicHalvesOf(keys);
    // An agent from before recovery keys were pinned learns its gateway's here, from the person who knows it.
    if (!trust.pinned && list.proofKey === proven.proofKey) await trust.pin(proven);
    try {
      const { proofKey } = await trust.follow(list);
      if (proofKey === proven.proofKey) return record;
    } catch (error) {
      if (!(error instanceof TrustError)) throw error;
    }
    throw new CommandError(
      'untrusted',
      'The control plane took the recovery key, but this member does not know it as the gateway’s.',
      'Ask the control plane’s operator: the recovery key may have been replaced without the old one.',
    );
  });
}
