import type { Capabilities } from '../../contract/capabilities.js';
import type { SealingPublicKey } from '../../contract/registration.js';

export const LOAD_BALANCINGS = ['Failover', 'DistributeEvenly'] as const;
export type LoadBalancing = (typeof LOAD_BALANCINGS)[number];

/** A member as the dispatcher and the liveness rules see it. */
export interface RouteMember {
  readonly id: string;
  readonly name: string;
  readonly enabled: boolean;
  readonly draining: boolean;
  readonly receiving: boolean;
  readonly lastHeartbeatAt: Date | null;
  /** Epoch whose queues it said it listens to; null while it is not connected. */
  readonly connectedEpoch: number | null;
  readonly version: string;
  readonly capabilities: Capabilities;
  readonly createdAt: Date;
}

/** What the liveness rules need of a member. */
export type MemberState = Pick<
  RouteMember,
  'id' | 'enabled' | 'draining' | 'lastHeartbeatAt' | 'connectedEpoch' | 'createdAt'
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
  readonly memberCount: number;
  readonly allowCloudConnectionRefresh: boolean;
  readonly allowCustomConnectors: boolean;
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
}

/** A member as an administrator sees it. */
export interface MemberView {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly enabled: boolean;
  readonly sealingKey: SealingPublicKey;
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
