import { DomainError } from '../../common/errors/domain-error.js';
import type { ConnectionRole } from '../connections/connections.types.js';

/** Rights at a data source in the words of v1.0; those of v2.0 come after. */
export const ACCESS_RIGHTS = [
  'None',
  'Read',
  'ReadOverrideEffectiveIdentity',
  'Write',
  'ReadWrite',
  'Admin',
  'OverrideEffectiveIdentity',
] as const;
export type AccessRight = (typeof ACCESS_RIGHTS)[number];

/** v1.0 knows no more than reading: whoever holds a role may. */
export type RightsVersion = 'v1.0' | 'v2.0';

const BY_ROLE = { Owner: 'Admin', UserWithReshare: 'ReadWrite', User: 'Read' } as const satisfies Record<
  ConnectionRole,
  AccessRight
>;
const BY_RIGHT: Readonly<Partial<Record<AccessRight, ConnectionRole>>> = {
  Read: 'User',
  Write: 'UserWithReshare',
  ReadWrite: 'UserWithReshare',
  Admin: 'Owner',
};

export function rightOf(role: ConnectionRole, version: RightsVersion): AccessRight {
  return version === 'v1.0' ? 'Read' : BY_ROLE[role];
}

/** @returns undefined for "none" @throws DomainError VALIDATION_FAILED for rights that mean nothing here */
export function roleOf(right: AccessRight, version: RightsVersion): ConnectionRole | undefined {
  if (right === 'None') return undefined;
  const role = version === 'v1.0' && right !== 'Read' ? undefined : BY_RIGHT[right];
  if (role !== undefined) return role;
  throw new DomainError('VALIDATION_FAILED', {
    path: 'datasourceAccessRight',
    problem: `${right} is not served here: sources see the stored credential, never another identity`,
  });
}
