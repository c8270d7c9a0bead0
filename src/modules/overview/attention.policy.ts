import type { AlertView } from '../alerts/alerts.types.js';
import type { ConnectionSummaryRow } from '../connections/connection-summaries.types.js';
import type { Attention } from './overview.types.js';

/** More than this nobody sees to at once; the lists of alerts and connections have them all. */
export const MAX_ATTENTION = 100;

/** What needs attention, the critical first, each in the order it came in. */
export function attentionOf(
  alerts: readonly AlertView[],
  failing: readonly ConnectionSummaryRow[],
): readonly Attention[] {
  const all = [...alerts.map(ofAlert), ...failing.map(ofConnection)];
  const critical = all.filter(({ severity }) => severity === 'critical');
  const others = all.filter(({ severity }) => severity !== 'critical');
  return [...critical, ...others].slice(0, MAX_ATTENTION);
}

function ofAlert({ id, kind, severity, text, remedy, details, gatewayId, connectionId }: AlertView): Attention {
  return {
    kind,
    severity,
    name: details.name,
    title: text,
    remedy,
    ...(gatewayId !== undefined && { gatewayId }),
    ...(connectionId !== undefined && { connectionId }),
    alertId: id,
  };
}

function ofConnection({ id, displayName, gatewayId }: ConnectionSummaryRow): Attention {
  return {
    kind: 'connection-failing',
    severity: 'warning',
    name: displayName,
    title: 'The last test of this connection failed.',
    remedy: 'Test it again, and follow the reason it gives.',
    gatewayId,
    connectionId: id,
  };
}
