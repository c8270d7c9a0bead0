import { DomainError } from '../../common/errors/domain-error.js';
import { REGION_MAP, REGION_MAP_VERSION } from './regions.data.js';

const byEnvironmentRegion = new Map<string, readonly string[]>();
const byGatewayRegion = new Map<string, { readonly displayName: string; readonly environmentRegions: string[] }>();
for (const { key, aliases = [], gatewayRegions } of REGION_MAP) {
  for (const name of [key, ...aliases]) {
    byEnvironmentRegion.set(name, Object.freeze(gatewayRegions.map((region) => region.key)));
    for (const region of gatewayRegions) {
      const entry = byGatewayRegion.get(region.key) ?? { displayName: region.displayName, environmentRegions: [] };
      entry.environmentRegions.push(name);
      byGatewayRegion.set(region.key, entry);
    }
  }
}

/** Gateway regions that may serve environments of a region; none when the region has no row in the map. */
export function gatewayRegionsOf(environmentRegion: string): readonly string[] {
  return byEnvironmentRegion.get(environmentRegion) ?? [];
}

/** Environment regions that a gateway region may serve. */
export function environmentRegionsOf(gatewayRegion: string): readonly string[] {
  return byGatewayRegion.get(gatewayRegion)?.environmentRegions ?? [];
}

export function isEnvironmentRegion(key: string): boolean {
  return byEnvironmentRegion.has(key);
}

export function isGatewayRegion(key: string): boolean {
  return byGatewayRegion.has(key);
}

/** What people call a gateway region; its key when it has no other name. */
export function gatewayRegionName(key: string): string {
  return byGatewayRegion.get(key)?.displayName ?? key;
}

/** What people call an environment's region; its key when it has no other name. */
export function environmentRegionName(key: string): string {
  const row = REGION_MAP.find((region) => region.key === key || region.aliases?.includes(key));
  return row?.displayName ?? key;
}

/** @throws DomainError VALIDATION_FAILED for a region without a row in the map */
export function assertEnvironmentRegion(region: string): void {
  if (isEnvironmentRegion(region)) return;
  throw new DomainError('VALIDATION_FAILED', { path: 'region', region, known: environmentRegions().join(', ') });
}

/** Every gateway region of the map, in its order. */
export function gatewayRegions(): readonly string[] {
  return [...byGatewayRegion.keys()];
}

/** Every environment region of the map, in its order. */
export function environmentRegions(): readonly string[] {
  return [...byEnvironmentRegion.keys()];
}

/**
 * One gateway may serve many environments, but only those whose region maps to its own.
 *
 * @throws DomainError REGION_MISMATCH
 * @see the brief, section "Gateway on-premises install"
 */
export function assertRegionServed(
  environment: { readonly region: string },
  gateway: { readonly region: string },
): void {
  const servedBy = gatewayRegionsOf(environment.region);
  if (servedBy.includes(gateway.region)) return;
  throw new DomainError('REGION_MISMATCH', {
    environmentRegion: environment.region,
    gatewayRegion: gateway.region,
    servedBy: servedBy.join(', ') || 'no gateway region',
  });
}

/** The whole map, as whoever chooses a region wants to see it. @param served gateway regions that have a relay here */
export function describeRegionMap(served: ReadonlySet<string>) {
  const rows = REGION_MAP.flatMap(({ key, aliases = [], displayName, gatewayRegions: regions }) =>
    [key, ...aliases].map((name) => ({
      key: name,
      displayName,
      gatewayRegions: regions.map((region) => ({ ...region, isServed: served.has(region.key) })),
    })),
  );
  return { version: REGION_MAP_VERSION, environmentRegions: rows };
}
