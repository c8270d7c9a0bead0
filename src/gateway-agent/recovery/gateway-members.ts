import type { MemberList } from '../../contract/recovery.js';
import { errorText, type Log } from '../log.js';
import { pause } from '../pause.js';
import { TrustError } from '../trust.js';
import type { CertifiedMembers, RecoveryTrust } from './recovery-trust.js';

/** A changed recovery key is followed within this time, and whenever the members' list is needed. */
const LOOK_EVERY_MS = 6 * 60 * 60 * 1000;
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
  ) {}

  /** Whether the control plane last showed a recovery key that nobody handed over to. */
  get isUntrusted(): boolean {
    return this.untrusted;
  }

  /** @throws TrustError, ControlPlaneError */
  async read(): Promise<CertifiedMembers & { readonly recoveryKey: string }> {
    const list = await this.fetch();
    try {
      const { recoveryKey } = await this.trust.follow(list);
      const members = await this.trust.sort(list);
      this.untrusted = false;
      return { ...members, recoveryKey };
    } catch (error) {
      if (error instanceof TrustError && this.trust.pinned) {
        if (!this.untrusted) this.log.error({ event: 'recovery-key-untrusted', reason: errorText(error) }, 'the control plane shows a recovery key that the old one did not hand over to'); // prettier-ignore
        this.untrusted = true;
      }
      throw error;
    }
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
      await pause(LOOK_EVERY_MS, signal);
    }
  }
}
