import { z } from 'zod';
import { DomainError } from '../../common/errors/domain-error.js';
import type { ConnectionRoleAssignment } from '../connections/connections.types.js';
import { ACCESS_RIGHTS, rightOf, roleOf, type RightsVersion } from './access-rights.js';
import { caseless, word } from './caseless.js';
import type { WantedUser } from './datasource-users.js';
import { MAX_ADDRESS, PRINCIPAL_NAMES } from './principal-finder.js';

/** Body of `POST …/users`. */
export const datasourceUserSchema = caseless(
  z.object({
    datasourceAccessRight: word(ACCESS_RIGHTS),
    emailAddress: z.string().min(1).max(MAX_ADDRESS).optional(),
    identifier: z.string().min(1).max(MAX_ADDRESS).optional(),
    displayName: z.string().max(MAX_ADDRESS).optional(),
    principalType: word(['None', 'User', 'Group', 'App']).optional(),
    /** Profiles of service principals; there are none here. */
    profile: z.unknown().optional(),
  }),
);
export type DatasourceUser = z.infer<typeof datasourceUserSchema>;

/** @throws DomainError VALIDATION_FAILED */
export function toWantedUser(body: DatasourceUser, version: RightsVersion): WantedUser {
  if (body.profile !== undefined) throw noProfiles('profile');
  const idOrAddress = body.identifier ?? body.emailAddress;
  if (idOrAddress === undefined) {
    throw new DomainError('VALIDATION_FAILED', { path: 'emailAddress', problem: 'this or an identifier is needed' });
  }
  const role = roleOf(body.datasourceAccessRight, version);
  return { idOrAddress, typeName: body.principalType, role, isExact: version === 'v2.0' };
}

/** A holder of a role as both versions show it. */
export function showUser({ principal, role }: ConnectionRoleAssignment, version: RightsVersion) {
  const { id, type, displayName, upn } = principal;
  return {
    datasourceAccessRight: rightOf(role, version),
    ...(upn !== undefined && { emailAddress: upn }),
    ...(displayName !== undefined && { displayName }),
    identifier: id,
    principalType: PRINCIPAL_NAMES[type],
  };
}

export function noProfiles(path: string): DomainError {
  return new DomainError('VALIDATION_FAILED', { path, problem: 'service principal profiles do not exist here' });
}
