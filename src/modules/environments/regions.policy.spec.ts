import { describe, expect, it } from 'vitest';
import { DomainError } from '../../common/errors/domain-error.js';
import { REGION_MAP } from './regions.data.js';
import {
  assertRegionServed,
  environmentRegions,
  environmentRegionsOf,
  gatewayRegionName,
  gatewayRegions,
  gatewayRegionsOf,
  isEnvironmentRegion,
  isGatewayRegion,
} from './regions.policy.js';

describe('the region map', () => {
  it('has the 17 documented rows, Singapore with a key of ours and the preview region of the United States', () => {
    expect(REGION_MAP).toHaveLength(17);
    expect(gatewayRegionsOf('singapore')).toEqual(['southeastasia', 'eastasia']);
    expect(gatewayRegionsOf('unitedstatesfirstrelease')).toEqual(gatewayRegionsOf('unitedstates'));
    expect(gatewayRegionsOf('korea')).toEqual(['koreasouth']);
  });

  it.each(['sweden', 'italy', 'poland', 'china', 'Europe', '', 'constructor', '__proto__'])(
    'does not guess a row for %j',
    (region) => {
      expect(gatewayRegionsOf(region)).toEqual([]);
      expect(isEnvironmentRegion(region)).toBe(false);
      expect(isGatewayRegion(region)).toBe(false);
      expect(environmentRegionsOf(region)).toEqual([]);
    },
  );

  it('reads the same both ways', () => {
    for (const environment of environmentRegions()) {
      for (const gateway of gatewayRegions()) {
        const forth = gatewayRegionsOf(environment).includes(gateway);
        expect(environmentRegionsOf(gateway).includes(environment)).toBe(forth);
      }
    }
    expect(environmentRegionsOf('eastasia')).toEqual(['asia', 'singapore']);
    expect(gatewayRegionName('westeurope')).toBe('West Europe');
    expect(gatewayRegionName('atlantis')).toBe('atlantis');
  });

  it('lets a gateway serve every environment that maps to its region', () => {
    expect(() => assertRegionServed({ region: 'europe' }, { region: 'westeurope' })).not.toThrow();
    expect(() => assertRegionServed({ region: 'europe' }, { region: 'northeurope' })).not.toThrow();
  });

  it('refuses any other and says which regions would do', () => {
    const refused = (environment: string, gateway: string) => {
      try {
        assertRegionServed({ region: environment }, { region: gateway });
      } catch (error) {
        return error as DomainError;
      }
      return undefined;
    };
    expect(refused('unitedstates', 'westeurope')).toMatchObject({
      code: 'REGION_MISMATCH',
      details: { environmentRegion: 'unitedstates', gatewayRegion: 'westeurope' },
    });
    expect(refused('unitedstates', 'westeurope')?.details['servedBy']).toContain('westus3');
    expect(refused('sweden', 'swedencentral')?.details['servedBy']).toBe('no gateway region');
  });
});
