import type { AnswerOf } from '../../../../src/client/tidegate-client.js';
import type { PlacedGateway } from './use-placed-gateways.js';

export type Environment = AnswerOf<'get', '/v1/environments/{environmentId}'>;
export type RegionMap = AnswerOf<'get', '/v1/regions'>;
export type Service = 'served' | 'offline' | 'none' | 'unmapped';

/** One region of environments, and who serves it. */
export interface RegionService {
  readonly key: string;
  readonly displayName: string;
  readonly gatewayRegions: readonly { readonly key: string; readonly displayName: string }[];
  readonly environments: readonly Environment[];
  readonly gateways: readonly PlacedGateway[];
  readonly service: Service;
}

/** Regions that have environments or gateways, in the order of their names. */
export function regionServices(
  { environmentRegions }: RegionMap,
  environments: readonly Environment[],
  gateways: readonly PlacedGateway[],
): readonly RegionService[] {
  const known = new Map(environmentRegions.map((row) => [row.key, row]));
  const byRegion = byRegionOf(environments);
  const gatewaysByRegion = byRegionOf(gateways);
  const keys = new Set([...known.keys(), ...byRegion.keys()]);
  return (
    [...keys]
      .map((key) => {
        const row = known.get(key);
        const gatewayRegions = row?.gatewayRegions ?? [];
        const serving = gatewayRegions.flatMap((region) => gatewaysByRegion.get(region.key) ?? []);
        return {
          key,
          displayName: row?.displayName ?? key,
          gatewayRegions,
          environments: byRegion.get(key) ?? [],
          gateways: serving,
          service: serviceOf(gatewayRegions.length > 0, serving),
        };
      })
      .filter(({ environments: here, gateways: serving }) => here.length > 0 || serving.length > 0)
      // A region of two keys is shown once where it has no environments of the other.
      .filter((one, _index, all) => one.environments.length > 0 || isFirstOfName(one, all))
      .sort((one, other) => one.displayName.localeCompare(other.displayName))
  );
}

function isFirstOfName(region: RegionService, all: readonly RegionService[]): boolean {
  const namesakes = all.filter(({ displayName }) => displayName === region.displayName);
  return namesakes[0] === region && namesakes.every(({ environments }) => environments.length === 0);
}

function serviceOf(isMapped: boolean, gateways: readonly PlacedGateway[]): Service {
  if (!isMapped) return 'unmapped';
  if (gateways.length === 0) return 'none';
  return gateways.every(({ status }) => status === 'offline') ? 'offline' : 'served';
}

function byRegionOf<Placed extends { readonly region: string }>(
  placed: readonly Placed[],
): ReadonlyMap<string, Placed[]> {
  const groups = new Map<string, Placed[]>();
  for (const one of placed) {
    const group = groups.get(one.region);
    if (group) group.push(one);
    else groups.set(one.region, [one]);
  }
  return groups;
}
