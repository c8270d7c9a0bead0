import type { Directive } from '../contract/directive.js';
import type { HeartbeatResponse } from '../contract/membership.js';
import { errorText, type Log } from './log.js';
import { TrustError } from './trust-error.js';
import type { Trust } from './trust.js';

/** What is wanted of this member; what is absent is not wanted. */
export type Wanted = Pick<Directive, 'drain' | 'thresholds' | 'rotation' | 'update' | 'diagnosis' | 'logTail'>;

export interface DirectivesSettings {
  readonly trust: Pick<Trust, 'verifyDirective'>;
  readonly member: { readonly gatewayId: string; readonly memberId: string };
  readonly apply: (wanted: Wanted) => void;
  readonly log: Log;
}

/** Takes directives as they come with heartbeats, in order, and passes on those that a replica signed for this member. */
export class Directives {
  private taking: Promise<void> = Promise.resolve();
  private last: string | undefined;
  private refused: string | undefined;

  constructor(private readonly settings: DirectivesSettings) {}

  /** @param signed undefined: nothing is wanted */
  receive(signed: HeartbeatResponse['directive']): Promise<void> {
    this.taking = this.taking.then(() => this.take(signed));
    return this.taking;
  }

  private async take(signed: HeartbeatResponse['directive']): Promise<void> {
    if (signed?.jws === this.last) return;
    const { trust, member, apply, log } = this.settings;
    try {
      const wanted = signed ? await trust.verifyDirective(signed.jws, signed.certificate, member) : {};
      this.last = signed?.jws;
      apply(wanted);
    } catch (error) {
      // What was wanted before stays: a directive nobody signed must not undo one that somebody did.
      if (this.refused === signed?.jws) return;
      this.refused = signed?.jws;
      const event = error instanceof TrustError ? 'directive-refused' : 'directive-failed';
      log.error({ event, reason: errorText(error) }, 'a directive was not followed');
    }
  }
}
