import type { MemberList } from '../../contract/recovery.js';
import { errorText, type Log } from '../log.js';
import type { PinnedRecovery } from '../member-record.js';
import { pause } from '../pause.js';
import { TrustError } from '../trust-error.js';
import type { CertifiedMembers, RecoveryTrust } from './recovery-trust.js';

/** A changed recovery key is followed within this time, and whenever the members' list is needed. */
const LOOK_EVERY_MS = 6 * 60 * 60 * 1000;
/** And this often while the key that is shown is not believed: what was a mistake is over soon after it was mended. */
const LOOK_AGAIN_MS = 5 * 60 * 1000;
/** The first look of many agents that start together spreads over this. */
const FIRST_LOOK_MS = 60_000;

/** The gateway's members as this one believes them, and the recovery key that makes it believe. */
export class GatewayMembers {
  private untrusted = false;
  private loop: Promise<void> | undefined;
  private readonly stopping = new AbortController();

  constructor(
    private readonly fetch: () => Promise<MemberList>,
    private readonly trust: RecoveryTrust,
    private readonly log: Log,
    /** Whether the key that is shown is believed has changed. */
    private readonly changed: () => void = () => undefined,
  ) {}

  /** Whether the control plane last showed a recovery key that nobody handed over to. */
  get isUntrusted(): boolean {
    return this.untrusted;
  }

  /** @throws TrustError, ControlPlaneError */
  async read(): Promise<CertifiedMembers & PinnedRecovery> {
    const list = await this.fetch();
    try {
      const { proofKey, recoveryKey } = await this.trust.follow(list);
      const members = await this.trust.sort(list);
      this.noteUntrusted(undefined);
      return { ...members, proofKey, recoveryKey };
    } catch (error) {
      if (error instanceof TrustError && this.trust.pinned) this.noteUntrusted(error);
      throw error;
    }
  }

  private noteUntrusted(error: TrustError | undefined): void {
    const before = this.untrusted;
    this.untrusted = error !== undefined;
    if (this.untrusted === before) return;
    if (error)
      this.log.error({ event: 'recovery-key-untrusted', reason: errorText(error) }, 'the control plane shows a recovery key that the old one did not hand over to'); // prettier-ignore
    else this.log.info({ event: 'recovery-key-trusted' }, 'the control plane shows a recovery key that is believed');
    this.changed();
  }

  start(): void {
    this.loop ??= this.watch();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.loop;
  }

  private async watch(): Promise<void> {
    const { signal } = this.stopping;
    await pause(Math.random() * FIRST_LOOK_MS, signal);
    while (!signal.aborted) {
      try {
        await this.read();
      } catch (error) {
        this.log.debug({ event: 'members-not-read', reason: errorText(error) }, 'the members could not be listed');
      }
      await pause(this.untrusted ? LOOK_AGAIN_MS : LOOK_EVERY_MS, signal);
    }
  }
}
