import { describe, expect, it } from 'vitest';
import {
  assertMayManage,
  assertMayManageRoles,
  assertMaySeeRoles,
  assertMayShare,
  assertMayTest,
  assertMayUse,
  effectiveConnectionRole,
} from './connection-roles.policy.js';
import type { ConnectionGrant } from './connections.types.js';

const nobody = { isTenantAdministrator: false };
const tenantAdministrator = { isTenantAdministrator: true };
const held = (
  connectionRole: ConnectionGrant['connectionRole'],
  gatewayRole: ConnectionGrant['gatewayRole'] = null,
  isComplete = true,
) => ({
  connection: { id: 'c' },
  grant: { connectionRole, gatewayRole, isComplete },
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
      use: allows(() => assertMayUse(roles)),
      manage: allows(() => assertMayManage(roles)),
      shareUse: allows(() => assertMayShare(nobody, roles, 'User')),
      shareOwner: allows(() => assertMayShare(nobody, roles, 'Owner')),
    }).toEqual(expected);
    expect(allows(() => assertMayTest(roles))).toBe(expected.use);
    expect(allows(() => assertMayManageRoles(nobody, roles))).toBe(expected.manage);
    expect(allows(() => assertMaySeeRoles(nobody, roles))).toBe(expected.use);
  });

  it('leave the roles, and nothing else, to an administrator of the tenant who holds none', () => {
    const roles = held(null);
    expect(allows(() => assertMaySeeRoles(tenantAdministrator, roles))).toBe(true);
    expect(allows(() => assertMayManageRoles(tenantAdministrator, roles))).toBe(true);
    expect(allows(() => assertMayShare(tenantAdministrator, roles, 'Owner'))).toBe(true);
    expect(allows(() => assertMayUse(roles))).toBe(false);
    expect(allows(() => assertMayManage(roles))).toBe(false);
  });

  it('come to the highest of those held, own and through groups', () => {
    expect(effectiveConnectionRole([])).toBeNull();
    expect(effectiveConnectionRole(['User', 'Owner', 'UserWithReshare'])).toBe('Owner');
    expect(effectiveConnectionRole(['User', 'UserWithReshare'])).toBe('UserWithReshare');
  });

  it('are neither granted nor denied while the groups of the caller cannot be read', () => {
    const away = expect.objectContaining({ code: 'IDENTITY_UNAVAILABLE' });
    expect(() => assertMayUse(held(null, null, false))).toThrow(away);
    expect(() => assertMayManage(held('User', null, false))).toThrow(away);
    expect(() => assertMayShare(nobody, held('User', null, false), 'User')).toThrow(away);
    expect(() => assertMayUse(held('User', null, false))).not.toThrow();
  });
});
