import { handoverInput, type RecoveryKeyChange } from '../../contract/recovery.js';
import type { RecoverySetup } from '../../contract/registration.js';
import { invalid } from './admission.policy.js';
import { isCertified, isSignedWith } from './signature.policy.js';

/** HPKE: encapsulated key 32 and tag 16; an RSA-3072 private half alone has 1,700 bytes and more. */
const MIN_BUNDLE_BYTES = 32 + 16 + 1024;

/** What the proof commits to of a new setup. */
export function handedOver({ kdf, proofKey, recoveryKey }: RecoverySetup): {
  proofKey: string;
  recoveryKey: string;
  salt: string;
} {
  return { proofKey, recoveryKey, salt: kdf.salt };
}

/**
 * The new key must be another one, and the old one must name it, so that members can follow.
 *
 * @throws DomainError VALIDATION_FAILED
 */
export function assertHandover(gatewayId: string, old: RecoverySetup, { setup, handover }: RecoveryKeyChange): void {
  const keys = [old.proofKey, old.recoveryKey, old.kdf.salt, setup.proofKey, setup.recoveryKey, setup.kdf.salt];
  if (new Set(keys).size < keys.length) throw invalid('setup', 'every key and salt has one use: they must differ');
  if (Buffer.from(setup.bundle, 'base64url').length < MIN_BUNDLE_BYTES) {
    throw invalid('setup.bundle', 'too short to hold the sealing key');
  }
  if (!isSignedWith(raw(old.proofKey), handoverInput(gatewayId, handedOver(setup)), handover)) {
    throw invalid('handover', 'not a signature by the old recovery key over the new one');
  }
}

/** A member as the table keeps it. Raw keys. */
export interface CertifiedMember {
  readonly id: string;
  readonly identityKey: Uint8Array;
  readonly receivingKey: Uint8Array;
}

/**
 * Every member is certified anew, none left behind and none made up.
 *
 * @returns certificates (raw) by member
 * @throws DomainError VALIDATION_FAILED
 */
export function certificatesFor(
  members: readonly CertifiedMember[],
  { setup, certificates }: RecoveryKeyChange,
): ReadonlyMap<string, Uint8Array<ArrayBuffer>> {
  const given = new Map(certificates.map(({ memberId, certificate }) => [memberId.toLowerCase(), certificate]));
  const isWhole = given.size === members.length && certificates.length === members.length;
  const found = new Map<string, Uint8Array<ArrayBuffer>>();
  for (const { id, identityKey, receivingKey } of members) {
    const certificate = given.get(id);
    if (!isWhole || certificate === undefined) {
      throw invalid('certificates', 'one for each member that the gateway has now, and no other');
    }
    if (!isCertified(raw(setup.proofKey), { identity: identityKey, receiving: receivingKey }, certificate)) {
      throw invalid('certificates', `not a signature by the new recovery key over the keys of ${id}`);
    }
    found.set(id, raw(certificate));
  }
  return found;
}

export function raw(base64url: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Buffer.from(base64url, 'base64url'));
}
