import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import pg from 'pg';
import { AppConfig } from '../../config/env.js';
import type { Transaction } from './transaction.js';

/** What replicas keep in memory and must hear about. */
export type ChangeTopic =
  'gateway' | 'connection' | 'environment' | 'licence' | 'policy' | 'principal' | 'release' | 'root';

/** Also of the script that publishes releases, which is no replica. */
export const CHANNEL = 'tidegate_changes';

/** Caches hold what they know for two seconds at most, so a second without the link does little harm. */
const RECONNECT_MS = 1_000;

/** A silent link is asked this often whether it still lives: a half-open one would leave caches stale for hours. */
const PROBE_MS = 15_000;

/** Told the id of what changed, or `*` when changes may have been missed and everything must be forgotten. */
export type ChangeListener = (id: string) => void;

/**
 * Tells every replica, once the transaction is committed; also for programs that are none themselves.
 *
 * @param id of what changed; ids only, at most 100 characters: PostgreSQL takes 8,000 bytes a notification
 */
export async function publishChange(tx: Transaction, topic: ChangeTopic, id: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_notify(${CHANNEL}, ${`${topic} ${id}`})`;
}

/** Tells every replica what changed, once the transaction that changed it is committed (LISTEN and NOTIFY). */
@Injectable()
export class Changes implements OnModuleInit, OnApplicationShutdown {
  private readonly log = new Logger(Changes.name);
  private readonly listeners = new Map<string, ChangeListener[]>();
  private client: pg.Client | undefined;
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(private readonly config: AppConfig) {}

  /** @see publishChange */
  publish(tx: Transaction, topic: ChangeTopic, id: string): Promise<void> {
    return publishChange(tx, topic, id);
  }

  on(topic: ChangeTopic, listener: ChangeListener): void {
    const known = this.listeners.get(topic);
    if (known) known.push(listener);
    else this.listeners.set(topic, [listener]);
  }

  async onModuleInit(): Promise<void> {
    await this.connect();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.client?.end();
  }

  private async connect(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.config.databaseUrl,
      application_name: 'tidegate-changes',
      connectionTimeoutMillis: 5_000,
      query_timeout: 5_000,
      keepAlive: true,
    });
    this.client = client;
    client.on('notification', ({ payload }) => this.deliver(payload ?? ''));
    client.on('error', (error) => this.lost(client, error));
    client.on('end', () => this.lost(client, undefined));
    try {
      await client.connect();
      await client.query(`LISTEN ${CHANNEL}`);
      this.probeLater(client);
    } catch (error) {
      this.lost(client, error);
    }
  }

  private deliver(payload: string): void {
    const [topic = '', id = ''] = payload.split(' ');
    for (const listener of this.listeners.get(topic) ?? []) listener(id);
  }

  private probeLater(client: pg.Client): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      client.query('SELECT 1').then(
        () => this.client === client && !this.stopped && this.probeLater(client),
        (error: unknown) => this.lost(client, error),
      );
    }, PROBE_MS).unref();
  }

  /** Everything known may be stale from here until the link stands again: both ends of the gap are told. */
  private lost(client: pg.Client, error: unknown): void {
    if (this.client !== client || this.stopped) return;
    this.client = undefined;
    if (error !== undefined)
      this.log.warn({ event: 'changes.lost', reason: error instanceof Error ? error.message : 'ended' });
    client.end().catch((cause: unknown) => this.log.debug({ event: 'changes.end', reason: String(cause) }));
    this.forgetEverything();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      void this.connect().then(() => this.forgetEverything());
    }, RECONNECT_MS).unref();
  }

  private forgetEverything(): void {
    for (const listeners of this.listeners.values()) for (const listener of listeners) listener('*');
  }
}
