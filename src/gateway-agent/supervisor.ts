import type { Backoff } from './backoff.js';
import type { LinkEvents, LinkLost, LinkSettings } from './bus-link.js';
import { ControlPlaneError } from './control-plane.js';
import { HeldReplies, NoLink } from './held-replies.js';
import { errorText, type Log } from './log.js';
import { networkErrorOf } from './network/http-dispatcher.js';
import type { RelayPlace, Transport } from './network/relay-place.js';
import { pause } from './pause.js';
import { earliestExpiry } from './relay-credential.js';
import type { OutgoingMessage } from './reply-links.js';
import type { Session } from './session.js';

/** All agents hear of a new epoch at once; this spreads their questions. */
const MOVE_JITTER_MS = 500;
/** A link that was told to move sooner than this after its start waits like one that failed. */
const QUICK_MOVE_MS = 5_000;
const MIN_RENEWAL_MS = 30_000;
const MAX_RENEWAL_MS = 20 * 60 * 1000;

/** What the supervisor needs of a link; `BusLink` is one. */
export interface Link {
  readonly place: RelayPlace;
  readonly ended: Promise<LinkLost | undefined>;
  send(queue: string, message: OutgoingMessage): Promise<void>;
  receiveWork(on: boolean): Promise<void>;
  renew(relay: LinkSettings['relay']): void;
  close(): Promise<void>;
}

export interface SupervisorSettings {
  readonly session: (signal: AbortSignal) => Promise<Session>;
  readonly openLink: (session: Session, events: LinkEvents) => Promise<Link>;
  readonly eventsFor: (session: Session) => LinkEvents;
  /** Told whenever what a heartbeat would say has changed. */
  readonly changed: () => void;
  readonly backoff: Backoff;
  readonly log: Log;
}

/** Keeps the link alive: asks for the session, connects, renews, moves, backs off. Knows no payload. Never gives up. */
export class Supervisor {
  private readonly stopping = new AbortController();
  private readonly held = new HeldReplies();
  private loop: Promise<void> | undefined;
  /** The link before this one, while it ends. */
  private leaving: Promise<void> = Promise.resolve();
  private current: { session: Session; link: Link; moving: AbortController } | undefined;
  private receiveReads = false;
  private takesReads = false;

  constructor(private readonly settings: SupervisorSettings) {}

  /** The epoch whose queues are listened to; undefined while not connected. */
  get epoch(): number | undefined {
    return this.current?.session.epoch;
  }

  get transport(): Transport | undefined {
    return this.current?.link.place.transport;
  }

  /** Of the relay; undefined on the emulator, whose address says it. */
  get port(): number | undefined {
    const place = this.current?.link.place;
    return place?.transport === 'emulator' ? undefined : place?.port;
  }

  get receiving(): boolean {
    return this.takesReads;
  }

  start(): void {
    this.loop ??= this.run();
  }

  /**
   * Sends over the link, or over the next one: what runs goes on while the link moves.
   *
   * @throws NoLink when there was none for half a minute; whatever the relay answers
   */
  send(queue: string, message: OutgoingMessage): Promise<void> {
    const { current } = this;
    if (current) return current.link.send(queue, message);
    if (this.stopping.signal.aborted) return Promise.reject(new NoLink('no link to the relay'));
    return this.held.hold(queue, message);
  }

  /** What the control plane wants of this member now. */
  async desire(wanted: { epoch: number; receiveReads: boolean }): Promise<void> {
    this.receiveReads = wanted.receiveReads;
    const { current } = this;
    if (!current) return;
    if (wanted.epoch > current.session.epoch) current.moving.abort();
    else await this.applyReceiving();
  }

  /** Takes no more of the shared work; the link stays, for what is under way. */
  async drain(): Promise<void> {
    this.receiveReads = false;
    await this.applyReceiving();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    this.held.drop();
    await this.loop;
    await this.leaving;
  }

