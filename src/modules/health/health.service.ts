import { Injectable } from '@nestjs/common';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import { RelayBroker } from '../../relay-broker/relay-broker.js';
import { RelayProvisioner } from '../../relay-broker/relay-provisioner.js';

/** What a load balancer and a person on call want to know first. */
export interface Health {
  readonly status: 'ok' | 'degraded';
  readonly database: 'ok' | 'unreachable';
  /** By relay namespace. */
  readonly relay: Readonly<Record<string, 'ok' | 'unreachable'>>;
}

/** Probes come every few seconds from several sides; the database is asked once in this time. */
const CACHE_MS = 1_000;

/** A database that takes longer serves nobody. */
const TIMEOUT_MS = 2_000;

@Injectable()
export class HealthService {
  private last: { readonly at: number; readonly database: Promise<boolean> } | undefined;

  constructor(
    private readonly prisma: PrismaService,
    private readonly broker: RelayBroker,
    private readonly provisioner: RelayProvisioner,
  ) {}

  async check(): Promise<Health> {
    const relay: Record<string, 'ok' | 'unreachable'> = {};
    for (const region of this.provisioner.servedRegions()) {
      const namespace = this.provisioner.namespaceFor(region);
      if (namespace !== undefined) relay[namespace] = this.broker.isReady(namespace) ? 'ok' : 'unreachable';
    }
    const database = (await this.isDatabaseUp()) ? 'ok' : 'unreachable';
    const isWhole = database === 'ok' && Object.values(relay).every((state) => state === 'ok');
    return { status: isWhole ? 'ok' : 'degraded', database, relay };
  }

  private isDatabaseUp(): Promise<boolean> {
    if (this.last && Date.now() - this.last.at < CACHE_MS) return this.last.database;
    const database = this.askDatabase();
    this.last = { at: Date.now(), database };
    return database;
  }

  private async askDatabase(): Promise<boolean> {
    const { promise: tooLong, resolve } = promiseOf<boolean>();
    const timer = setTimeout(() => resolve(false), TIMEOUT_MS);
    const asked = this.prisma.$queryRaw`SELECT 1`.then(
      () => true,
      () => false,
    );
    const isUp = await Promise.race([asked, tooLong]);
    clearTimeout(timer);
    return isUp;
  }
}

function promiseOf<T>(): { readonly promise: Promise<T>; readonly resolve: (value: T) => void } {
  let resolve!: (value: T) => void;
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
