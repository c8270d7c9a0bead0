import type { ServiceBusClient } from '@azure/service-bus';
import type { RelayAccess } from '../contract/membership.js';
import type { MemberAddress, MemberPlaces, RelayHost } from './relay-provisioner.js';

/** What one namespace has to offer, whatever kind it is: a real one or Microsoft's emulator. */
export interface NamespaceProvisioner {
  readonly name: string;
  readonly regions: readonly string[];

  /** As agents reach it. */
  readonly host: RelayHost;

  /** Whether the management answers, whatever it says. */
  isReachable(): Promise<boolean>;

  provision(member: MemberAddress): Promise<void>;
  remove(place: { gatewayId: string; epoch: number; memberId?: string }): Promise<void>;
  access(member: MemberAddress): Promise<{ relay: RelayAccess; queues: MemberPlaces }>;

  /** Empties the dead letters of these places; of all, when none are named. @returns how many there were */
  drainDeadLetters(places?: readonly MemberAddress[]): Promise<number>;

  /** Makes this replica's reply queue. @returns its name on the bus */
  replyPlace(replicaId: string): Promise<string>;

  /** The replica goes: what its reply queue took may be used by others. */
  releaseReplyPlace(replicaId: string): Promise<void>;

  /** The name on the bus of what `queues.ts` calls by another; undefined: it is not there. */
  placeOf(purpose: string): string | undefined | Promise<string | undefined>;

  /** A client with the rights of a replica and no more. */
  client(replyPlace: string): ServiceBusClient;

  close(): Promise<void>;
}
