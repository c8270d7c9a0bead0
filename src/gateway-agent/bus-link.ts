import {
  ServiceBusClient,
  isServiceBusError,
  type ProcessErrorArgs,
  type ServiceBusClientOptions,
  type ServiceBusReceivedMessage,
  type ServiceBusReceiver,
  type ServiceBusSender,
} from '@azure/service-bus';
import type { RelayAccess } from '../contract/membership.js';
import { installSocketShim } from './amqp-sockets.js';
import { errorText, type Log } from './log.js';
import { networkErrorOf } from './network/http-dispatcher.js';
import { LinkWatch } from './network/link-watch.js';
import type { Network } from './network/network.js';
import type { RelayPlace, Transport } from './network/relay-place.js';
import { RelaySockets } from './network/relay-sockets.js';
import { endsWithin, pause } from './pause.js';
import { RelayCredential } from './relay-credential.js';
import { ReplyLinks, type MessageSender, type OutgoingMessage } from './reply-links.js';

/** Why a message cannot be read: stands beside it in the dead-letter queue. */
export type DeadLetterReason = 'UNREADABLE' | 'CONTRACT_UNSUPPORTED';

/** One message taken from the bus. Settled once, by whoever took it. */
export interface Delivery {
  readonly body: Buffer | undefined;
  readonly replyTo: string | undefined;
  complete(): Promise<void>;
  deadLetter(reason: DeadLetterReason): Promise<void>;
}

export interface LinkEvents {
  /** Work any member may take. The promise holds one place of the work window. */
  work(delivery: Delivery): Promise<void>;
  /** What is meant for this member. Returns at once, so that control passes running work. */
  member(delivery: Delivery): void;
}

export interface LinkSettings {
  readonly relay: RelayAccess;
  readonly queues: { readonly work: string; readonly member: string };
  /** In the order to try. */
  readonly places: readonly RelayPlace[];
  readonly network: Network;
  /** Reads that this member takes at once from the shared queue. */
  readonly workWindow: number;
  /** The relay fell silent. It may hand messages to the connection that was cut, as long as it does not know. */
  readonly onSilent: () => void;
  /** The link was broken for a while and holds again: who took this member for lost may be told. */
  readonly onMended: () => void;
}

/** The link is no more. `moved`: the place is gone or closed to us, so a new session must be asked for. */
export class LinkLost extends Error {
  override readonly name = 'LinkLost';

  constructor(
    readonly moved: boolean,
    message: string,
    options: ErrorOptions = {},
  ) {
    super(message, options);
  }
}

/** For the first answer on an open socket; the socket has its own time. */
const CONNECT_TIMEOUT_MS = 10_000;
const OPERATION_TIMEOUT_MS = 10_000;
const CLOSE_TIMEOUT_MS = 3_000;
/** Control, credit and parts are settled at once, so this is no window on work. */
const MEMBER_WINDOW = 512;
/** A read may last to its deadline (110 s); its lock is renewed that long. */
const LOCK_RENEWAL_MS = 5 * 60 * 1000;
/** After trouble the client mends its links by itself; two looks tell whether it did. Longer would keep callers waiting. */
const CHECKS = 2;
const CHECK_PAUSE_MS = 1_000;
const CHECK_TIMEOUT_MS = 4_000;
const MOVED_CODES: ReadonlySet<string> = new Set([
  'MessagingEntityNotFound',
  'MessagingEntityDisabled',
  'UnauthorizedAccess',
]);

/** The link of one session to the relay: one connection, two receivers, and a sender for each replica answered. */
export class BusLink {
  private work: WorkReceiver | undefined;
  private readonly replies: ReplyLinks;
  private readonly closing = new AbortController();
  private readonly watch: LinkWatch;
  private checking: Promise<void> | undefined;
  private endWith!: (lost: LinkLost | undefined) => void;
  /** Settles when the link has ended: with the reason, or undefined when it was closed. */
  readonly ended: Promise<LinkLost | undefined>;

  private constructor(
    readonly place: RelayPlace,
    private readonly bus: ConnectedBus,
    private readonly context: LinkContext,
  ) {
    this.replies = new ReplyLinks((queue) => watchedSender(bus.client.createSender(queue), this.watch));
    this.watch = new LinkWatch({
      probe: (signal) => this.ask(signal),
      onSilence: this.onSilence,
      onFailure: this.onTrouble,
    });
    this.ended = new Promise((resolve) => {
      this.endWith = resolve;
    });
  }

  /**
   * Connects over the first way that works.
   *
   * @throws LinkLost
   */
  static async open(settings: LinkSettings, events: LinkEvents, log: Log): Promise<BusLink> {
    let last: LinkLost | undefined;
    for (const place of settings.places) {
      const { transport, port } = place;
      try {
        return await BusLink.connect(place, { settings, events, log });
      } catch (error) {
        last = toLinkLost(error);
        const remedy = networkErrorOf(error)?.remedy;
        log.warn({ event: 'relay-connect-failed', transport, port, reason: last.message, remedy }, 'no link this way'); // prettier-ignore
        if (last.moved) throw last;
      }
    }
    throw last ?? new LinkLost(false, 'no way to the relay may be used: see --ports and --transport');
  }

