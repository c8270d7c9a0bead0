import { describe, expect, it } from 'vitest';
import { assertMayManage, assertMayShare, assertMayTest, assertMayUse } from './connection-roles.policy.js';
import type { ConnectionGrant } from './connections.types.js';

const caller = { id: 'somebody' };
const held = (
  connectionRole: ConnectionGrant['connectionRole'],
  gatewayRole: ConnectionGrant['gatewayRole'] = null,
) => ({
  connection: { id: 'c' },
  grant: { connectionRole, gatewayRole },
});
const allows = (check: () => void): boolean => {
  try {
    check();
    return true;
  } catch (error) {
    expect(error).toMatchObject({ code: 'ROLE_MISSING', details: { connectionId: 'c' } });
    return false;
  }
};

describe('roles at a connection', () => {
  it.each([
    ['Owner', null, { use: true, manage: true, shareUse: true, shareOwner: true }],
    ['UserWithReshare', null, { use: true, manage: false, shareUse: true, shareOwner: false }],
    ['User', null, { use: true, manage: false, shareUse: false, shareOwner: false }],
    [null, 'Admin', { use: true, manage: true, shareUse: true, shareOwner: true }],
    [null, 'ConnectionCreatorWithResharing', { use: false, manage: false, shareUse: false, shareOwner: false }],
    [null, 'ConnectionCreator', { use: false, manage: false, shareUse: false, shareOwner: false }],
    [null, null, { use: false, manage: false, shareUse: false, shareOwner: false }],
  ] as const)('%s at the connection and %s at the gateway', (connectionRole, gatewayRole, expected) => {
    const roles = held(connectionRole, gatewayRole);
    expect({
      use: allows(() => assertMayUse(caller, roles)),
      manage: allows(() => assertMayManage(caller, roles)),
      shareUse: allows(() => assertMayShare(caller, roles, 'User')),
      shareOwner: allows(() => assertMayShare(caller, roles, 'Owner')),
    }).toEqual(expected);
    expect(allows(() => assertMayTest(caller, roles))).toBe(expected.use);
  });
});
