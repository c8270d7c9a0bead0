import { Logger } from '@nestjs/common';
import { DomainError } from '../common/errors/domain-error.js';
import type { RelayAccess } from '../contract/membership.js';
import type { NamespaceProvisioner } from './namespace-provisioner.js';
import { RelayProvisioner, type MemberAddress, type MemberPlaces, type RelayHost } from './relay-provisioner.js';

const DRAIN_MS = 60_000;

/** A namespace that did not answer is not asked again for this long: each question would wait for its time-out. */
const AWAY_MS = 10_000;

/** The provisioner over all configured namespaces. */
export class ConfiguredProvisioner extends RelayProvisioner {
  private readonly log = new Logger(ConfiguredProvisioner.name);
  private readonly awayUntil = new Map<string, number>();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly namespaces: readonly NamespaceProvisioner[]) {
    super();
  }

  /** Drains dead letters each minute from now on. */
  start(): void {
    this.timer = setInterval(() => void this.drainAll(), DRAIN_MS).unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await Promise.all(this.namespaces.map((namespace) => namespace.close()));
  }

  /** The first one of the configuration: the others are where gateways move to when it fails. */
  namespaceFor(region: string): string | undefined {
    return this.namespacesFor(region)[0];
  }

  namespacesFor(region: string): readonly string[] {
    return this.namespaces.filter(({ regions }) => regions.includes(region)).map(({ name }) => name);
  }

  async isReachable(name: string): Promise<boolean> {
    const isThere = (await this.namespaces.find((one) => one.name === name)?.isReachable()) ?? false;
    if (isThere) this.awayUntil.delete(name);
    else this.awayUntil.set(name, Date.now() + AWAY_MS);
    return isThere;
  }

  hostsFor(region: string): readonly RelayHost[] {
    return this.namespaces.filter(({ regions }) => regions.includes(region)).map(({ host }) => host);
  }

  servedRegions(): readonly string[] {
    return [...new Set(this.namespaces.flatMap(({ regions }) => regions))];
  }

  async provision(member: MemberAddress): Promise<void> {
    await this.of(member.namespace).provision(member);
  }

  async remove(place: { namespace: string; gatewayId: string; epoch: number; memberId?: string }): Promise<void> {
    if (place.memberId !== undefined) return this.of(place.namespace).remove(place);
    const { regions = [] } = this.namespaces.find(({ name }) => name === place.namespace) ?? {};
    // A gateway that moved has left an epoch behind in another namespace of its region.
    const shared = this.namespaces.filter((one) => one.regions.some((region) => regions.includes(region)));
    const removed = await Promise.allSettled(shared.map((one) => this.removeFrom(one, place)));
    for (const result of removed) if (result.status === 'rejected') throw result.reason;
  }

  async access(member: MemberAddress): Promise<{ relay: RelayAccess; queues: MemberPlaces }> {
    return this.of(member.namespace).access(member);
  }

  async drainDeadLetters(places: readonly MemberAddress[]): Promise<number> {
    let count = 0;
    for (const namespace of this.namespaces) {
      const own = places.filter((place) => place.namespace === namespace.name);
      if (own.length > 0) count += await namespace.drainDeadLetters(own);
    }
    return count;
  }

  private async removeFrom(
    namespace: NamespaceProvisioner,
    place: Parameters<NamespaceProvisioner['remove']>[0],
  ): Promise<void> {
    if ((this.awayUntil.get(namespace.name) ?? 0) > Date.now()) {
      throw new DomainError('BROKER_UNAVAILABLE', { namespace: namespace.name });
    }
    await namespace.remove(place);
  }

  private async drainAll(): Promise<void> {
    for (const namespace of this.namespaces) {
      try {
        await namespace.drainDeadLetters();
      } catch (error) {
        this.log.warn({
          event: 'dead-letter.drain-failed',
          namespace: namespace.name,
          reason: String(error).slice(0, 300),
        });
      }
    }
  }

  /** @throws DomainError BROKER_UNAVAILABLE for a namespace that is not configured any more */
  private of(name: string): NamespaceProvisioner {
    const namespace = this.namespaces.find((one) => one.name === name);
    if (!namespace) throw new DomainError('BROKER_UNAVAILABLE', { namespace: name });
    return namespace;
  }
}
