import { MAX_UNOPENED } from '../../contract/rotation.js';
import { SealError } from '../../contract/sealed-credential.js';
import { sha256, type BindingLedger } from '../binding-ledger.js';
import type { Log } from '../log.js';
import type { SealingKey } from '../sealing-key.js';
import { contentOf, type SealingKeys } from '../sealing-keys.js';
import { reseal } from './reseal.js';
import type { CredentialBatch, RotationCalls, StoredCredential } from './rotation-calls.js';

/** As many connections as the agent keeps to its control plane. */
const AT_ONCE = 4;

export interface ResealingSettings {
  readonly sealing: SealingKeys;
  readonly ledger: Pick<BindingLedger, 'carryOver'>;
  readonly log: Log;
}

/** Unreadable: no key of this member opens it. Passed over: somebody changed it meanwhile, or the list was wrong. */
type Outcome = 'resealed' | 'unreadable' | 'passed-over';

/** Seals stored credentials to a rotation's new key, and says which ones this member cannot open. */
export class CredentialResealing {
  constructor(private readonly settings: ResealingSettings) {}

  /**
   * Goes through a list until nothing is left that this member has not tried.
   *
   * @param next asks for more: of everything for the leader, for the others of what somebody could not open
   * @returns whether anything was left
   */
  async all(
    rotationId: string,
    key: SealingKey,
    calls: RotationCalls,
    next: () => Promise<CredentialBatch>,
  ): Promise<boolean> {
    const tried = new Set<string>();
    for (;;) {
      const { credentials, remaining } = await next();
      const open = credentials.filter(({ hash }) => !tried.has(hash));
      if (open.length === 0) return remaining > 0;
      const unreadable: StoredCredential[] = [];
      for (let at = 0; at < open.length; at += AT_ONCE) {
        const group = open.slice(at, at + AT_ONCE);
        const outcomes = await Promise.all(group.map((stored) => this.one(rotationId, stored, key, calls)));
        for (const [index, stored] of group.entries()) {
          if (outcomes[index] !== 'resealed') tried.add(stored.hash);
          if (outcomes[index] === 'unreadable') unreadable.push(stored);
        }
      }
      for (let at = 0; at < unreadable.length; at += MAX_UNOPENED) {
        await calls.reportUnopened(rotationId, unreadable.slice(at, at + MAX_UNOPENED));
      }
    }
  }

  private async one(
    rotationId: string,
    stored: StoredCredential,
    key: SealingKey,
    calls: RotationCalls,
  ): Promise<Outcome> {
    const { sealing, ledger, log } = this.settings;
    const { connectionId, sealed, hash } = stored;
    if (sha256(sealed) !== hash) {
      log.warn({ event: 'rotation-credential-mixed-up', rotationId, connectionId }, 'a credential came under the hash of another'); // prettier-ignore
      return 'passed-over';
    }
    try {
      const next = await reseal(sealed, sealing.all, key.publicKey);
      // Before it is stored and can be used: whatever it was bound to, it stays bound to.
      await ledger.carryOver({ credential: hash, content: contentOf(next, key.privateKey) });
      return (await calls.replace(rotationId, stored, next)) ? 'resealed' : 'passed-over';
    } catch (error) {
      if (!(error instanceof SealError)) throw error;
      log.warn({ event: 'rotation-credential-unreadable', rotationId, connectionId }, 'a credential opens with no key of this member'); // prettier-ignore
      return 'unreadable';
    }
  }
}
