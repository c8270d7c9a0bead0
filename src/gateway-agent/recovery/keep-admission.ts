import type { AdmissionResponse } from '../../contract/recovery.js';
import type { Discovery } from '../../contract/registration.js';
import { CommandError } from '../exit-codes.js';
import { HpkeError } from '../hpke.js';
import { saveKeys, type NewMemberKeys } from '../key-store.js';
import { CA_FILE, removeMemberRecord, saveMemberRecord, type MemberRecord } from '../member-record.js';
import { openRecoveryBundle, publicHalvesOf, type RecoveryKeys } from '../recovery-key.js';
import { assertSameRoot } from '../root-pin.js';
import { importSealingKey, isHalfOf, type SealingKey } from '../sealing-key.js';
import type { AdmissionSettings } from '../settings.js';
import type { StateFolder } from '../state-folder.js';

/** Bound to the member that was here before: its requests, its part in a rotation, the roots that its record led to. */
const OF_THE_OLD_MEMBER = ['journal.log', 'results', 'rotation.json', 'roots.json', 'status.json'];

export interface OpenedAdmission {
  readonly answer: AdmissionResponse;
  /** The newest first. */
  readonly sealing: readonly [SealingKey, ...SealingKey[]];
  readonly recovery: { readonly proofKey: string; readonly recoveryKey: string };
}

/** Checks that the answer is about the gateway whose recovery key this is, and opens its sealing key. @throws CommandError untrusted */
export async function openAdmission(given: {
  readonly answer: AdmissionResponse;
  readonly keys: RecoveryKeys;
  readonly discovery: Discovery;
  readonly gatewayId: string;
}): Promise<OpenedAdmission> {
  const { answer, keys, discovery, gatewayId } = given;
  await assertSameRoot(discovery.root, answer.root);
  const recovery = publicHalvesOf(keys);
  const isMeant = answer.gatewayId.toLowerCase() === gatewayId && answer.issuer === discovery.issuer;
  if (!isMeant || answer.proofKey !== recovery.proofKey) throw unfit('is about another gateway');
  const newest = await importSealingKey(await openBundle(keys, answer.bundle));
  if (!isHalfOf(newest, answer.sealingKey)) throw unfit('holds another sealing key than callers seal to');
  const older = await openOlder(keys, answer.olderBundles ?? []);
  return { answer, sealing: [newest, ...older], recovery };
}

/**
 * Writes down who this machine is now. The record comes last, and an older one goes first: a crash in between leaves a
 * folder in which nothing is registered, and the command can be run again.
 *
 * @throws CommandError state
 */
export async function keepAdmission(
  place: { readonly folder: StateFolder; readonly settings: AdmissionSettings; readonly ca: string | undefined },
  { answer, sealing, recovery }: OpenedAdmission,
  member: NewMemberKeys,
): Promise<MemberRecord> {
  const { folder, settings, ca } = place;
  const { tenantId, gatewayId, memberId, region, issuer, root, gatewayName } = answer;
  const record: MemberRecord = {
    version: 1,
    tenantId,
    gatewayId,
    memberId,
    region,
    issuer,
    root,
    gatewayName,
    recovery,
    controlPlane: settings.controlPlane,
    memberName: settings.memberName,
    registeredAt: new Date().toISOString(),
    allowInsecure: settings.allowInsecure,
  };
  await removeMemberRecord(folder);
  for (const file of OF_THE_OLD_MEMBER) await folder.remove(file);
  await saveKeys(folder, member.stored(sealing));
  if (ca !== undefined) await folder.write(CA_FILE, ca);
  await saveMemberRecord(folder, record);
  return record;
}

/** While a rotation is under way something may still be sealed to these. One from before a change of the recovery key does not open. */
async function openOlder(keys: RecoveryKeys, bundles: readonly string[]): Promise<readonly SealingKey[]> {
  const found: SealingKey[] = [];
  for (const bundle of bundles) {
    try {
      found.push(await importSealingKey(await openRecoveryBundle(keys, bundle)));
    } catch (error) {
      if (!(error instanceof HpkeError)) throw error;
    }
  }
  return found;
}

async function openBundle(keys: RecoveryKeys, bundle: string): Promise<Buffer> {
  try {
    return await openRecoveryBundle(keys, bundle);
  } catch (error) {
    if (error instanceof HpkeError) throw unfit('does not open with this recovery key');
    throw error;
  }
}

function unfit(what: string): CommandError {
  return new CommandError(
    'untrusted',
    `What the control plane handed out ${what}.`,
    'Nothing was kept on this machine. Run the command again; if it persists, ask the control plane’s operator.',
  );
}
