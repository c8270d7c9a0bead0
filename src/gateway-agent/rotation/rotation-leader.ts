import { sign, type KeyObject } from 'node:crypto';
import { rotationKeyInfo, rotationKeyInput, type RotationKey } from '../../contract/rotation.js';
import { RECOVERY_BUNDLE_INFO } from '../../contract/signed-objects.js';
import { hpkeSeal } from '../hpke.js';
import type { Log } from '../log.js';
import type { GatewayMembers } from '../recovery/gateway-members.js';
import { generateSealingKey, type SealingKey } from '../sealing-key.js';
import { TrustError } from '../trust-error.js';
import type { RotationCalls } from './rotation-calls.js';
import type { RotationMemory } from './rotation-memory.js';

export interface LeaderSettings {
  readonly gatewayId: string;
  readonly memberId: string;
  readonly identity: KeyObject;
  readonly members: GatewayMembers;
  readonly memory: RotationMemory;
  readonly log: Log;
}

/** The leader's part before anything is sealed anew: makes the key and hands it to whom the recovery key vouches for. */
export class RotationLeader {
  /** Whom the key was last brought for, under which recovery key: somebody who joined since needs it too. */
  private supplied: string | undefined;

  constructor(private readonly settings: LeaderSettings) {}

  /**
   * Brings the new key: the one given, or the one made here, before a crash or now.
   *
   * @throws TrustError when the members' list, or this member's own certificate, is not to be believed
   */
  async bring(rotationId: string, calls: RotationCalls, held?: SealingKey): Promise<void> {
    const { gatewayId, memberId, identity, memory, members, log } = this.settings;
    const { certified, uncertified, recoveryKey } = await members.read();
    if (!certified.some(({ id }) => id === memberId)) {
      throw new TrustError('nobody with the recovery key vouched for this member: it cannot lead a rotation');
    }
    const supply = [rotationId, recoveryKey, ...certified.map(({ id }) => id).sort()].join(' ');
    if (held && supply === this.supplied) return;
    for (const { id } of uncertified) {
      log.warn({ event: 'member-uncertified', rotationId, memberId: id }, 'a member nobody vouched for gets no key');
    }
    const key = held ?? (await memory.made(rotationId)) ?? (await this.make(rotationId));
    const toMember = async ({ id, keys }: (typeof certified)[number]) => ({
      memberId: id,
      sealed: await hpkeSeal(Buffer.from(keys.receiving, 'base64url'), rotationKeyInfo(rotationId, gatewayId, id), key.pkcs8), // prettier-ignore
    });
    const body: RotationKey = {
      publicKey: key.publicKey,
      packages: await Promise.all(certified.map(toMember)),
      bundle: await hpkeSeal(Buffer.from(recoveryKey, 'base64url'), RECOVERY_BUNDLE_INFO, key.pkcs8),
      signature: sign(null, Buffer.from(rotationKeyInput(rotationId, gatewayId, key.publicKey)), identity).toString('base64url'), // prettier-ignore
    };
    await calls.bringKey(rotationId, body);
    this.supplied = supply;
    log.info({ event: 'rotation-key-brought', rotationId, keyId: key.id, members: certified.length }, 'a new sealing key was handed out'); // prettier-ignore
  }

  private async make(rotationId: string): Promise<SealingKey> {
    const key = await generateSealingKey();
    await this.settings.memory.keepMade(rotationId, key);
    return key;
  }
}