  get transport(): Transport {
    return this.place.transport;
  }

  /** Sends one frame to a replica. Frames of one turn share a message. */
  send(queue: string, message: OutgoingMessage): Promise<void> {
    return this.replies.send(queue, message);
  }

  /** Takes part in the shared work, or stops taking more of it. */
  async receiveWork(on: boolean): Promise<void> {
    if (on === (this.work !== undefined)) return;
    const { settings, events } = this.context;
    if (on) {
      const receiver = this.bus.client.createReceiver(settings.queues.work, receiverOptions(LOCK_RENEWAL_MS));
      this.work = new WorkReceiver({ receiver, watch: this.watch }, settings.workWindow, events, this.onError);
      return;
    }
    const work = this.work;
    this.work = undefined;
    await work?.stop();
  }

  /** Fresh tokens for the same places. */
  renew(relay: RelayAccess): void {
    if (relay.mode === 'tokens') this.bus.credential?.update(relay);
  }

  async close(): Promise<void> {
    if (this.closing.signal.aborted) return;
    this.closing.abort();
    this.watch.stop();
    this.endWith(undefined);
    const orderly = (async () => {
      await this.work?.stop();
      await this.replies.close();
      await this.bus.client.close();
    })();
    await endsWithin(orderly, CLOSE_TIMEOUT_MS);
    this.bus.sockets?.cut();
  }

  private static async connect(place: RelayPlace, context: LinkContext): Promise<BusLink> {
    const { settings } = context;
    const credential = settings.relay.mode === 'tokens' ? new RelayCredential(settings.relay) : undefined;
    const sockets = place.transport === 'emulator' ? undefined : new RelaySockets(settings.network, place);
    await sockets?.prepare();
    const client = createClient(settings, credential, sockets);
    try {
      const member = client.createReceiver(settings.queues.member, receiverOptions(0));
      // The subscription below retries for ever in silence; this answers at once whether we can get in.
      await member.peekMessages(1, { abortSignal: AbortSignal.timeout(CONNECT_TIMEOUT_MS) });
      const link = new BusLink(place, { client, member, credential, sockets }, context);
      member.subscribe(
        {
          processMessage: (message) => {
            context.events.member(toDelivery({ receiver: member, watch: link.watch }, message));
            return Promise.resolve();
          },
          processError: link.onError,
        },
        { autoCompleteMessages: false, maxConcurrentCalls: MEMBER_WINDOW },
      );
      return link;
    } catch (error) {
      await endsWithin(client.close(), CLOSE_TIMEOUT_MS);
      sockets?.cut();
      throw error;
    }
  }

  /** A question to this member's own queue: the relay itself must answer it, over the connection in use. */
  private ask(signal: AbortSignal): Promise<unknown> {
    return this.bus.member.peekMessages(1, { abortSignal: signal });
  }

  private readonly onError = ({ error, errorSource }: ProcessErrorArgs): Promise<void> => {
    if (errorSource !== 'processMessageCallback' && errorSource !== 'renewLock') this.onTrouble(error);
    return Promise.resolve();
  };

  private readonly onTrouble = (error: unknown): void => {
    if (this.closing.signal.aborted) return;
    const lost = toLinkLost(error);
    if (lost.moved) {
      this.endWith(lost);
      return;
    }
    this.context.log.warn({ event: 'relay-trouble', transport: this.transport, reason: lost.message }, 'trouble on the link'); // prettier-ignore
    this.checkSoon();
  };

  /** The socket stands and nobody answers. Cut, it makes the client connect anew, and what was being sent is sent again. */
  private readonly onSilence = (): void => {
    if (this.closing.signal.aborted) return;
    this.context.log.warn({ event: 'relay-silent', transport: this.transport }, 'the relay does not answer; the connection is cut'); // prettier-ignore
    this.bus.sockets?.cut();
    this.context.settings.onSilent();
    this.checkSoon();
  };

  private checkSoon(): void {
    this.checking ??= this.check().finally(() => {
      this.checking = undefined;
    });
  }

  private async check(): Promise<void> {
    let last: LinkLost | undefined;
    for (let look = 0; look < CHECKS; look += 1) {
      await pause(CHECK_PAUSE_MS, this.closing.signal);
      if (this.closing.signal.aborted) return;
      try {
        await this.watch.expect(this.ask(AbortSignal.timeout(CHECK_TIMEOUT_MS)));
        this.context.log.info({ event: 'relay-mended', transport: this.transport }, 'the link holds again');
        this.context.settings.onMended();
        return;
      } catch (error) {
        last = toLinkLost(error);
        if (last.moved) break;
      }
    }
    this.endWith(last);
  }
}

interface LinkContext {
  readonly settings: LinkSettings;
  readonly events: LinkEvents;
  readonly log: Log;
}

