import { describe, expect, it } from 'vitest';
import { CONTRACT_VERSION } from '../../contract/version.js';
import type { ConnectionRoute } from '../connections/connections.types.js';
import type { RouteMember } from '../gateways/gateways.types.js';
import { candidatesFor, chooseWriter } from './member-choice.policy.js';

const NOW = new Date('2026-11-01T00:00:00Z');
const able = { contractVersions: [CONTRACT_VERSION], operations: { postgresql: ['listTables'] }, features: [] };
const member = (id: string, change: Partial<RouteMember> = {}): RouteMember => ({
  id,
  name: id,
  enabled: true,
  draining: false,
  receiving: true,
  conditions: [],
  flaps: 0,
  flapsSince: null,
  lastHeartbeatAt: NOW,
  connectedEpoch: 1,
  version: '1',
  capabilities: able,
  keyIds: [],
  createdAt: new Date(NOW.getTime() + id.charCodeAt(0)),
  ...change,
});
const route = (loadBalancing: 'Failover' | 'DistributeEvenly', members: RouteMember[]): ConnectionRoute =>
  ({
    connection: { kind: 'postgresql' },
    gateway: { id: 'g', epoch: 1, loadBalancing, members },
  }) as unknown as ConnectionRoute;
const ids = (members: readonly RouteMember[]): string[] => members.map(({ id }) => id);

describe('candidates for a request', () => {
  it('are the healthy members, the oldest first; under Failover only the first reads', () => {
    const members = [
      member('c'),
      member('a', { lastHeartbeatAt: new Date(0) }),
      member('b'),
      member('d', { draining: true, receiving: false }),
    ];
    const spread = candidatesFor(route('DistributeEvenly', members), 'listTables', NOW);
    expect([ids(spread.all), ids(spread.readers), spread.mayCompete]).toEqual([['b', 'c'], ['b', 'c'], true]);
    expect(ids(candidatesFor(route('Failover', members), 'listTables', NOW).readers)).toEqual(['b']);
  });

  it('do not compete while one of the readers lacks the operation or the contract', () => {
    const old = member('a', { capabilities: { ...able, operations: {} } });
    const ancient = member('b', { capabilities: { ...able, contractVersions: [CONTRACT_VERSION + 1] } });
    const found = candidatesFor(route('DistributeEvenly', [old, ancient, member('c')]), 'listTables', NOW);
    expect([ids(found.all), found.mayCompete]).toEqual([['c'], false]);
    expect(() => candidatesFor(route('DistributeEvenly', [old, ancient]), 'listTables', NOW)).toThrow(
      expect.objectContaining({ code: 'GATEWAY_TOO_OLD' }),
    );
  });
});

describe('candidates for a sealed credential', () => {
  const sealedTo = (sealingKeyId: string | undefined, members: RouteMember[]): ConnectionRoute => {
    const { connection, gateway } = route('DistributeEvenly', members);
    return {
      connection: { ...connection, credential: 'sealed', sealingKeyId },
      gateway: { ...gateway, sealingKeyId: 'new' },
    } as ConnectionRoute;
  };
  const away = member('a', { keyIds: ['old'] });
  const [there, silent] = [member('b', { keyIds: ['old', 'new'] }), member('c')];

  it('are members that hold its key, and those that never say what they hold; the others do not even read along', () => {
    const found = candidatesFor(sealedTo('new', [away, there, silent]), 'listTables', NOW);
    expect([ids(found.all), ids(found.readers), found.mayCompete]).toEqual([['b', 'c'], ['b', 'c'], false]);
    expect(ids(candidatesFor(sealedTo('old', [away, there]), 'listTables', NOW).all)).toEqual(['a', 'b']);
  });

  it('hold the present key where nobody said which one it was sealed to, and any for a source without one', () => {
    expect(ids(candidatesFor(sealedTo(undefined, [away, there]), 'listTables', NOW).all)).toEqual(['b']);
    expect(ids(candidatesFor(route('DistributeEvenly', [away]), 'listTables', NOW).all)).toEqual(['a']);
  });

  it('are none while nobody has the key', () => {
    expect(() => candidatesFor(sealedTo('new', [away]), 'listTables', NOW)).toThrow(
      expect.objectContaining({ code: 'GATEWAY_KEY_MISSING', outcome: 'not-sent', retryable: true }),
    );
  });
});

describe('the member for a write', () => {
  const members = [member('a'), member('b'), member('c')];

  it('is the first under Failover, however busy', () => {
    const candidates = candidatesFor(route('Failover', members), 'listTables', NOW);
    expect(chooseWriter(candidates, 'Failover', () => 99)?.id).toBe('a');
  });

  it('is one of the least busy under DistributeEvenly', () => {
    const candidates = candidatesFor(route('DistributeEvenly', members), 'listTables', NOW);
    const busy = new Map([['a', 2]]);
    const chosen = new Set(
      Array.from({ length: 100 }, () => chooseWriter(candidates, 'DistributeEvenly', (id) => busy.get(id) ?? 0)?.id),
    );
    expect(chosen).toEqual(new Set(['b', 'c']));
  });
});
