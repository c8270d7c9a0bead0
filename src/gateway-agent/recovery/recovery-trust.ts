import { createPublicKey, verify } from 'node:crypto';
import { handoverInput, memberCertificateInput, type MemberList } from '../../contract/recovery.js';
import type { PinnedRecovery } from '../member-record.js';
import { TrustError } from '../trust-error.js';

export type ListedMember = MemberList['members'][number];

/** The members of a gateway, told apart by who vouches for them. */
export interface CertifiedMembers {
  readonly certified: readonly ListedMember[];
  /** Nobody with the recovery key ever vouched for these: a row in a database is not enough. */
  readonly uncertified: readonly ListedMember[];
}

/**
 * What this member believes of the gateway's recovery key. The control plane lists members and changes of the key; only
 * what the pinned proof key signed, directly or through a chain of handovers, is believed.
 */
export class RecoveryTrust {
  constructor(
    private readonly gatewayId: string,
    private current: PinnedRecovery | undefined,
    private readonly save: (pinned: PinnedRecovery) => Promise<void>,
  ) {}

  get pinned(): PinnedRecovery | undefined {
    return this.current;
  }

  /** Believes from now on what somebody with the recovery key has just derived from it. */
  async pin(pinned: PinnedRecovery): Promise<void> {
    if (this.current?.proofKey === pinned.proofKey && this.current.recoveryKey === pinned.recoveryKey) return;
    await this.save(pinned);
    this.current = pinned;
  }

  /**
   * Follows from the pinned key to the one that holds now.
   *
   * @throws TrustError when no chain of handovers leads there
   */
  async follow({ proofKey, handovers }: Pick<MemberList, 'proofKey' | 'handovers'>): Promise<PinnedRecovery> {
    let reached = this.current;
    if (!reached) throw new TrustError('no recovery key is pinned here');
    for (const { signature, ...next } of handovers) {
      // Those before the pinned key are older than what is known here, and do not verify under it.
      if (!isSignedBy(reached.proofKey, handoverInput(this.gatewayId, next), signature)) continue;
      reached = { proofKey: next.proofKey, recoveryKey: next.recoveryKey };
    }
    if (reached.proofKey !== proofKey) throw new TrustError('a recovery key that nobody handed over to');
    await this.pin(reached);
    return reached;
  }

  /** @throws TrustError when the list's recovery key is not to be believed */
  async sort(list: MemberList): Promise<CertifiedMembers> {
    const { proofKey } = await this.follow(list);
    return sortByCertificate(list.members, proofKey);
  }
}

/** Tells members that the proof key vouches for from the others. */
export function sortByCertificate(members: readonly ListedMember[], proofKey: string): CertifiedMembers {
  const isCertified = ({ keys, certificate }: ListedMember) =>
    certificate !== undefined && isSignedBy(proofKey, memberCertificateInput(keys), certificate);
  return {
    certified: members.filter(isCertified),
    uncertified: members.filter((member) => !isCertified(member)),
  };
}

/** @param publicKey Ed25519, 32 raw bytes, base64url */
export function isSignedBy(publicKey: string, input: string, signature: string): boolean {
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: publicKey }, format: 'jwk' });
  return verify(null, Buffer.from(input), key, Buffer.from(signature, 'base64url'));
}
