import { z } from 'zod';
import {
  challengeSchema,
  handoverInput,
  MAX_OLDER_BUNDLES,
  memberListSchema,
  type MemberList,
  type RecoveryKeyChange,
} from '../../contract/recovery.js';
import type { MemberKeys, RecoverySetup } from '../../contract/registration.js';
import { RECOVERY_BUNDLE_INFO } from '../../contract/signed-objects.js';
import { CommandError } from '../exit-codes.js';
import { hpkeSeal } from '../hpke.js';
import { asMember, type MemberAccess } from '../member-access.js';
import type { MemberRecord } from '../member-record.js';
import { certifyMember, publicHalvesOf, setUpRecovery, signProof, type RecoveryKeys } from '../recovery-key.js';
import { refusalOf } from '../refusal.js';
import type { SealingKey } from '../sealing-key.js';
import type { ChangeRecoveryKeySettings } from '../settings.js';
import type { Terminal } from '../terminal.js';
import { answerChallenge, assertMeant, keysFor } from './answer-challenge.js';
import { askRecoveryKey, chooseNewRecoveryKey } from './recovery-key-input.js';
import { sortByCertificate } from './recovery-trust.js';

/**
 * Puts a new recovery key in the place of the old one, which vouches for it. Members and connections stay as they are.
 *
 * @throws CommandError
 */
export async function changeRecoveryKey(
  settings: ChangeRecoveryKeySettings,
  terminal: Terminal,
): Promise<MemberRecord> {
  const oldKey = await askRecoveryKey(settings.recoveryKey, terminal);
  const newKey = await chooseNewRecoveryKey(settings.newRecoveryKey, terminal, '--new-recovery-key-file');
  if (newKey.normalize('NFKC') === oldKey.normalize('NFKC')) {
    throw new CommandError('usage', 'The new recovery key is the old one.', 'Choose another.');
  }
  return asMember(settings, async (member) => {
    const { record, controlPlane, trust } = member;
    const question = {
      method: 'POST',
      path: 'recovery/challenges',
      body: { operation: 'change-recovery-key' },
    } as const;
    const challenge = await refusalOf(controlPlane.ask(challengeSchema, question));
    assertMeant(challenge, 'change-recovery-key', record.gatewayId);
    const old = await keysFor(challenge, oldKey);
    const { newest: sealing, all } = member.keys.sealing;
    const { setup, keys } = await setUpRecovery(newKey, sealing.pkcs8);
    const next = halvesOf(setup);
    const { proof } = answerChallenge(record.issuer, challenge, old, { setup: next });
    const body: RecoveryKeyChange = {
      challengeId: challenge.challengeId,
      proof,
      setup,
      handover: signProof(old, handoverInput(record.gatewayId, next)),
      certificates: certifyAll(await listMembers(member), publicHalvesOf(old).proofKey, keys, member),
      sealingKeyId: sealing.id,
      olderBundles: await sealAll(all.slice(1), keys),
    };
    await refusalOf(controlPlane.ask(z.unknown(), { method: 'PUT', path: 'recovery/key', body }));
    await trust.pin({ proofKey: setup.proofKey, recoveryKey: setup.recoveryKey });
    return record;
  });
}

/** During a rotation and its time of grace something may be sealed to these: a restore with the new key needs them too. */
function sealAll(older: readonly SealingKey[], { recovery }: RecoveryKeys): Promise<string[]> {
  const kept = older.slice(0, MAX_OLDER_BUNDLES);
  return Promise.all(kept.map(({ pkcs8 }) => hpkeSeal(recovery.publicKey, RECOVERY_BUNDLE_INFO, pkcs8)));
}

function halvesOf({ proofKey, recoveryKey, kdf }: RecoverySetup) {
  return { proofKey, recoveryKey, salt: kdf.salt };
}

function listMembers({ controlPlane }: MemberAccess): Promise<MemberList> {
  return refusalOf(controlPlane.ask(memberListSchema, { method: 'GET', path: 'members' }));
}

/** The new key vouches only for those whom the old one vouched for: a member that nobody admitted must not slip in here. */
function certifyAll(
  { members }: MemberList,
  oldProofKey: string,
  keys: RecoveryKeys,
  { record, keys: own }: MemberAccess,
): RecoveryKeyChange['certificates'] {
  const others = members.filter(({ id }) => id !== record.memberId);
  const { certified, uncertified } = sortByCertificate(others, oldProofKey);
  if (uncertified.length > 0) {
    throw new CommandError(
      'untrusted',
      `Nobody with this recovery key vouched for: ${uncertified.map(({ id, name }) => `${name} (${id})`).join(', ')}.`,
      'Check the recovery key. If it is right, remove those members from the gateway, or restore them with it first.',
    );
  }
  const certificate = (memberId: string, memberKeys: MemberKeys) => ({
    memberId,
    certificate: certifyMember(keys, memberKeys),
  });
  return [
    certificate(record.memberId, own.publicKeys),
    ...certified.map(({ id, keys: theirs }) => certificate(id, theirs)),
  ];
}
