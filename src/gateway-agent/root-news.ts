import { errorText, type Log } from './log.js';
import type { Trust } from './trust.js';

export interface RootNewsSettings {
  readonly trust: Pick<Trust, 'announce' | 'standing'>;
  /** To be told when the next root was pinned or refused. */
  readonly changed: () => void;
  readonly log: Log;
}

/** Takes announcements of a next root as they come with heartbeats, and says once what became of each. */
export class RootNews {
  private taking: Promise<void> = Promise.resolve();
  private last: string | undefined;

  constructor(private readonly settings: RootNewsSettings) {}

  /** @param announcement undefined: none, or the one that is pinned */
  receive(announcement: string | undefined): Promise<void> {
    if (announcement === undefined || announcement === this.last) return this.taking;
    this.last = announcement;
    this.taking = this.taking.then(() => this.take(announcement));
    return this.taking;
  }

  private async take(announcement: string): Promise<void> {
    const { trust, changed, log } = this.settings;
    try {
      if (!(await trust.announce(announcement))) return;
      log.warn({ event: 'next-root-pinned', ...trust.standing.next }, 'the control plane announced its next root');
    } catch (error) {
      // A full disk is mended, a forged announcement is not: only the first is worth another try.
      if (this.last === announcement && trust.standing.refused === undefined) this.last = undefined;
      log.error({ event: 'next-root-refused', reason: errorText(error) }, 'a next root was not pinned');
    }
    changed();
  }
}
