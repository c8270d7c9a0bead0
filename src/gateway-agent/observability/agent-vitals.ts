import type { SourceKind } from '../../contract/targets.js';

/** Sessions that a connector holds at its sources. */
export interface SessionCounts {
  readonly open: number;
  readonly idle: number;
  /** Requests that wait for one. */
  readonly waiting: number;
}

/** How the agent is, whenever it is asked. */
export interface AgentVitals {
  readonly connected: boolean;
  readonly transport: string | undefined;
  readonly receiving: boolean;
  readonly draining: boolean;
  readonly inFlight: number;
  readonly conditions: readonly string[];
  readonly heartbeats: {
    readonly answered: number;
    readonly failed: number;
    /** Epoch milliseconds. */
    readonly lastAnswerAt: number | undefined;
  };
  /** Only of connectors that pool. */
  readonly sessions: ReadonlyMap<SourceKind, SessionCounts>;
}
