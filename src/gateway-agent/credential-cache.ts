import type { Envelope } from '../contract/envelope.js';
import { targetFingerprintInput } from '../contract/targets.js';
import { SealError } from '../contract/sealed-credential.js';
import { sha256, type BindingLedger } from './binding-ledger.js';
import type { Secret, SecretName } from './connectors/connector.js';
import { SourceError } from './connectors/source-error.js';
import type { SealingKeys, UnsealedCredential } from './sealing-keys.js';
import { isSealedToRetired } from './unopened-credential.js';

/** A changed password takes effect with the next request; an unchanged one is opened again after this long. */
const MAX_AGE_MS = 15 * 60 * 1000;
const MAX_ENTRIES = 1000;

interface Entry {
  readonly connectionId: string;
  readonly values: ReadonlyMap<string, string>;
  readonly until: number;
}

/** A credential in use. Disposing drops the reference; JavaScript strings cannot be overwritten. */
export class OpenedSecret implements Secret {
  constructor(private values: ReadonlyMap<string, string> | undefined) {}

  get(name: SecretName): string | undefined {
    return this.values?.get(name);
  }

  [Symbol.dispose](): void {
    this.values = undefined;
  }
}

/** Opens credentials, at most once in a quarter of an hour each: one opening is 1.5 ms of RSA. */
export class CredentialCache {
  private readonly entries = new Map<string, Entry>();
  private readonly newest = new Map<string, string>();

  constructor(
    private readonly sealing: Pick<SealingKeys, 'unseal' | 'ids'>,
    private readonly ledger: Pick<BindingLedger, 'bind'>,
    /** Told when a connection's credential was replaced, so that its pooled links are dropped. */
    private readonly replaced: (connectionId: string) => void,
    private readonly now: () => number = Date.now,
  ) {}

  /** @throws SourceError CREDENTIAL_REBOUND, CREDENTIAL_STALE_KEY, CREDENTIAL_UNREADABLE */
  async secretFor(connection: Envelope['connection']): Promise<OpenedSecret> {
    if (connection.credential === undefined) return new OpenedSecret(new Map());
    const credential = sha256(connection.credential);
    const target = sha256(targetFingerprintInput(connection.target, connection.credentialType, connection.encryption));
    const key = `${connection.id} ${credential} ${target}`;
    const known = this.entries.get(key);
    if (known && known.until > this.now()) return new OpenedSecret(known.values);

    const { values, content } = await this.unseal(connection);
    if (!(await this.ledger.bind({ credential, content }, target))) {
      throw new SourceError(
        'CREDENTIAL_REBOUND',
        'This credential was sealed for another target. Seal it again for this one.',
        { details: { connectionId: connection.id } },
      );
    }
    this.keep(key, { connectionId: connection.id, values, until: this.now() + MAX_AGE_MS });
    return new OpenedSecret(values);
  }

  clear(): void {
    this.entries.clear();
    this.newest.clear();
  }

  private async unseal({ id, credential, sealedTo }: Envelope['connection']): Promise<UnsealedCredential> {
    const details = { connectionId: id };
    try {
      return await this.sealing.unseal(credential ?? '');
    } catch (cause) {
      if (cause instanceof SealError && isSealedToRetired(sealedTo, this.sealing.ids)) {
        throw new SourceError(
          'CREDENTIAL_STALE_KEY',
          'The credential is sealed to a key that the gateway does not use any more. Seal it again.',
          { details, cause },
        );
      }
      throw new SourceError('CREDENTIAL_UNREADABLE', 'The credential does not open with the key of this gateway.', {
        details,
        cause,
      });
    }
  }

  private keep(key: string, entry: Entry): void {
    const before = this.newest.get(entry.connectionId);
    if (before !== undefined && before !== key) {
      this.entries.delete(before);
      this.replaced(entry.connectionId);
    }
    this.newest.delete(entry.connectionId);
    this.newest.set(entry.connectionId, key);
    this.entries.set(key, entry);
    const oldest = this.newest.entries().next();
    if (this.newest.size <= MAX_ENTRIES || oldest.done) return;
    this.newest.delete(oldest.value[0]);
    this.entries.delete(oldest.value[1]);
  }
}
