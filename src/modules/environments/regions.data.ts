/** A region in which gateways can be registered. */
export interface GatewayRegion {
  /** As Azure writes it, without spaces: `westeurope`. */
  readonly key: string;
  readonly displayName: string;
}

/** One row of the region map: environments of this region may use gateways in those. */
export interface RegionRow {
  /** Location key of the environment's region. */
  readonly key: string;
  /** Other location keys of the same region. */
  readonly aliases?: readonly string[];
  readonly displayName: string;
  readonly gatewayRegions: readonly GatewayRegion[];
}

/** Which state of the documents the map shows; both change with every edit of it. */
export const REGION_MAP_VERSION = {
  date: '2024-10-08',
  source: 'MicrosoftDocs/power-automate-docs articles/regions-overview.md at 16306e2b',
} as const;

/**
 * Which gateway regions serve an environment's region: 17 rows, as documented on 8 October 2024. Regions without a row
 * (Sweden, Italy, Poland, Israel, Mexico, Taiwan, sovereign clouds) are unmapped: refused, not guessed. Singapore has no
 * location key in any source known; `singapore` is ours.
 *
 * @see MicrosoftDocs/power-automate-docs articles/regions-overview.md at 16306e2b; location keys from
 * microsoft/terraform-provider-power-platform, recorded locations answer at 57ba091a
 */
export const REGION_MAP: readonly RegionRow[] = [
  {
    key: 'asia',
    displayName: 'Asia',
    gatewayRegions: [
      { key: 'eastasia', displayName: 'East Asia' },
      { key: 'southeastasia', displayName: 'Southeast Asia' },
    ],
  },
  {
    key: 'australia',
    displayName: 'Australia',
    gatewayRegions: [
      { key: 'australiaeast', displayName: 'Australia East' },
      { key: 'australiasoutheast', displayName: 'Australia Southeast' },
      { key: 'australiacentral', displayName: 'Australia Central' },
    ],
  },
  {
    key: 'canada',
    displayName: 'Canada',
    gatewayRegions: [
      { key: 'canadacentral', displayName: 'Canada Central' },
      { key: 'canadaeast', displayName: 'Canada East' },
    ],
  },
  {
    key: 'europe',
    displayName: 'Europe',
    gatewayRegions: [
      { key: 'northeurope', displayName: 'North Europe' },
      { key: 'westeurope', displayName: 'West Europe' },
    ],
  },
  {
    key: 'france',
    displayName: 'France',
    gatewayRegions: [
      { key: 'francecentral', displayName: 'France Central' },
      { key: 'francesouth', displayName: 'France South' },
    ],
  },
  {
    key: 'germany',
    displayName: 'Germany',
    gatewayRegions: [
      { key: 'germanynorth', displayName: 'Germany North' },
      { key: 'germanywestcentral', displayName: 'Germany West Central' },
    ],
  },
  {
    key: 'india',
    displayName: 'India',
    gatewayRegions: [
      { key: 'centralindia', displayName: 'Central India' },
      { key: 'southindia', displayName: 'South India' },
      { key: 'westindia', displayName: 'West India' },
      { key: 'northindia', displayName: 'North India' },
    ],
  },
  {
    key: 'japan',
    displayName: 'Japan',
    gatewayRegions: [
      { key: 'japaneast', displayName: 'Japan East' },
      { key: 'japanwest', displayName: 'Japan West' },
    ],
  },
  {
    key: 'korea',
    displayName: 'Korea',
    gatewayRegions: [{ key: 'koreasouth', displayName: 'Korea South' }],
  },
  {
    key: 'norway',
    displayName: 'Norway',
    gatewayRegions: [
      { key: 'norwayeast', displayName: 'Norway East' },
      { key: 'norwaywest', displayName: 'Norway West' },
    ],
  },
  {
    key: 'singapore',
    displayName: 'Singapore',
    gatewayRegions: [
      { key: 'southeastasia', displayName: 'Southeast Asia' },
      { key: 'eastasia', displayName: 'East Asia' },
    ],
  },
  {
    key: 'southafrica',
    displayName: 'South Africa',
    gatewayRegions: [{ key: 'southafricanorth', displayName: 'South Africa North' }],
  },
  {
    key: 'southamerica',
    displayName: 'South America',
    gatewayRegions: [{ key: 'brazilsouth', displayName: 'Brazil South' }],
  },
  {
    key: 'switzerland',
    displayName: 'Switzerland',
    gatewayRegions: [
      { key: 'switzerlandnorth', displayName: 'Switzerland North' },
      { key: 'switzerlandwest', displayName: 'Switzerland West' },
    ],
  },
  {
    key: 'unitedarabemirates',
    displayName: 'United Arab Emirates',
    gatewayRegions: [
      { key: 'uaecentral', displayName: 'UAE Central' },
      { key: 'uaenorth', displayName: 'UAE North' },
    ],
  },
  {
    key: 'unitedkingdom',
    displayName: 'United Kingdom',
    gatewayRegions: [
      { key: 'uksouth', displayName: 'UK South' },
      { key: 'ukwest', displayName: 'UK West' },
      { key: 'ukeast', displayName: 'UK East' },
    ],
  },
  {
    key: 'unitedstates',
    aliases: ['unitedstatesfirstrelease'],
    displayName: 'United States (including Preview)',
    gatewayRegions: [
      { key: 'centralus', displayName: 'Central US' },
      { key: 'eastus', displayName: 'East US' },
      { key: 'eastus2', displayName: 'East US 2' },
      { key: 'eastus3', displayName: 'East US 3' },
      { key: 'northcentralus', displayName: 'North Central US' },
      { key: 'southcentralus', displayName: 'South Central US' },
      { key: 'westus', displayName: 'West US' },
      { key: 'westus2', displayName: 'West US 2' },
      { key: 'westus3', displayName: 'West US 3' },
      { key: 'westcentralus', displayName: 'West Central US' },
    ],
  },
];
