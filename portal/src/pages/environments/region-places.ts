/**
 * Where gateway regions are drawn, as longitude and latitude in degrees, to the tenth of one: the town or area that the
 * list of Azure regions names as each region's physical location. Microsoft publishes no coordinates of its data centres:
 * these are the places' own, for the map of the world here and for nothing else.
 */
export const REGION_PLACES: Readonly<Record<string, [longitude: number, latitude: number]>> = {
  eastasia: [114.2, 22.3],
  southeastasia: [103.8, 1.3],
  australiaeast: [151.2, -33.9],
  australiasoutheast: [145, -37.8],
  australiacentral: [149.1, -35.3],
  canadacentral: [-79.4, 43.7],
  canadaeast: [-71.2, 46.8],
  northeurope: [-6.3, 53.3],
  westeurope: [4.9, 52.4],
  francecentral: [2.4, 48.9],
  francesouth: [5.4, 43.3],
  germanynorth: [13.4, 52.5],
  germanywestcentral: [8.7, 50.1],
  centralindia: [73.9, 18.5],
  southindia: [80.3, 13.1],
  westindia: [72.9, 19.1],
  northindia: [77.2, 28.6],
  japaneast: [139.7, 35.7],
  japanwest: [135.5, 34.7],
  koreacentral: [127, 37.6],
  koreasouth: [129.1, 35.2],
  norwayeast: [10.8, 59.9],
  norwaywest: [5.7, 59],
  southafricanorth: [28.2, -25.7],
  southafricawest: [18.4, -33.9],
  brazilsouth: [-46.6, -23.6],
  switzerlandnorth: [8.5, 47.4],
  switzerlandwest: [6.1, 46.2],
  uaecentral: [54.4, 24.5],
  uaenorth: [55.3, 25.3],
  uksouth: [-0.1, 51.5],
  ukwest: [-3.2, 51.5],
  ukeast: [0.1, 52.2],
  centralus: [-93.6, 41.6],
  eastus: [-79.8, 37.4],
  eastus2: [-78.2, 36.7],
  eastus3: [-84.4, 33.7],
  northcentralus: [-87.6, 41.9],
  southcentralus: [-98.5, 29.4],
  westus: [-121.9, 37.8],
  westus2: [-119.9, 47.2],
  westus3: [-112.1, 33.4],
  westcentralus: [-104.8, 41.1],
};

/** Middle of the places of an environment's gateway regions; undefined where none is known. */
export function middleOf(regions: readonly string[]): [longitude: number, latitude: number] | undefined {
  const places = regions.flatMap((key) => REGION_PLACES[key] ?? []);
  if (places.length === 0) return undefined;
  const sum = (offset: number) =>
    places.reduce((total, value, index) => (index % 2 === offset ? total + value : total), 0);
  const count = places.length / 2;
  return [sum(0) / count, sum(1) / count];
}
