import { AdminHttp } from './admin-http.js';
import { AmqpEndpoint } from './amqp-endpoint.js';
import type { BusEvents } from './bus-events.js';
import { BusNamespace } from './namespace.js';
import { PlainListener } from './plain-listener.js';
import type { QueueLimits, QueueOptions } from './queue-options.js';
import { DEFAULT_QUEUE_OPTIONS } from './queue-options.js';
import { TlsListener } from './tls-listener.js';
import type { SasRule } from './token.js';

/** The message size of the Standard tier, in bytes. */
const DEFAULT_MAX_MESSAGE_BYTES = 262_144;

/** Entity size of Microsoft's emulator; real queues hold 1 GB and more, which no development machine should. */
const DEFAULT_MAX_QUEUE_BYTES = 100 * 1024 * 1024;
const DEFAULT_MAX_QUEUE_MESSAGES = 100_000;

/** Connections of a Basic or Standard namespace are 5,000; one machine needs fewer. */
const MAX_CONNECTIONS = 1000;

/** Connections the emulator takes. */
const EMULATOR_CONNECTIONS = 10;

/** The emulator's only rule; its key is public. */
const EMULATOR_RULE: SasRule = { name: 'RootManageSharedAccessKey', key: 'SAS_KEY_VALUE', rights: ['Manage'] };

/** Queue options of the emulator's own sample configuration where they differ from the service's defaults. */
const EMULATOR_QUEUE: QueueOptions = { ...DEFAULT_QUEUE_OPTIONS, maxDeliveryCount: 3, defaultTimeToLiveMs: 3_600_000 };

/** Milliseconds between two looks at the deadlines of all queues, and of all tokens. */
const SWEEP_MS = 50;
const TOKEN_CHECK_MS = 500;

export interface ServiceBusOptions {
  /** PEM; needed unless only the emulator's port is served. */
  readonly tls?: { readonly key: string; readonly cert: string };
  /** TLS port, 0 = a free one. */
  readonly port?: number;
  /** Plain TCP port that plays Microsoft's emulator, with queues of its own; undefined = off, 0 = a free one. */
  readonly emulatorPort?: number;
  /** Queues that exist at the emulator's start, since it has no administration. */
  readonly emulatorQueues?: readonly string[];
  /** Loopback unless told otherwise. */
  readonly host?: string;
  readonly rules: readonly SasRule[];
  /** Largest message, headers included. */
  readonly maxMessageBytes?: number;
  readonly maxQueueBytes?: number;
  readonly maxQueueMessages?: number;
  readonly log?: BusEvents['log'];
  /** Sees every message that crosses, as raw bytes: tests search them for secrets. */
  readonly tap?: BusEvents['tap'];
}

/** A broker that the unmodified `@azure/service-bus` client takes for Azure Service Bus. In memory, for development and tests. */
export class ServiceBusStandIn {
  private readonly main: BusNamespace;
  private readonly emulator: BusNamespace;
  private readonly mainAmqp: AmqpEndpoint;
  private readonly emulatorAmqp: AmqpEndpoint;
  private readonly tlsListener: TlsListener | undefined;
  private readonly plainListener: PlainListener | undefined;
  private timers: NodeJS.Timeout[] = [];

  /** @throws Error when neither TLS material nor the emulator's port is given */
  constructor(options: ServiceBusOptions) {
    if (!options.tls && options.emulatorPort === undefined)
      throw new Error('the Service Bus stand-in needs TLS material, or the port of the emulator');
    const events: BusEvents = { log: options.log ?? (() => undefined), tap: options.tap ?? (() => undefined) };
    const maxMessageBytes = options.maxMessageBytes ?? DEFAULT_MAX_MESSAGE_BYTES;
    const limits: QueueLimits = {
      maxBytes: options.maxQueueBytes ?? DEFAULT_MAX_QUEUE_BYTES,
      maxMessages: options.maxQueueMessages ?? DEFAULT_MAX_QUEUE_MESSAGES,
    };
    const host = options.host ?? '127.0.0.1';
    this.main = new BusNamespace({ rules: options.rules, maxMessageBytes, limits, events });
    this.emulator = new BusNamespace({ rules: [EMULATOR_RULE], maxMessageBytes, limits, events });
    this.mainAmqp = new AmqpEndpoint(this.main, MAX_CONNECTIONS);
    this.emulatorAmqp = new AmqpEndpoint(this.emulator, EMULATOR_CONNECTIONS);
    for (const name of options.emulatorQueues ?? []) this.emulator.create(name, EMULATOR_QUEUE);
    if (options.tls) {
      const listen = { tls: options.tls, port: options.port ?? 0, host, maxConnections: MAX_CONNECTIONS };
      this.tlsListener = new TlsListener(listen, this.mainAmqp, new AdminHttp(this.main), events.log);
    }
    if (options.emulatorPort !== undefined)
      this.plainListener = new PlainListener(options.emulatorPort, host, this.emulatorAmqp);
  }

  async start(): Promise<void> {
    await this.tlsListener?.start();
    await this.plainListener?.start();
    const sweep = setInterval(() => {
      this.main.sweep();
      this.emulator.sweep();
    }, SWEEP_MS);
    const check = setInterval(() => {
      this.mainAmqp.checkTokens(this.main.clock());
      this.emulatorAmqp.checkTokens(this.emulator.clock());
    }, TOKEN_CHECK_MS);
    this.timers = [sweep, check];
  }

  async stop(): Promise<void> {
    for (const timer of this.timers) clearInterval(timer);
    this.timers = [];
    await Promise.all([this.tlsListener?.stop(), this.plainListener?.stop()]);
  }

  /** The TLS port. @throws Error when TLS is not served */
  get port(): number {
    if (!this.tlsListener) throw new Error('the TLS port is not served');
    return this.tlsListener.port;
  }

  get emulatorPort(): number | undefined {
    return this.plainListener?.port;
  }

  /** Open AMQP connections of both ports. */
  get connections(): number {
    return this.mainAmqp.connections + this.emulatorAmqp.connections;
  }

  /** Cuts all sockets and keeps the queues: the broker seems to go away, and is back at once. */
  dropConnections(): void {
    this.tlsListener?.dropConnections();
    this.plainListener?.dropConnections();
  }

  queue(name: string): { active: number; deadLettered: number; bytes: number } | undefined {
    const entry = this.main.find(name) ?? this.emulator.find(name);
    if (!entry) return undefined;
    const { queue } = entry.main;
    const deadLetters = entry.deadLetter.queue;
    return { active: queue.activeCount, deadLettered: deadLetters.size, bytes: queue.bytes + deadLetters.bytes };
  }

  queueNames(): string[] {
    return [...this.main.list(), ...this.emulator.list()].map(({ name }) => name);
  }
}

export type { SasRule } from './token.js';
