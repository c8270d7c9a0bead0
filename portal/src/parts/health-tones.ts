import type { GatewayHealth } from '../api/gateway-summaries.js';
import type { StatusTone } from './status-label.js';

/** How a gateway's health looks. */
export const HEALTH_TONES: Readonly<Record<GatewayHealth, StatusTone>> = {
  online: 'good',
  degraded: 'warning',
  offline: 'bad',
};
