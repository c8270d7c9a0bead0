import type { AlertView } from '../alerts/alerts.types.js';
import type { GatewayCounts } from '../gateways/gateway-summaries.types.js';

/** Something to see to, and how. */
export interface Attention {
  /** Of the alert; `connection-failing` for a connection whose last test failed. */
  readonly kind: AlertView['kind'] | 'connection-failing';
  readonly severity: AlertView['severity'];
  /** Of the gateway or connection. */
  readonly name: string;
  /** What is the matter, in one sentence. */
  readonly title: string;
  /** What to do, in one sentence. */
  readonly remedy: string;
  readonly gatewayId?: string;
  readonly connectionId?: string;
  readonly alertId?: string;
}

/** How everything that the caller may see is doing. */
export interface Overview extends GatewayCounts {
  readonly connections: { readonly total: number; readonly failing: number };
  /** The critical first; at most a hundred. */
  readonly attention: readonly Attention[];
}
