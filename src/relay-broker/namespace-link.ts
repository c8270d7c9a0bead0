import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type { ProcessErrorArgs, ServiceBusClient, ServiceBusReceivedMessage } from '@azure/service-bus';
import { busErrorCode, isPlaceGone } from './bus-error.js';
import type { NamespaceProvisioner } from './namespace-provisioner.js';
import type { Outgoing } from './send-lane.js';
import { SendLanes } from './send-lanes.js';

/**
 * Credit of the reply link: answers under way at once. Handling one takes microseconds and never waits, so this bounds the
 * burst that the client reads ahead and not our concurrency.
 */
const REPLY_CREDIT = 1_000;

const RETRY_START_MS = 1_000;

/** A reply queue nobody uses for an hour is deleted by Service Bus; this often it carries a message to itself. */
const KEEP_ALIVE_MS = 10 * 60_000;

/** How long leaving politely may take: a bus that is away must not keep the process from ending. */
const STOP_MS = 3_000;

const PING = 'tidegate-ping';

export interface LinkEvents {
  /** A message on the reply queue that is not this link's own. */
  readonly onMessage: (bytes: Buffer) => void;
  /** The reply link stands again after it was lost: what was on its way then may be gone. */
  readonly onRelinked: () => void;
}

/** This replica's way into one namespace: one connection, one reply queue, senders as needed. */
export class NamespaceLink {
  private readonly log = new Logger(NamespaceLink.name);
  private readonly stopping = new AbortController();
  private readonly pings = new Map<string, () => void>();
  private readonly hopeful = new Set<() => void>();
  private connected: { readonly client: ServiceBusClient; readonly lanes: SendLanes } | undefined;
  private keptAliveAt = Date.now();
  private wasLinked = false;
  private isLinked = false;
  private isRestoring = false;
  /** Name of the reply queue on the bus; members send their answers there. */
  replyPlace = '';
  /** Since when answers cannot be received: milliseconds. */
  lostAt: number | undefined = Date.now();

  constructor(
    private readonly provisioner: NamespaceProvisioner,
    private readonly replicaId: string,
    private readonly events: LinkEvents,
  ) {}

  get isReady(): boolean {
    return this.isLinked && !this.stopping.signal.aborted;
  }

