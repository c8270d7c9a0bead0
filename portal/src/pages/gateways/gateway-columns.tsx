import type { GatewaySummary } from '../../api/gateway-summaries.js';
import { AppLink } from '../../parts/app-link.js';
import { RelativeTime } from '../../parts/relative-time.js';
import { StatusLabel } from '../../parts/status-label.js';
import type { TableColumn } from '../../parts/table-column.js';
import { texts } from '../../texts/texts.js';
import { HEALTH_TONES } from '../../parts/health-tones.js';
import { CheckOutcome } from './check-outcome.js';
import type { GatewayCheck } from './use-gateway-checks.js';

const { columns, members, noVersion, statuses } = texts.gateways;
/** The worst first. */
const WORST = { offline: 0, degraded: 1, online: 2 } as const;

const COLUMNS: readonly TableColumn<GatewaySummary>[] = [
  {
    id: 'name',
    header: columns.name,
    track: 'minmax(12rem, 3fr)',
    show: ({ id, displayName }) => <AppLink to={`/gateways/${id}`}>{displayName}</AppLink>,
    sortBy: ({ displayName }) => displayName,
  },
  {
    id: 'status',
    header: columns.status,
    track: '7rem',
    show: ({ status }) => <StatusLabel tone={HEALTH_TONES[status]} label={statuses[status]} />,
    sortBy: ({ status }) => WORST[status],
  },
  {
    id: 'region',
    header: columns.region,
    track: 'minmax(7rem, 1fr)',
    show: ({ region }) => region,
    sortBy: ({ region }) => region,
  },
  {
    id: 'version',
    header: columns.version,
    track: '7rem',
    show: ({ version }) => version ?? noVersion,
    sortBy: ({ version }) => version,
  },
  {
    id: 'members',
    header: columns.members,
    track: '8rem',
    show: (gateway) => members(gateway.membersOnline, gateway.members),
    sortBy: ({ membersOnline }) => membersOnline,
    isNumber: true,
  },
  {
    id: 'connections',
    header: columns.connections,
    track: '7rem',
    show: ({ connections }) => connections.toLocaleString('en'),
    sortBy: ({ connections }) => connections,
    isNumber: true,
  },
  {
    id: 'seen',
    header: columns.seen,
    track: '10rem',
    show: ({ lastHeartbeatAt }) => <RelativeTime at={lastHeartbeatAt} />,
    sortBy: ({ lastHeartbeatAt }) => lastHeartbeatAt,
  },
];

/** The list's columns; what a health check found comes last, as soon as there is one. */
export function gatewayColumns(checks: ReadonlyMap<string, GatewayCheck>): readonly TableColumn<GatewaySummary>[] {
  if (checks.size === 0) return COLUMNS;
  const check: TableColumn<GatewaySummary> = {
    id: 'check',
    header: columns.check,
    track: 'minmax(9rem, 2fr)',
    show: ({ id }) => <CheckOutcome check={checks.get(id)} />,
  };
  return [...COLUMNS, check];
}
