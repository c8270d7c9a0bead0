import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { PeriodicWork } from '../../common/periodic-work.js';
import { withFreeAdvisoryLock } from '../../common/prisma/advisory-lock.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import { AppConfig } from '../../config/env.js';
import { RelayBroker } from '../../relay-broker/relay-broker.js';
import { RelayProvisioner } from '../../relay-broker/relay-provisioner.js';
import { SERVICE } from '../audit/audit.types.js';
import { EpochsService } from './epochs.service.js';
import { NamespaceTimings } from './namespace-timings.js';

/** Gateways fetched together, and moved at once: each takes some requests to the relay and one short transaction. */
const BATCH = 200;
const AT_ONCE = 8;

interface StrandedGateway {
  readonly id: string;
  readonly tenantId: string;
  readonly namespace: string;
}

/**
 * Moves gateways out of a namespace that is lost to the next one of their region, and back when it was well for a while. A
 * move is a new epoch: members ask for their session and find themselves elsewhere.
 */
@Injectable()
export class NamespaceFailoverService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger(NamespaceFailoverService.name);
  /** Since when each namespace has been well, as this replica sees it. */
  private readonly wellSince = new Map<string, number>();
  private isStopped = false;
  private readonly rounds = new PeriodicWork(() => this.look());

  constructor(
    private readonly config: AppConfig,
    private readonly prisma: PrismaService,
    private readonly broker: RelayBroker,
    private readonly provisioner: RelayProvisioner,
    private readonly epochs: EpochsService,
    private readonly timings: NamespaceTimings,
  ) {}

  onApplicationBootstrap(): void {
    // Where no region has two namespaces there is nowhere to go.
    if (this.regions().length === 0) return;
    this.rounds.start(this.timings.lookMs);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.isStopped = true;
    await this.rounds.stop();
  }

  /** Looks at all namespaces once, and moves what has to move. Never fails: the next look tries again. */
  async look(): Promise<void> {
    try {
      const lost = await this.lostNamespaces(Date.now());
      const well = this.wellNamespaces(Date.now());
      for (const region of this.regions()) {
        const order = this.provisioner.namespacesFor(region);
        const refuge = order.find((name) => !lost.has(name) && this.broker.isReady(name));
        const preferred = order[0];
        for (const name of order) if (lost.has(name)) await this.evacuate(region, name, refuge);
        if (preferred !== undefined && well.has(preferred)) await this.bringBack(region, preferred);
      }
    } catch (error) {
      this.log.warn({ event: 'namespaces.not-looked-at', reason: String(error).slice(0, 300) });
    }
  }

  private regions(): string[] {
    return this.provisioner.servedRegions().filter((region) => this.provisioner.namespacesFor(region).length > 1);
  }

  private async lostNamespaces(now: number): Promise<ReadonlySet<string>> {
    const lost = new Set<string>();
    for (const name of new Set(this.regions().flatMap((region) => this.provisioner.namespacesFor(region)))) {
      const since = this.broker.lostSince(name)?.getTime();
      if (since === undefined) this.wellSince.set(name, this.wellSince.get(name) ?? now);
      else this.wellSince.delete(name);
      if (since === undefined || now - since < this.timings.lostMs) continue;
      if (!(await this.provisioner.isReachable(name))) lost.add(name);
    }
    return lost;
  }

  private wellNamespaces(now: number): ReadonlySet<string> {
    const { wellMs } = this.timings;
    return new Set([...this.wellSince].filter(([, since]) => now - since >= wellMs).map(([name]) => name));
  }

  /** A replica that reaches no namespace of the region has lost the network, not the region: it moves nothing. */
  private async evacuate(region: string, from: string, to: string | undefined): Promise<void> {
    if (to === undefined) return;
    await withFreeAdvisoryLock(this.config.databaseUrl, 'namespaceMoves', async () => {
      let moved = 0;
      for (;;) {
        const stranded = await this.gatewaysIn(region, from, BATCH);
        if (stranded.length === 0 || this.isStopped) break;
        const results: boolean[] = [];
        for (let next = 0; next < stranded.length; next += AT_ONCE) {
          const together = stranded.slice(next, next + AT_ONCE);
          results.push(...(await Promise.all(together.map((gateway) => this.move(gateway, to, 'namespace lost')))));
        }
        moved += results.filter(Boolean).length;
        if (!results.every(Boolean)) break;
      }
      if (moved > 0) this.log.warn({ event: 'namespace.evacuated', region, from, to, gateways: moved });
    });
  }

  /** One gateway a look, and only while it does nothing: nobody shall notice. */
  private async bringBack(region: string, preferred: string): Promise<void> {
    const [any] = await this.calmElsewhere(region, preferred);
    if (!any || this.isStopped) return;
    await withFreeAdvisoryLock(this.config.databaseUrl, 'namespaceMoves', async () => {
      const [calm] = await this.calmElsewhere(region, preferred);
      if (calm) await this.move(calm, preferred, 'namespace well again');
    });
  }

  private async move({ id, tenantId, namespace: from }: StrandedGateway, to: string, reason: string): Promise<boolean> {
    try {
      await this.epochs.change(tenantId, id, async (tx) => {
        await tx.gateway.updateMany({ where: { id, tenantId }, data: { namespace: to } });
        const subject = { type: 'gateway', id };
        const details = { from, to, reason };
        return [{ tenantId, actor: SERVICE, action: 'gateway.moved', gatewayId: id, subject, details }];
      });
      return true;
    } catch (error) {
      this.log.warn({ event: 'gateway.not-moved', gatewayId: id, to, reason: String(error).slice(0, 300) });
      return false;
    }
  }

  private gatewaysIn(region: string, namespace: string, take: number): Promise<StrandedGateway[]> {
    return this.prisma.$queryRaw`
      SELECT id::text, "tenantId"::text, namespace FROM gateway
      WHERE namespace = ${namespace} AND region = ${region} ORDER BY id LIMIT ${take}`;
  }

  private calmElsewhere(region: string, preferred: string): Promise<StrandedGateway[]> {
    return this.prisma.$queryRaw`
      SELECT g.id::text, g."tenantId"::text, g.namespace FROM gateway g
      WHERE g.region = ${region} AND g.namespace <> ${preferred} AND NOT EXISTS (
        SELECT 1 FROM member m WHERE m."gatewayId" = g.id AND m."tenantId" = g."tenantId" AND m."inFlight" > 0)
      ORDER BY g.id LIMIT 1`;
  }
}
