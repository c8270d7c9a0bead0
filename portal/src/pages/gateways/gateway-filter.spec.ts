import { describe, expect, it } from 'vitest';
import type { GatewaySummary } from '../../api/gateway-summaries.js';
import { isNarrowed, narrow, NO_FILTER } from './gateway-filter.js';

const gateway = (id: string, part: Partial<GatewaySummary>): GatewaySummary => ({
  id,
  displayName: id,
  region: 'westeurope',
  status: 'online',
  version: '1.0.0',
  members: 1,
  membersOnline: 1,
  connections: 0,
  lastHeartbeatAt: null,
  ...part,
});
const ALL = [
  gateway('plain', {}),
  gateway('ill', { status: 'offline' }),
  gateway('far', { region: 'singapore' }),
  gateway('bare', { version: null, status: 'offline' }),
];
const idsOf = (part: Partial<typeof NO_FILTER>) => narrow(ALL, { ...NO_FILTER, ...part }).map(({ id }) => id);

describe('filter of the gateways', () => {
  it('shows everything when nothing is chosen', () => {
    expect(idsOf({})).toEqual(['plain', 'ill', 'far', 'bare']);
  });

  it('narrows by health, region and version together', () => {
    expect(idsOf({ status: 'offline' })).toEqual(['ill', 'bare']);
    expect(idsOf({ status: 'offline', version: '1.0.0' })).toEqual(['ill']);
    expect(idsOf({ region: 'singapore', status: 'offline' })).toEqual([]);
  });

  it('counts as narrowed by what hides rows, not by their order or whose they are', () => {
    expect(isNarrowed({ ...NO_FILTER, sort: '-name', scope: 'tenant' })).toBe(false);
    expect(isNarrowed({ ...NO_FILTER, search: 'a' })).toBe(true);
  });
});
