import { describe, expect, it } from 'vitest';
import { HTTP_SIGN_IN, neededFeature, OPERATIONS_BY_KIND } from '../../contract/capabilities.js';
import type { OperationName } from '../../contract/operations.js';
import type { CredentialType, SourceKind } from '../../contract/targets.js';
import { CONTRACT_VERSION } from '../../contract/version.js';
import { capableMembers } from './capable-members.policy.js';
import type { GatewayState, RouteMember } from './gateways.types.js';

const NOW = new Date('2026-11-01T00:00:00Z');

/** What the first agents announced. */
const FIRST: Readonly<Partial<Record<SourceKind, readonly OperationName[]>>> = {
  postgresql: ['test', 'listTables', 'getTable', 'listItems', 'getItem'],
  http: ['test', 'httpRequest'],
  filesystem: ['test', 'listFolder', 'getFile', 'readFile', 'writeFile', 'deleteFile'],
};

function member(id: string, operations: object, features: string[]): RouteMember {
  return {
    ...{ id, name: id, enabled: true, draining: false, receiving: true, conditions: [], flaps: 0, flapsSince: null },
    ...{ lastHeartbeatAt: NOW, connectedEpoch: 1, version: id, keyIds: [], createdAt: NOW },
    capabilities: { contractVersions: [CONTRACT_VERSION], operations, features },
  } as unknown as RouteMember;
}
const old = member('old', FIRST, ['probe']);
const current = member('current', OPERATIONS_BY_KIND, ['probe', HTTP_SIGN_IN]);
const gateway = (...members: RouteMember[]) => ({ id: 'g', epoch: 1, members }) as unknown as GatewayState<RouteMember>;

describe('a member that is older than a request', () => {
  it.each<[SourceKind, OperationName, CredentialType]>([
    ['filesystem', 'pageFolder', 'Anonymous'],
    ['filesystem', 'listChanges', 'Anonymous'],
    ['filesystem', 'copyFile', 'Anonymous'],
    ['http', 'httpRequest', 'Key'],
    ['http', 'httpRequest', 'OAuth2'],
    ['http', 'test', 'OAuth2'],
  ])('is never sent it: %s %s by %s', (kind, name, credentialType) => {
    const wanted = { kind, name, feature: neededFeature(kind, credentialType) };
    expect(() => capableMembers(gateway(old), wanted, NOW)).toThrow(
      expect.objectContaining({ code: 'GATEWAY_TOO_OLD' }),
    );
    expect(capableMembers(gateway(old, current), wanted, NOW)).toEqual([current]);
  });

  it.each<[SourceKind, OperationName, CredentialType]>([
    ['filesystem', 'listFolder', 'Anonymous'],
    ['http', 'httpRequest', 'Anonymous'],
    ['http', 'httpRequest', 'Basic'],
    ['postgresql', 'listItems', 'Basic'],
  ])('still does what it knows: %s %s by %s', (kind, name, credentialType) => {
    const wanted = { kind, name, feature: neededFeature(kind, credentialType) };
    const ids = capableMembers(gateway(old, current), wanted, NOW).map(({ id }) => id);
    expect(ids.sort()).toEqual(['current', 'old']);
  });
});
