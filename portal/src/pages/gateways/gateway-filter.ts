import type { GatewaySummary } from '../../api/gateway-summaries.js';

export const FILTER_NAMES = ['search', 'status', 'region', 'version', 'scope', 'sort'] as const;
/** What the list shows, as it stands in the address; empty for everything. */
export type GatewayFilter = Readonly<Record<(typeof FILTER_NAMES)[number], string>>;

export const NO_FILTER: GatewayFilter = { search: '', status: '', region: '', version: '', scope: '', sort: '' };

/** The search is the service's part; the rest is chosen among what it gave. */
export function narrow(gateways: readonly GatewaySummary[], filter: GatewayFilter): readonly GatewaySummary[] {
  const { status, region, version } = filter;
  return gateways.filter(
    (gateway) =>
      (status === '' || gateway.status === status) &&
      (region === '' || gateway.region === region) &&
      (version === '' || gateway.version === version),
  );
}

export function isNarrowed({ search, status, region, version }: GatewayFilter): boolean {
  return [search, status, region, version].some((text) => text !== '');
}
