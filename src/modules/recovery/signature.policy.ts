import { memberCertificateInput } from '../../contract/recovery.js';
import type { MemberKeys } from '../../contract/registration.js';
import { isSignedBy } from '../gateways/member-signature.policy.js';

/**
 * Whether the holder of an Ed25519 key signed the text.
 *
 * @param key raw 32 bytes
 * @param signature base64url
 */
export function isSignedWith(key: Uint8Array, text: string, signature: string): boolean {
  return isSignedBy(key, text, Buffer.from(signature, 'base64url'));
}

/** Whether the proof key certifies a member, whose keys are taken as the table keeps them: raw. */
export function isCertified(
  proofKey: Uint8Array,
  keys: { readonly identity: Uint8Array; readonly receiving: Uint8Array },
  certificate: string,
): boolean {
  return isSignedWith(proofKey, memberCertificateInput(writtenKeys(keys)), certificate);
}

/** Keys as members see them in lists: base64url has more than one spelling of the same bytes, certificates hold for one. */
export function writtenKeys(keys: { readonly identity: Uint8Array; readonly receiving: Uint8Array }): MemberKeys {
  const write = (key: Uint8Array) => Buffer.from(key).toString('base64url');
  return { identity: write(keys.identity), receiving: write(keys.receiving) };
}

/** @param keys as an agent sends them */
export function rawKeys({ identity, receiving }: MemberKeys): { identity: Buffer; receiving: Buffer } {
  return { identity: Buffer.from(identity, 'base64url'), receiving: Buffer.from(receiving, 'base64url') };
}
