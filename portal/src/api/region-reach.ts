import type { AnswerOf } from '../../../src/client/tidegate-client.js';

export type RegionMap = AnswerOf<'get', '/v1/regions'>;

export interface RegionChoice {
  readonly key: string;
  readonly displayName: string;
}

interface PlacedEnvironment {
  readonly id: string;
  readonly displayName: string;
  readonly region: string;
}

/** An environment, and which gateway regions it can be served from. */
export interface Reach {
  readonly environment: PlacedEnvironment;
  readonly regionName: string;
  readonly servingRegions: readonly string[];
  readonly isServed: boolean;
}

/** Regions in which gateways can be made here, by name. */
export function servedRegions({ environmentRegions }: RegionMap): readonly RegionChoice[] {
  const byKey = new Map<string, RegionChoice>();
  for (const { gatewayRegions } of environmentRegions) {
    for (const { key, displayName, isServed } of gatewayRegions) if (isServed) byKey.set(key, { key, displayName });
  }
  return [...byKey.values()].sort((one, other) => one.displayName.localeCompare(other.displayName));
}

/** Which environments a gateway of a region serves, and where the others would be served from. */
export function reachOf(
  { environmentRegions }: RegionMap,
  gatewayRegion: string,
  environments: readonly PlacedEnvironment[],
): readonly Reach[] {
  return environments.map((environment) => {
    const place = environmentRegions.find(({ key }) => key === environment.region);
    const regions = place?.gatewayRegions ?? [];
    return {
      environment,
      regionName: place?.displayName ?? environment.region,
      servingRegions: regions.map(({ displayName }) => displayName),
      isServed: regions.some(({ key }) => key === gatewayRegion),
    };
  });
}
