import { sign, type KeyObject } from 'node:crypto';
import { rotationKeyInfo, rotationKeyInput, type RotationKey } from '../../contract/rotation.js';
import { SealError } from '../../contract/sealed-credential.js';
import { RECOVERY_BUNDLE_INFO } from '../../contract/signed-objects.js';
import { sha256, type BindingLedger } from '../binding-ledger.js';
import { hpkeSeal } from '../hpke.js';
import type { Log } from '../log.js';
import type { GatewayMembers } from '../recovery/gateway-members.js';
import { generateSealingKey, type SealingKey } from '../sealing-key.js';
import type { SealingKeys } from '../sealing-keys.js';
import { TrustError } from '../trust.js';
import { reseal } from './reseal.js';
import type { RotationCalls, StoredCredential } from './rotation-calls.js';
import type { RotationMemory } from './rotation-memory.js';

/** As many connections as the agent keeps to its control plane. */
const AT_ONCE = 4;

export interface LeaderSettings {
  readonly gatewayId: string;
  readonly memberId: string;
  readonly identity: KeyObject;
  readonly sealing: SealingKeys;
  readonly members: GatewayMembers;
  readonly memory: RotationMemory;
  readonly ledger: Pick<BindingLedger, 'carryOver'>;
  readonly log: Log;
}

/** The leader's part of a rotation: makes the key, hands it to whom the recovery key vouches for, seals what is stored anew. */
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

  /**
   * Seals what is stored to the new key, until nothing is left that this member can open.
   *
   * @returns whether anything was left
   */
  async resealAll(rotationId: string, key: SealingKey, calls: RotationCalls): Promise<boolean> {
    const passedOver = new Set<string>();
    for (;;) {
      const { credentials, remaining } = await calls.credentials(rotationId);
      const open = credentials.filter(({ hash }) => !passedOver.has(hash));
      if (open.length === 0) return remaining > 0;
      for (let at = 0; at < open.length; at += AT_ONCE) {
        const group = open.slice(at, at + AT_ONCE);
        const done = await Promise.all(group.map((stored) => this.resealOne(rotationId, stored, key, calls)));
        group.filter((_, index) => done[index] !== true).forEach(({ hash }) => passedOver.add(hash));
      }
    }
  }

  private async make(rotationId: string): Promise<SealingKey> {
    const key = await generateSealingKey();
    await this.settings.memory.keepMade(rotationId, key);
    return key;
  }

  /** @returns whether it is sealed to the new key now; not when it does not open here, or somebody changed it meanwhile */
  private async resealOne(
    rotationId: string,
    stored: StoredCredential,
    key: SealingKey,
    calls: RotationCalls,
  ): Promise<boolean> {
    const { sealing, ledger, log } = this.settings;
    const { connectionId, sealed, hash } = stored;
    try {
      if (sha256(sealed) !== hash) throw new SealError('The hash is of another credential.');
      const next = await reseal(sealed, sealing.all, key.publicKey);
      // Bound where the old one was bound, before it can be used: re-sealing must not loosen a credential from its target.
      await ledger.carryOver(hash, sha256(next));
      return await calls.replace(rotationId, stored, next);
    } catch (error) {
      if (!(error instanceof SealError)) throw error;
      log.warn({ event: 'rotation-credential-unreadable', rotationId, connectionId }, 'a credential opens with no key of this member'); // prettier-ignore
      return false;
    }
  }
}
