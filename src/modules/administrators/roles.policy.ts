import type { Caller } from '../../common/auth/caller.js';
import { DomainError } from '../../common/errors/domain-error.js';
import type { SourceKind } from '../../contract/targets.js';
import { GATEWAY_ROLES, type GatewayGrant, type GatewayRole } from './gateway-roles.types.js';

/** A gateway and what the caller holds at it. */
export interface GatewayAccess {
  readonly gatewayId: string;
  readonly grant: GatewayGrant | null;
}

/** Whether the role held allows everything the needed one does. */
export function reaches(held: GatewayRole | null | undefined, needed: GatewayRole): boolean {
  return held != null && GATEWAY_ROLES.indexOf(held) <= GATEWAY_ROLES.indexOf(needed);
}

/** Any role shows the gateway; administrators of the tenant see all. @throws DomainError ROLE_MISSING */
export function assertMaySee(caller: Caller, access: GatewayAccess): void {
  if (caller.isTenantAdministrator || access.grant) return;
  throw missing(access, 'ConnectionCreator');
}

/** @throws DomainError NOT_ADMINISTRATOR */
export function assertAdministrator(caller: Caller, access: GatewayAccess): void {
  if (caller.isTenantAdministrator || access.grant?.role === 'Admin') return;
  throw new DomainError('NOT_ADMINISTRATOR', { gatewayId: access.gatewayId });
}

/**
 * Administering the tenant is not a role at the gateway: who wants to connect through it gives themselves one, which
 * leaves a trace.
 *
 * @throws DomainError ROLE_MISSING, KIND_NOT_ALLOWED
 */
export function assertMayConnect(access: GatewayAccess, kind: SourceKind): void {
  const { grant, gatewayId } = access;
  if (!grant) throw missing(access, 'ConnectionCreator');
  if (grant.allowedKinds === undefined || grant.allowedKinds.includes(kind)) return;
  throw new DomainError('KIND_NOT_ALLOWED', { gatewayId, kind, allowed: grant.allowedKinds.join(', ') });
}

/**
 * A creator who may share adds plain creators; administrators give any role.
 *
 * @throws DomainError ROLE_MISSING
 */
export function assertMayGrant(caller: Caller, access: GatewayAccess, role: GatewayRole): void {
  if (caller.isTenantAdministrator || access.grant?.role === 'Admin') return;
  if (role === 'ConnectionCreator' && reaches(access.grant?.role, 'ConnectionCreatorWithResharing')) return;
  throw missing(access, role === 'ConnectionCreator' ? 'ConnectionCreatorWithResharing' : 'Admin');
}

/**
 * Nobody passes on more than they hold: a creator limited to some kinds adds creators limited to those.
 *
 * @returns the kinds the new grant is limited to, undefined for all
 * @throws DomainError KIND_NOT_ALLOWED
 */
export function kindsToGrant(
  caller: Caller,
  access: GatewayAccess,
  wanted: readonly SourceKind[] | undefined,
): readonly SourceKind[] | undefined {
  const own = caller.isTenantAdministrator ? undefined : access.grant?.allowedKinds;
  if (own === undefined) return wanted;
  const beyond = (wanted ?? own).find((kind) => !own.includes(kind));
  if (beyond === undefined) return wanted ?? own;
  throw new DomainError('KIND_NOT_ALLOWED', { gatewayId: access.gatewayId, kind: beyond, allowed: own.join(', ') });
}

function missing({ gatewayId }: GatewayAccess, role: GatewayRole): DomainError {
  return new DomainError('ROLE_MISSING', { gatewayId, role });
}
