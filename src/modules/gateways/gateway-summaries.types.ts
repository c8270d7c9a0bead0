/** How a gateway is: all of its enabled members take work, some do, none does. */
export const GATEWAY_STATUSES = ['online', 'degraded', 'offline'] as const;
export type GatewayStatus = (typeof GATEWAY_STATUSES)[number];

/** A gateway in one line of a long list. */
export interface GatewaySummary {
  readonly id: string;
  readonly displayName: string;
  readonly region: string;
  readonly status: GatewayStatus;
  /** Of its newest member; null for one without members. */
  readonly version: string | null;
  readonly members: number;
  readonly membersOnline: number;
  readonly connections: number;
  /** The latest of all members. */
  readonly lastHeartbeatAt: Date | null;
}

/** Gateways and members by what they can do now. */
export interface GatewayCounts {
  readonly gateways: Readonly<Record<GatewayStatus, number>>;
  readonly members: {
    readonly online: number;
    readonly offline: number;
    readonly drained: number;
    readonly disabled: number;
  };
}
