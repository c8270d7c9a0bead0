import { describe, expect, it } from 'vitest';
import { REGION_PLACES } from '../../portal/src/pages/environments/region-places.js';
import { gatewayRegions } from '../../src/modules/environments/regions.policy.js';

describe('the map of regions', () => {
  it('knows a place for every gateway region', () => {
    expect(gatewayRegions().filter((key) => REGION_PLACES[key] === undefined)).toEqual([]);
  });

  it('knows no place off the globe', () => {
    const places = Object.values(REGION_PLACES);
    expect(places.filter(([longitude, latitude]) => Math.abs(longitude) > 180 || Math.abs(latitude) > 60)).toEqual([]);
  });
});
