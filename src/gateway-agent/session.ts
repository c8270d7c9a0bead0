import type { webcrypto } from 'node:crypto';
import type { RelayAccess, SessionResponse } from '../contract/membership.js';
import { sessionKeyInfo } from '../contract/signed-objects.js';
import { hpkeOpen } from './hpke.js';
import { TrustError } from './trust-error.js';
import type { Trust } from './trust.js';

const KEY_BYTES = 32;

/** Everything a member needs to work in one epoch. */
export interface Session {
  readonly tenantId: string;
  readonly gatewayId: string;
  readonly memberId: string;
  readonly epoch: number;
  /** Shared by all members: requests are sealed under it. */
  readonly requestKey: Buffer;
  /** This member's own: answers are sealed under it. */
  readonly replyKey: Buffer;
  readonly queues: { readonly work: string; readonly member: string };
  readonly relay: RelayAccess;
}

export interface SessionOwner {
  readonly tenantId: string;
  readonly gatewayId: string;
  readonly memberId: string;
}

/**
 * Checks what the control plane handed out and opens the session keys.
 *
 * @throws TrustError, HpkeError
 */
export async function openSession(
  owner: SessionOwner,
  response: SessionResponse,
  trust: Trust,
  receivingKey: webcrypto.CryptoKey,
): Promise<Session> {
  const announced = await trust.verifySession(response.announcement, response.certificate, owner);
  const open = async (use: 'request' | 'reply') => {
    const sealed = use === 'request' ? announced.requestKey : announced.replyKey;
    const info = sessionKeyInfo(use, announced.gatewayId, announced.memberId, announced.epoch);
    const key = await hpkeOpen(receivingKey, info, sealed);
    if (key.length !== KEY_BYTES) throw new TrustError('a session key of a wrong length');
    return key;
  };
  return {
    tenantId: owner.tenantId,
    gatewayId: owner.gatewayId,
    memberId: owner.memberId,
    epoch: announced.epoch,
    requestKey: await open('request'),
    replyKey: await open('reply'),
    queues: response.queues,
    relay: response.relay,
  };
}