interface ConnectedBus {
  readonly client: ServiceBusClient;
  readonly member: ServiceBusReceiver;
  readonly credential: RelayCredential | undefined;
  readonly sockets: RelaySockets | undefined;
}

/** A receiver, with what learns from its settlements that the link works. */
interface WatchedReceiver {
  readonly receiver: ServiceBusReceiver;
  readonly watch: LinkWatch;
}

/** The receiver of shared work. Stopping lets what it took be settled before its link closes. */
class WorkReceiver {
  private readonly subscription: { close(): Promise<void> };
  private open = 0;
  private stopped = false;
  private drained: (() => void) | undefined;

  private readonly receiver: ServiceBusReceiver;

  constructor(
    watched: WatchedReceiver,
    window: number,
    events: LinkEvents,
    onError: (args: ProcessErrorArgs) => Promise<void>,
  ) {
    this.receiver = watched.receiver;
    const processMessage = async (message: ServiceBusReceivedMessage) => {
      this.open += 1;
      try {
        await events.work(toDelivery(watched, message));
      } finally {
        this.open -= 1;
        if (this.open === 0) this.drained?.();
      }
    };
    this.subscription = this.receiver.subscribe(
      { processMessage, processError: onError },
      { autoCompleteMessages: false, maxConcurrentCalls: window },
    );
  }

  async stop(): Promise<void> {
    if (this.stopped) return;
    this.stopped = true;
    await this.subscription.close();
    if (this.open === 0) await this.receiver.close();
    else this.drained = () => void Promise.allSettled([this.receiver.close()]);
  }
}

function createClient(
  { relay }: Pick<LinkSettings, 'relay'>,
  credential: RelayCredential | undefined,
  sockets: RelaySockets | undefined,
): ServiceBusClient {
  const options: ServiceBusClientOptions = {
    retryOptions: { maxRetries: 2, retryDelayInMs: 500, timeoutInMs: OPERATION_TIMEOUT_MS },
  };
  if (relay.mode === 'emulator') {
    installSocketShim();
    return new ServiceBusClient(relay.connectionString, options);
  }
  if (!credential || !sockets) throw new TypeError('tokens need a credential and a way to the relay');
  return new ServiceBusClient(relay.host, credential, { ...options, webSocketOptions: { webSocket: sockets.shape } });
}

function watchedSender(sender: ServiceBusSender, watch: LinkWatch): MessageSender {
  return {
    sendMessages: (messages) => watch.expect(sender.sendMessages(messages)),
    close: () => sender.close(),
  };
}

function receiverOptions(maxAutoLockRenewalDurationInMs: number) {
  // Bodies are frames: parsing them as JSON and looking for dates in them costs a third of the throughput.
  return { skipParsingBodyAsJson: true, skipConvertingDate: true, maxAutoLockRenewalDurationInMs } as const;
}

function toDelivery({ receiver, watch }: WatchedReceiver, message: ServiceBusReceivedMessage): Delivery {
  return {
    body: Buffer.isBuffer(message.body) ? message.body : undefined,
    replyTo: message.replyTo,
    complete: () => watch.expect(receiver.completeMessage(message)),
    deadLetter: (reason) =>
      receiver.deadLetterMessage(message, { deadLetterReason: reason, deadLetterErrorDescription: '' }),
  };
}

function toLinkLost(error: unknown): LinkLost {
  if (error instanceof LinkLost) return error;
  // What the client says after several attempts: the last of them tells how it is now.
  const cause: unknown = error instanceof AggregateError ? error.errors.at(-1) : error;
  const moved = isServiceBusError(cause) && MOVED_CODES.has(cause.code);
  return new LinkLost(moved, errorText(cause), { cause });
}

/**
 * Connects one way, asks this member's own queue, takes nothing from it, and leaves.
 *
 * @returns milliseconds of a round trip over a link that stands
 * @throws LinkLost
 */
export async function measureRelay(
  settings: Pick<LinkSettings, 'relay' | 'queues' | 'network'>,
  place: RelayPlace,
): Promise<number> {
  const credential = settings.relay.mode === 'tokens' ? new RelayCredential(settings.relay) : undefined;
  const sockets = place.transport === 'emulator' ? undefined : new RelaySockets(settings.network, place);
  let client: ServiceBusClient | undefined;
  try {
    await sockets?.prepare();
    client = createClient(settings, credential, sockets);
    const member = client.createReceiver(settings.queues.member, receiverOptions(0));
    await member.peekMessages(1, { abortSignal: AbortSignal.timeout(CONNECT_TIMEOUT_MS) });
    const startedAt = performance.now();
    await member.peekMessages(1, { abortSignal: AbortSignal.timeout(CHECK_TIMEOUT_MS) });
    return performance.now() - startedAt;
  } catch (error) {
    throw toLinkLost(error);
  } finally {
    if (client) await endsWithin(client.close(), CLOSE_TIMEOUT_MS);
    sockets?.cut();
  }
}
