import { describe, expect, it } from 'vitest';
import type { Caller } from '../../common/auth/caller.js';
import type { GatewayGrant } from './gateway-roles.types.js';
import {
  assertAdministrator,
  assertKindGranted,
  assertMayCreateConnections,
  assertMayGrant,
  assertMaySee,
  changedGrant,
  effectiveGrant,
  grantToGive,
} from './roles.policy.js';

const caller: Caller = {
  id: 'somebody',
  type: 'User',
  tenantId: 'tenant',
  upn: undefined,
  displayName: 'Somebody',
  isTenantAdministrator: false,
  scopes: [],
};
const admin: GatewayGrant = { role: 'Admin', allowedKinds: undefined };
const access = (grant: GatewayGrant | null, isComplete = true) => ({ gatewayId: 'g', grant, isComplete });
const refused = (code: string): unknown => expect.objectContaining({ code });

describe('grants at one gateway, own and through groups', () => {
  it('come to the highest role and to the kinds of all of them', () => {
    expect(effectiveGrant([])).toBeNull();
    expect(
      effectiveGrant([
        { role: 'ConnectionCreator', allowedKinds: ['http'] },
        { role: 'ConnectionCreatorWithResharing', allowedKinds: ['postgresql', 'http'] },
      ]),
    ).toEqual({ role: 'ConnectionCreatorWithResharing', allowedKinds: ['http', 'postgresql'] });
  });

  it('are unlimited when one of them is, and always for an administrator', () => {
    const limited: GatewayGrant = { role: 'ConnectionCreatorWithResharing', allowedKinds: ['http'] };
    expect(effectiveGrant([limited, { role: 'ConnectionCreator', allowedKinds: undefined }])).toEqual({
      role: 'ConnectionCreatorWithResharing',
      allowedKinds: undefined,
    });
    expect(effectiveGrant([limited, admin])).toEqual(admin);
  });

  it('are neither enough nor too little while the groups of the caller cannot be read', () => {
    const nothing = access(null, false);
    const away = refused('IDENTITY_UNAVAILABLE');
    expect(() => assertMaySee(caller, nothing)).toThrow(away);
    expect(() => assertAdministrator(caller, nothing)).toThrow(away);
    expect(() => assertMayCreateConnections(nothing)).toThrow(away);
    expect(() => assertMayGrant(caller, nothing, 'Admin')).toThrow(away);
    const limited = access({ role: 'ConnectionCreator', allowedKinds: ['http'] }, false);
    expect(() => assertKindGranted(limited, 'postgresql')).toThrow(away);
    expect(() => assertKindGranted(limited, 'http')).not.toThrow();
    expect(() => assertAdministrator(caller, access(admin, false))).not.toThrow();
    expect(() => assertAdministrator({ ...caller, isTenantAdministrator: true }, nothing)).not.toThrow();
  });
});

describe('a grant to give', () => {
  const sharer = access({ role: 'ConnectionCreatorWithResharing', allowedKinds: ['http'] });

  it('holds no more than its giver has', () => {
    const give = (allowedKinds: GatewayGrant['allowedKinds']) =>
      grantToGive(caller, sharer, { role: 'ConnectionCreator', allowedKinds });
    expect(give(undefined).allowedKinds).toEqual(['http']);
    expect(give(['http']).allowedKinds).toEqual(['http']);
    expect(() => give(['postgresql'])).toThrow(refused('KIND_NOT_ALLOWED'));
  });

  it('limits no administrator, and no creator to nothing', () => {
    const give = (wanted: GatewayGrant) => grantToGive(caller, access(admin), wanted);
    const atKinds = expect.objectContaining({
      code: 'VALIDATION_FAILED',
      details: expect.objectContaining({ path: 'allowedKinds' }),
    });
    expect(() => give({ role: 'Admin', allowedKinds: ['http'] })).toThrow(atKinds);
    expect(() => give({ role: 'ConnectionCreator', allowedKinds: [] })).toThrow(atKinds);
    expect(give({ role: 'ConnectionCreator', allowedKinds: undefined }).allowedKinds).toBeUndefined();
  });
});

describe('a changed grant', () => {
  const limited: GatewayGrant = { role: 'ConnectionCreator', allowedKinds: ['http'] };

  it('keeps what is not changed', () => {
    expect(changedGrant(limited, { role: 'ConnectionCreatorWithResharing' }).allowedKinds).toEqual(['http']);
    expect(changedGrant(limited, { allowedKinds: ['postgresql'] })).toEqual({
      role: 'ConnectionCreator',
      allowedKinds: ['postgresql'],
    });
    expect(changedGrant(limited, { allowedKinds: null }).allowedKinds).toBeUndefined();
  });

  it('loses its limits with the rise to administrator, and takes none there', () => {
    expect(changedGrant(limited, { role: 'Admin' })).toEqual(admin);
    expect(() => changedGrant(admin, { allowedKinds: ['http'] })).toThrow(refused('VALIDATION_FAILED'));
    expect(changedGrant(admin, { role: 'ConnectionCreator' }).allowedKinds).toBeUndefined();
  });
});
