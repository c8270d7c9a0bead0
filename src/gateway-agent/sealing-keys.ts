import { openCredential } from '../contract/open-credential.js';
import { SealError, splitSealed } from '../contract/sealed-credential.js';
import { sha256 } from './binding-ledger.js';
import { importSealingKey, type SealingKey } from './sealing-key.js';
import { MAX_SEALING_KEYS } from './stored-keys.js';

/** Writes the private halves (PKCS #8, base64, the newest first) so that a crash leaves the old list or the new one. */
type Save = (sealing: string[]) => Promise<void>;

/** A credential that a key of this member opened. */
export interface UnsealedCredential {
  readonly values: ReadonlyMap<string, string>;
  /** SHA-256 of what is under the MAC, and with it the same after every rotation of the key. */
  readonly content: string;
}

/** Every generation of the gateway's sealing key that this member holds, the newest first. Never empty. */
export class SealingKeys {
  private constructor(
    private held: readonly [SealingKey, ...SealingKey[]],
    private readonly save: Save,
  ) {}

  /** @throws Error when one of them is no key */
  static async open(pkcs8: readonly string[], save: Save): Promise<SealingKeys> {
    const [newest, ...older] = await Promise.all(pkcs8.map((text) => importSealingKey(Buffer.from(text, 'base64'))));
    if (!newest) throw new TypeError('no sealing key');
    return new SealingKeys([newest, ...older], save);
  }

  get newest(): SealingKey {
    return this.held[0];
  }

  /** The newest first. */
  get all(): readonly SealingKey[] {
    return this.held;
  }

  /** As a heartbeat tells them: the newest first. */
  get ids(): readonly string[] {
    return this.held.map(({ id }) => id);
  }

  find(id: string): SealingKey | undefined {
    return this.held.find((key) => key.id === id);
  }

  /** Takes a new generation. On disk before it is used; taking one that is held already changes nothing. */
  async add(key: SealingKey): Promise<void> {
    if (this.find(key.id)) return;
    if (this.held.length >= MAX_SEALING_KEYS) throw new RangeError('more sealing keys than can be of use');
    await this.replace([key, ...this.held]);
  }

  /** Takes a generation that was missed, behind all others. @returns false when it is held, or there is no room for it */
  async addOldest(key: SealingKey): Promise<boolean> {
    if (this.find(key.id) || this.held.length >= MAX_SEALING_KEYS) return false;
    await this.replace([...this.held, key]);
    return true;
  }

  /** Forgets every generation older than the given one, which stays. One that is not held changes nothing. */
  async dropOlderThan(id: string): Promise<readonly string[]> {
    const at = this.held.findIndex((key) => key.id === id);
    if (at === -1 || at === this.held.length - 1) return [];
    const dropped = this.held.slice(at + 1);
    await this.replace([this.held[0], ...this.held.slice(1, at + 1)]);
    for (const { pkcs8 } of dropped) pkcs8.fill(0);
    return dropped.map((key) => key.id);
  }

  /** Opens a credential with whichever generation it was sealed to. @throws SealError, the same for every cause */
  async open(sealed: string): Promise<ReadonlyMap<string, string>> {
    return (await this.unseal(sealed)).values;
  }

  /** The same, with what tells the credential from others. @throws SealError, the same for every cause */
  async unseal(sealed: string): Promise<UnsealedCredential> {
    for (const { privateKey } of this.held) {
      try {
        const values = await openCredential(sealed, privateKey);
        return { values, content: contentOf(sealed, privateKey) };
      } catch (error) {
        // Sealed to another generation, or unreadable to all: the envelope does not say which.
        if (!(error instanceof SealError)) throw error;
      }
    }
    throw new SealError();
  }

  private async replace(keys: readonly [SealingKey, ...SealingKey[]]): Promise<void> {
    await this.save(keys.map(({ pkcs8 }) => pkcs8.toString('base64')));
    this.held = keys;
  }
}

/**
 * Names what a re-sealing leaves as it is: everything behind the wrapped keys. Nobody without those keys can change it so
 * that it still opens.
 *
 * @param privateKey one that opens it
 * @throws SealError
 */
export function contentOf(sealed: string, privateKey: SealingKey['privateKey']): string {
  const { modulusLength = 0 } = privateKey.algorithm as { modulusLength?: number };
  return sha256(splitSealed(sealed, modulusLength / 8).blob);
}