  private async run(): Promise<void> {
    const { backoff, log } = this.settings;
    while (!this.stopping.signal.aborted) {
      const startedAt = Date.now();
      let moved = false;
      try {
        moved = await this.serve();
      } catch (error) {
        if (this.stopping.signal.aborted) return;
        const problem = error instanceof ControlPlaneError ? error.problem : { remedy: networkErrorOf(error)?.remedy };
        log.error({ event: 'not-connected', reason: errorText(error), code: 'code' in problem ? problem.code : undefined, remedy: problem.remedy }, 'no link to the relay; trying again'); // prettier-ignore
      }
      const quick = Date.now() - startedAt < QUICK_MOVE_MS;
      const delay = moved && !quick ? Math.random() * MOVE_JITTER_MS : backoff.nextDelayMs();
      await pause(delay, this.stopping.signal);
    }
  }

  /** One link, from its session to its end. @returns whether it ended because the place moved */
  private async serve(): Promise<boolean> {
    const { settings } = this;
    const session = await settings.session(this.stopping.signal);
    // What was being sent over the old link goes before what is sent over the new one.
    await this.leaving;
    const link = await settings.openLink(session, settings.eventsFor(session));
    const moving = new AbortController();
    try {
      this.current = { session, link, moving };
      this.held.release((queue, message) => link.send(queue, message));
      settings.backoff.connected();
      settings.log.info(
        { event: 'connected', transport: link.place.transport, port: link.place.port, epoch: session.epoch },
        'connected to the relay',
      );
      await this.applyReceiving();
      settings.changed();
      return await this.untilEnded(session, link, moving);
    } finally {
      this.current = undefined;
      this.takesReads = false;
      // While it ends the next session is asked for: callers wait for a member that moves.
      this.leaving = this.leave(link);
      if (!this.stopping.signal.aborted) settings.changed();
    }
  }

  private async leave(link: Link): Promise<void> {
    try {
      await link.close();
    } catch (error) {
      this.settings.log.warn(
        { event: 'link-left-open', reason: errorText(error) },
        'a link could not be closed in order',
      );
    }
  }

  private async untilEnded(session: Session, link: Link, moving: AbortController): Promise<boolean> {
    const ended = new AbortController();
    const stop = AbortSignal.any([this.stopping.signal, moving.signal, ended.signal]);
    const renewing = this.renew(session, link, moving, stop);
    const told = new Promise<undefined>((resolve) => {
      const end = () => {
        resolve(undefined);
      };
      if (stop.aborted) end();
      else stop.addEventListener('abort', end, { once: true });
    });
    const lost = await Promise.race([link.ended, told]);
    ended.abort();
    await renewing;
    const moved = moving.signal.aborted || (lost?.moved ?? false);
    if (lost || moved) {
      this.settings.log.warn({ event: moved ? 'moved' : 'link-lost', reason: lost?.message }, 'the link ended');
    }
    return moved;
  }

  /** Fetches fresh tokens well before the old ones end, and learns so of a new epoch too. */
  private async renew(session: Session, link: Link, moving: AbortController, stop: AbortSignal): Promise<void> {
    let { relay } = session;
    while (!stop.aborted) {
      const expiry = earliestExpiry(relay);
      const remaining = expiry === undefined ? MAX_RENEWAL_MS : (expiry - Date.now()) / 3;
      await pause(Math.min(MAX_RENEWAL_MS, Math.max(MIN_RENEWAL_MS, remaining)), stop);
      if (stop.aborted) return;
      try {
        const next = await this.settings.session(stop);
        if (next.epoch !== session.epoch) moving.abort();
        relay = next.relay;
        link.renew(relay);
      } catch (error) {
        if (!stop.aborted) this.settings.log.warn({ event: 'renewal-failed', reason: errorText(error) }, 'tokens could not be renewed'); // prettier-ignore
      }
    }
  }

  private async applyReceiving(): Promise<void> {
    const { current, receiveReads } = this;
    if (!current || this.takesReads === receiveReads) return;
    this.takesReads = receiveReads;
    await current.link.receiveWork(receiveReads);
    this.settings.changed();
  }
}
