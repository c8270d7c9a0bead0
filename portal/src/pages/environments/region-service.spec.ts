import { describe, expect, it } from 'vitest';
import type { GatewayHealth } from '../../api/gateway-summaries.js';
import { middleOf } from './region-places.js';
import { regionServices } from './region-service.js';

const EUROPE = {
  key: 'europe',
  displayName: 'Europe',
  gatewayRegions: [
    { key: 'northeurope', displayName: 'North Europe', isServed: true },
    { key: 'westeurope', displayName: 'West Europe', isServed: false },
  ],
};
const MAP = { environmentRegions: [EUROPE], version: { date: '', source: '' } };
const environment = (region: string) => ({ id: region, displayName: region, region });
const gateway = (region: string, status: GatewayHealth) => ({ id: region, displayName: region, region, status });

describe('who serves which region', () => {
  it.each([
    ['westeurope', 'online', 'served'],
    ['westeurope', 'degraded', 'served'],
    ['westeurope', 'offline', 'offline'],
    ['eastus', 'online', 'none'],
  ] as const)('with a gateway in %s that is %s, Europe is %s', (region, status, expected) => {
    const services = regionServices(MAP, [environment('europe')], [gateway(region, status)]);
    expect(services.find(({ key }) => key === 'europe')?.service).toBe(expected);
  });

  it('says of a region without a row in the map that it has none', () => {
    const [only] = regionServices(MAP, [environment('atlantis')], []);
    expect(only).toMatchObject({ key: 'atlantis', service: 'unmapped', gatewayRegions: [] });
  });

  it('shows a region of two keys once', () => {
    const twice = { ...MAP, environmentRegions: [EUROPE, { ...EUROPE, key: 'europefirst' }] };
    const keys = (here: string[]) =>
      regionServices(twice, here.map(environment), [gateway('westeurope', 'online')]).map(({ key }) => key);
    expect(keys([])).toEqual(['europe']);
    expect(keys(['europefirst'])).toEqual(['europefirst']);
    expect(keys(['europe', 'europefirst'])).toEqual(['europe', 'europefirst']);
  });

  it('leaves out regions with nothing in them', () => {
    expect(regionServices(MAP, [], [])).toEqual([]);
  });

  it('puts a region in the middle of its gateway regions', () => {
    expect(middleOf(['northeurope', 'westeurope'])).toEqual([expect.closeTo(-0.7), expect.closeTo(52.85)]);
    expect(middleOf(['atlantis'])).toBeUndefined();
  });
});
