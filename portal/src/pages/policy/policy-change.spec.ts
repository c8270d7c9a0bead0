import { describe, expect, it } from 'vitest';
import { isAcceptable, reduced, type TenantPolicy } from './policy-change.js';

const ALICE = { id: '11111111-1111-4111-8111-111111111111', type: 'User' } as const;
const TEAM = { id: '22222222-2222-4222-8222-222222222222', type: 'Group' } as const;
const POLICY: TenantPolicy = {
  version: 4,
  installers: 'Restricted',
  listedInstallers: [ALICE, TEAM],
  joinTokenCreators: 'Installers',
  minimumAdministrators: 2,
  licenceRules: 'current',
  allowedKinds: null,
  limits: { tenantRequestsPerMinute: 600, connectionRequestsPerMinute: 60, callerRequestsPerMinute: 30 },
};

describe('a draft of the policy', () => {
  it('is empty again when everything was changed back', () => {
    const draft = {
      installers: 'Restricted',
      listedInstallers: [TEAM, ALICE],
      allowedKinds: null,
      limits: { callerRequestsPerMinute: 30 },
    } as const;
    expect(reduced(POLICY, { ...draft, listedInstallers: [...draft.listedInstallers] })).toEqual({});
  });

  it('keeps what differs, and only that', () => {
    const draft = { listedInstallers: [ALICE], minimumAdministrators: 2, limits: { callerRequestsPerMinute: 31 } };
    expect(reduced(POLICY, draft)).toEqual({
      listedInstallers: [ALICE],
      limits: { callerRequestsPerMinute: 31 },
    });
  });

  it('keeps that the operator’s rule is to hold, whichever it is', () => {
    expect(reduced(POLICY, { licenceRules: null })).toEqual({ licenceRules: null });
  });

  it.each([
    [{ minimumAdministrators: 0 }, false],
    [{ minimumAdministrators: 1.5 }, false],
    [{ minimumAdministrators: 10 }, true],
    [{ allowedKinds: [] }, false],
    [{ limits: { tenantRequestsPerMinute: Number.NaN } }, false],
    [{ limits: { tenantRequestsPerMinute: null } }, true],
    [{}, true],
  ])('%j is acceptable: %s', (draft, expected) => {
    expect(isAcceptable(draft)).toBe(expected);
  });
});
