import {
  ServiceBusClient,
  isServiceBusError,
  type ProcessErrorArgs,
  type ServiceBusClientOptions,
  type ServiceBusReceivedMessage,
  type ServiceBusReceiver,
} from '@azure/service-bus';
import { WebSocket as WebSocketClient } from 'ws';
import type { RelayAccess } from '../contract/membership.js';
import { installSocketShim, trustAuthority } from './amqp-sockets.js';
import { errorText, type Log } from './log.js';
import { endsWithin, pause } from './pause.js';
import { RelayCredential } from './relay-credential.js';
import { ReplyLinks, type OutgoingMessage } from './reply-links.js';

/** 443 first: it is the port that is open everywhere. `emulator` is plain TCP, for development only. */
export type Transport = 'websockets' | 'amqp' | 'emulator';

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
  readonly transports: readonly Transport[];
  readonly ca: string | undefined;
  /** Reads that this member takes at once from the shared queue. */
  readonly workWindow: number;
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

const CONNECT_TIMEOUT_MS = 15_000;
const OPERATION_TIMEOUT_MS = 10_000;
const CLOSE_TIMEOUT_MS = 3_000;
/** Control, credit and parts are settled at once, so this is no window on work. */
const MEMBER_WINDOW = 512;
/** A read may last to its deadline (110 s); its lock is renewed that long. */
const LOCK_RENEWAL_MS = 5 * 60 * 1000;
/** After trouble the client mends its links by itself; three looks tell whether it did. */
const CHECKS = 3;
const CHECK_PAUSE_MS = 2_000;
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
  private checking: Promise<void> | undefined;
  private endWith!: (lost: LinkLost | undefined) => void;
  /** Settles when the link has ended: with the reason, or undefined when it was closed. */
  readonly ended: Promise<LinkLost | undefined>;

  private constructor(
    readonly transport: Transport,
    private readonly client: ServiceBusClient,
    private readonly member: ServiceBusReceiver,
    private readonly credential: RelayCredential | undefined,
    private readonly context: { settings: LinkSettings; events: LinkEvents; log: Log },
  ) {
    this.replies = new ReplyLinks((queue) => client.createSender(queue));
    this.ended = new Promise((resolve) => {
      this.endWith = resolve;
    });
  }

  /**
   * Connects over the first transport that works.
   *
   * @throws LinkLost
   */
  static async open(settings: LinkSettings, events: LinkEvents, log: Log): Promise<BusLink> {
    installSocketShim();
    let last: LinkLost | undefined;
    for (const transport of settings.transports) {
      try {
        return await BusLink.connect(transport, { settings, events, log });
      } catch (error) {
        last = toLinkLost(error);
        log.warn({ event: 'relay-connect-failed', transport, reason: errorText(error) }, 'no link over this transport');
        if (last.moved) throw last;
      }
    }
    throw last ?? new LinkLost(false, 'no transport to try');
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
      const receiver = this.client.createReceiver(settings.queues.work, receiverOptions(LOCK_RENEWAL_MS));
      this.work = new WorkReceiver(receiver, settings.workWindow, events, this.onError);
      return;
    }
    const work = this.work;
    this.work = undefined;
    await work?.stop();
  }

  /** Fresh tokens for the same places. */
  renew(relay: RelayAccess): void {
    if (relay.mode === 'tokens') this.credential?.update(relay);
  }

  async close(): Promise<void> {
    if (this.closing.signal.aborted) return;
    this.closing.abort();
    this.endWith(undefined);
    const orderly = (async () => {
      await this.work?.stop();
      await this.replies.close();
      await this.client.close();
    })();
    await endsWithin(orderly, CLOSE_TIMEOUT_MS);
  }

  private static async connect(
    transport: Transport,
    context: { settings: LinkSettings; events: LinkEvents; log: Log },
  ): Promise<BusLink> {
    const { settings } = context;
    const credential = settings.relay.mode === 'tokens' ? new RelayCredential(settings.relay) : undefined;
    const client = createClient(transport, settings, credential);
    try {
      const member = client.createReceiver(settings.queues.member, receiverOptions(0));
      // The subscription below retries for ever in silence; this answers at once whether we can get in.
      await member.peekMessages(1, { abortSignal: AbortSignal.timeout(CONNECT_TIMEOUT_MS) });
      const link = new BusLink(transport, client, member, credential, context);
      member.subscribe(
        {
          processMessage: (message) => {
            context.events.member(toDelivery(member, message));
            return Promise.resolve();
          },
          processError: link.onError,
        },
        { autoCompleteMessages: false, maxConcurrentCalls: MEMBER_WINDOW },
      );
      return link;
    } catch (error) {
      await Promise.allSettled([client.close()]);
      throw error;
    }
  }

  private readonly onError = ({ error, errorSource }: ProcessErrorArgs): Promise<void> => {
    if (this.closing.signal.aborted || errorSource === 'processMessageCallback' || errorSource === 'renewLock') {
      return Promise.resolve();
    }
    const lost = toLinkLost(error);
    if (lost.moved) this.endWith(lost);
    else {
      this.context.log.warn({ event: 'relay-trouble', transport: this.transport, reason: errorText(error) }, 'trouble on the link'); // prettier-ignore
      this.checking ??= this.check().finally(() => {
        this.checking = undefined;
      });
    }
    return Promise.resolve();
  };

  private async check(): Promise<void> {
    let last: LinkLost | undefined;
    for (let look = 0; look < CHECKS; look += 1) {
      await pause(CHECK_PAUSE_MS, this.closing.signal);
      if (this.closing.signal.aborted) return;
      try {
        await this.member.peekMessages(1, { abortSignal: AbortSignal.timeout(OPERATION_TIMEOUT_MS) });
        return;
      } catch (error) {
        last = toLinkLost(error);
        if (last.moved) break;
      }
    }
    this.endWith(last);
  }
}

