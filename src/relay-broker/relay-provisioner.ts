import type { RelayAccess } from '../contract/membership.js';

/** The names under which one member finds its work. */
export interface MemberPlaces {
  readonly work: string;
  readonly member: string;
}

/** A host of the relay as agents reach it. */
export interface RelayHost {
  readonly name: string;
  readonly ports: readonly number[];
}

/** One member of a gateway in one epoch. */
export interface MemberAddress {
  readonly namespace: string;
  readonly gatewayId: string;
  readonly epoch: number;
  readonly memberId: string;
}

/**
 * Makes and removes the places on the relay and the permissions to use them. The only holder of the Manage right; it may
 * run as its own process.
 */
export abstract class RelayProvisioner {
  /** Namespace that a new gateway of the region gets; undefined when none is configured. */
  abstract namespaceFor(region: string): string | undefined;

  /** All namespaces that carry the region, the preferred one first: where one fails, gateways move to the next. */
  abstract namespacesFor(region: string): readonly string[];

  /** Whether the namespace's management answers, which is another door than the one that messages take. */
  abstract isReachable(namespace: string): Promise<boolean>;

  /** Hosts that agents of the region's gateways connect to. */
  abstract hostsFor(region: string): readonly RelayHost[];

  /** Gateway regions that have a relay. */
  abstract servedRegions(): readonly string[];

  /** Makes what the member needs. Harmless when it exists. @throws DomainError BROKER_UNAVAILABLE */
  abstract provision(member: MemberAddress): Promise<void>;

  /**
   * Removes a whole epoch of a gateway, from whichever namespace of its region it was in, or one member's part of it.
   * Harmless when it is gone.
   *
   * @throws DomainError BROKER_UNAVAILABLE, also when one of these namespaces is away: something may be left there
   */
  abstract remove(place: { namespace: string; gatewayId: string; epoch: number; memberId?: string }): Promise<void>;

  /** Mints what the member needs to connect; tokens live 60 minutes. */
  abstract access(member: MemberAddress): Promise<{ relay: RelayAccess; queues: MemberPlaces }>;

  /** Empties dead-letter places, keeping id, reason and size of what was in them, never bodies. @returns how many were drained */
  abstract drainDeadLetters(places: readonly MemberAddress[]): Promise<number>;
}
