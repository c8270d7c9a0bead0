import type { Capabilities } from '../../contract/capabilities.js';
import type { SealingPublicKey } from '../../contract/registration.js';

export const LOAD_BALANCINGS = ['Failover', 'DistributeEvenly'] as const;
export type LoadBalancing = (typeof LOAD_BALANCINGS)[number];

/** A member as the dispatcher and the liveness rules see it. */
export interface RouteMember {
  readonly id: string;
  readonly name: string;
  readonly enabled: boolean;
  /** It says so, or is to. */
  readonly draining: boolean;
  readonly receiving: boolean;
  /** What is wrong with its machine; it takes no work meanwhile. */
  readonly conditions: readonly string[];
  /** How often it came back from being offline lately, and when it did last. */
  readonly flaps: number;
  readonly flapsSince: Date | null;
  readonly lastHeartbeatAt: Date | null;
  /** Epoch whose queues it said it listens to; null while it is not connected. */
  readonly connectedEpoch: number | null;
  readonly version: string;
  readonly capabilities: Capabilities;
  /** Ids of the sealing keys it holds; none: it did not say. */
  readonly keyIds: readonly string[];
  readonly createdAt: Date;
}

/** What the liveness rules need of a member. */
export type MemberState = Pick<
  RouteMember,
  | 'id'
  | 'enabled'
  | 'draining'
  | 'conditions'
  | 'flaps'
  | 'flapsSince'
  | 'lastHeartbeatAt'
  | 'connectedEpoch'
  | 'createdAt'
>;

/** What the liveness rules need of a gateway. */
export interface GatewayState<M extends MemberState = MemberState> {
  readonly id: string;
  readonly epoch: number;
  readonly loadBalancing: LoadBalancing;
  readonly members: readonly M[];
}

/** A gateway as an administrator sees it. */
export interface GatewayView {
  readonly id: string;
  readonly name: string;
  readonly region: string;
  readonly loadBalancing: LoadBalancing;
  readonly sealingKey: SealingPublicKey;
  readonly sealingKeyId: string;
  /** Of the newest member; undefined for a gateway without members. */
  readonly version: string | undefined;
  /** Of each member. */
  readonly memberVersions: readonly string[];
  readonly memberCount: number;
  readonly allowCloudConnectionRefresh: boolean;
  readonly allowCustomConnectors: boolean;
  /** Percent above which members stop receiving; 0: never. */
  readonly cpuThreshold: number;
  readonly memoryThreshold: number;
  /** For people: what it is for, whose it is, whom to ask. */
  readonly description: string | null;
  readonly department: string | null;
  readonly contactInformation: readonly string[];
}

/** A gateway with its members, the first installed first. */
export interface ClusterView extends GatewayView {
  readonly members: readonly MemberView[];
}

/** Whose gateways are listed: those the caller holds a role at, or all of the tenant. */
export const GATEWAY_SCOPES = ['individual', 'organization'] as const;
export type GatewayScope = (typeof GATEWAY_SCOPES)[number];

/** What a list of gateways is narrowed to. */
export interface GatewayFilter {
  /** Gateway region key; undefined: gateways of all regions. */
  readonly region?: string | undefined;
  /** Undefined: as much as the caller may see. */
  readonly scope?: GatewayScope | undefined;
}

/** What may change of a gateway. Absent means: as it is. */
export interface GatewayChange {
  readonly name?: string | undefined;
  readonly loadBalancing?: LoadBalancing | undefined;
  readonly allowCloudConnectionRefresh?: boolean | undefined;
  readonly allowCustomConnectors?: boolean | undefined;
  readonly cpuThreshold?: number | undefined;
  readonly memoryThreshold?: number | undefined;
  readonly description?: string | undefined;
  readonly department?: string | undefined;
  readonly contactInformation?: readonly string[] | undefined;
}

/** What may change of a member. Absent means: as it is. */
export interface MemberChange {
  readonly displayName?: string | undefined;
  readonly enabled?: boolean | undefined;
}

/** How a member is, in the word that matters most; `attention`: it is there, but takes no work. */
export type MemberStateName = 'online' | 'offline' | 'disabled' | 'draining' | 'attention';

/** Of a member's machine, as its last heartbeat said. */
export interface MemberLoad {
  readonly cpuPercent: number;
  readonly memoryPercent: number;
  readonly diskFreeBytes: number;
}

/** A member as an administrator sees it. */
export interface MemberView {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly enabled: boolean;
  readonly sealingKey: SealingPublicKey;
  readonly state: MemberStateName;
  readonly lastHeartbeatAt: Date | null;
  /** Requests under way at its last heartbeat. */
  readonly inFlight: number;
  readonly load: MemberLoad | undefined;
  /** What is wrong with it, in the words of the contract; `flapping` when it comes and goes. */
  readonly conditions: readonly string[];
  /** How often its own policy refused something since it started, by the kind of rule. */
  readonly refusals: Readonly<Record<string, number>>;
  /** Until when it finishes what is under way; null: it is not to drain. */
  readonly drainDeadline: Date | null;
}

/** What it takes to make a connection lead through a gateway. */
export interface GatewayTarget {
  readonly id: string;
  readonly region: string;
  readonly sealingKey: SealingPublicKey;
  readonly sealingKeyId: string;
  /** Ids for which a credential may be sealed: the gateway's and its members', lower case. */
  readonly ids: readonly string[];
}

/** The member that an access token belongs to. */
export interface AuthenticatedMember {
  readonly id: string;
  readonly tenantId: string;
  readonly gatewayId: string;
  /** Raw X25519 public key. */
  readonly receivingKey: Uint8Array;
  /** Number of the start that holds the token. */
  readonly instance: number;
  /** Of its gateway, now. */
  readonly epoch: number;
  readonly namespace: string;
}