/** The receiver of shared work. Stopping lets what it took be settled before its link closes. */
class WorkReceiver {
  private readonly subscription: { close(): Promise<void> };
  private open = 0;
  private stopped = false;
  private drained: (() => void) | undefined;

  constructor(
    private readonly receiver: ServiceBusReceiver,
    window: number,
    events: LinkEvents,
    onError: (args: ProcessErrorArgs) => Promise<void>,
  ) {
    const processMessage = async (message: ServiceBusReceivedMessage) => {
      this.open += 1;
      try {
        await events.work(toDelivery(receiver, message));
      } finally {
        this.open -= 1;
        if (this.open === 0) this.drained?.();
      }
    };
    this.subscription = receiver.subscribe(
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
  transport: Transport,
  settings: LinkSettings,
  credential: RelayCredential | undefined,
): ServiceBusClient {
  const options: ServiceBusClientOptions = {
    retryOptions: { maxRetries: 2, retryDelayInMs: 500, timeoutInMs: OPERATION_TIMEOUT_MS },
  };
  if (settings.relay.mode === 'emulator' || !credential) {
    if (settings.relay.mode !== 'emulator') throw new TypeError('tokens need a credential');
    return new ServiceBusClient(settings.relay.connectionString, options);
  }
  const { host } = settings.relay;
  if (transport !== 'websockets') {
    if (settings.ca !== undefined) trustAuthority(host.replace(/:\d+$/, ''), settings.ca);
    return new ServiceBusClient(host, credential, options);
  }
  return new ServiceBusClient(host, credential, {
    ...options,
    webSocketOptions: {
      webSocket: WebSocketClient,
      webSocketConstructorOptions: settings.ca === undefined ? {} : { ca: settings.ca },
    },
  });
}

function receiverOptions(maxAutoLockRenewalDurationInMs: number) {
  // Bodies are frames: parsing them as JSON and looking for dates in them costs a third of the throughput.
  return { skipParsingBodyAsJson: true, skipConvertingDate: true, maxAutoLockRenewalDurationInMs } as const;
}

function toDelivery(receiver: ServiceBusReceiver, message: ServiceBusReceivedMessage): Delivery {
  return {
    body: Buffer.isBuffer(message.body) ? message.body : undefined,
    replyTo: message.replyTo,
    complete: () => receiver.completeMessage(message),
    deadLetter: (reason) =>
      receiver.deadLetterMessage(message, { deadLetterReason: reason, deadLetterErrorDescription: '' }),
  };
}

function toLinkLost(error: unknown): LinkLost {
  if (error instanceof LinkLost) return error;
  const moved = isServiceBusError(error) && MOVED_CODES.has(error.code);
  return new LinkLost(moved, errorText(error), { cause: error });
}
