import { randomBytes } from 'node:crypto';

/** Stands for the key that all members share, where keys are listed by member. */
export const REQUEST_KEY_MEMBER = '00000000-0000-0000-0000-000000000000';

/** Bytes of a session key: AES-256. */
const SESSION_KEY_BYTES = 32;

/** Binds a session key's seal to its place, so that a row moved elsewhere in the table does not open. */
export function sessionKeyPurpose(gatewayId: string, epoch: number, memberId: string): string {
  return `session-key:${gatewayId}:${epoch}:${memberId}`;
}

/** Makes the keys of a new epoch: one shared by all members, and one for each of them. */
export function newSessionKeys(memberIds: readonly string[]): ReadonlyMap<string, Uint8Array> {
  return new Map([REQUEST_KEY_MEMBER, ...memberIds].map((memberId) => [memberId, randomBytes(SESSION_KEY_BYTES)]));
}