  /** Connects, and tries again until it is stopped. Returns when the reply queue is first listened to. */
  async start(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted && !this.connected) {
      try {
        this.replyPlace = await this.provisioner.replyPlace(this.replicaId);
        this.connect();
      } catch (error) {
        this.report('relay.start-failed', error);
        await sleep(RETRY_START_MS, undefined, { signal }).catch(() => undefined);
      }
    }
    await this.ready(RETRY_START_MS * 5);
  }

  /** @returns whether answers can be received, now or within the time */
  async ready(withinMs: number): Promise<boolean> {
    if (this.isReady || this.stopping.signal.aborted) return this.isReady;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(done, withinMs);
      const { hopeful } = this;
      hopeful.add(done);
      function done(): void {
        clearTimeout(timer);
        hopeful.delete(done);
        resolve();
      }
    });
    return this.isReady;
  }

  /** @param purpose the queue's name as `queues.ts` makes it */
  send(purpose: string, outgoing: Outgoing): void {
    const place = this.provisioner.placeOf(purpose);
    if (typeof place === 'string') this.sendTo(place, outgoing);
    else void Promise.resolve(place).then((name) => this.sendTo(name, outgoing), outgoing.onFailed);
  }

  /** Sends a message to itself. @returns whether it came back in time */
  async ping(withinMs: number): Promise<boolean> {
    const messageId = randomUUID();
    const { signal } = this.stopping;
    const body = Buffer.from(PING);
    const waiting = new AbortController();
    this.pings.set(messageId, () => waiting.abort());
    this.sendTo(this.replyPlace, {
      message: { body, messageId, subject: PING, timeToLive: withinMs },
      onFailed: (error) => this.report('relay.ping-failed', error),
    });
    const cameBack = await sleep(withinMs, false, { signal: AbortSignal.any([waiting.signal, signal]) }).catch(
      () => true,
    );
    this.pings.delete(messageId);
    return cameBack && !signal.aborted;
  }

  /** Called every second. */
  sweep(now: number): void {
    this.connected?.lanes.sweep(now);
    if (!this.isReady || now - this.keptAliveAt < KEEP_ALIVE_MS) return;
    this.keptAliveAt = now;
    void this.ping(KEEP_ALIVE_MS / 10);
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    this.isLinked = false;
    for (const done of this.hopeful) done();
    await Promise.race([this.leave(), sleep(STOP_MS, undefined, { ref: false })]);
  }

  private async leave(): Promise<void> {
    try {
      await this.connected?.client.close();
      await this.provisioner.releaseReplyPlace(this.replicaId);
    } catch (error) {
      this.log.warn({ event: 'relay.left-behind', namespace: this.provisioner.name, code: busErrorCode(error) });
    }
  }

  private connect(): void {
    const client = this.provisioner.client(this.replyPlace);
    const lanes = new SendLanes(client, (error) => this.report('relay.sender-close-failed', error));
    this.connected = { client, lanes };
    const receiver = client.createReceiver(this.replyPlace, {
      receiveMode: 'receiveAndDelete',
      skipParsingBodyAsJson: true,
      skipConvertingDate: true,
    });
    const handlers = {
      processMessage: async (message: ServiceBusReceivedMessage): Promise<void> => this.receive(message),
      processError: async (args: ProcessErrorArgs): Promise<void> => this.lost(args),
      // Not documented: the client (7.9.5, streamingReceiver) calls it whenever the link stands, first or again. There is
      // no other sign of a link that was lost and found within a moment. Integration tests fail when it is not called.
      postInitialize: async (): Promise<void> => this.linked(),
    };
    receiver.subscribe(handlers, { maxConcurrentCalls: REPLY_CREDIT, autoCompleteMessages: false });
  }

  private sendTo(place: string | undefined, { message, onFailed }: Outgoing): void {
    if (place === undefined || !this.connected) {
      onFailed(Object.assign(new Error('no such place'), { code: 'MessagingEntityNotFound' }));
      return;
    }
    const { lanes } = this.connected;
    lanes.send(place, {
      message,
      onFailed: (error) => {
        if (isPlaceGone(error)) lanes.forget(place);
        onFailed(error);
      },
    });
  }

  private receive({ body, subject, messageId }: ServiceBusReceivedMessage): void {
    if (subject === PING) this.pings.get(String(messageId))?.();
    else if (Buffer.isBuffer(body)) this.events.onMessage(body);
    else this.log.warn({ event: 'relay.unreadable', replyPlace: this.replyPlace });
  }

  private linked(): void {
    const isAgain = this.wasLinked;
    this.wasLinked = true;
    this.isLinked = true;
    this.lostAt = undefined;
    this.log.log({ event: isAgain ? 'relay.relinked' : 'relay.linked', namespace: this.provisioner.name });
    for (const done of this.hopeful) done();
    if (isAgain) this.events.onRelinked();
  }

  /** The client tries for ever by itself; a queue that is gone it would look for in vain. */
  private lost({ error, errorSource }: ProcessErrorArgs): void {
    this.report('relay.lost', error);
    if (errorSource !== 'receive') return;
    this.isLinked = false;
    this.lostAt ??= Date.now();
    if (!isPlaceGone(error) || this.isRestoring || this.stopping.signal.aborted) return;
    this.isRestoring = true;
    this.provisioner
      .replyPlace(this.replicaId)
      .catch((cause: unknown) => this.report('relay.restore-failed', cause))
      .finally(() => (this.isRestoring = false));
  }

  private report(event: string, error: unknown): void {
    if (this.stopping.signal.aborted) return;
    const reason = error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 300) : typeof error;
    this.log.warn({ event, namespace: this.provisioner.name, code: busErrorCode(error), reason });
  }
}
