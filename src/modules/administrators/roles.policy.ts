import type { Caller } from '../../common/auth/caller.js';
import { DomainError } from '../../common/errors/domain-error.js';
import type { SourceKind } from '../../contract/targets.js';
import { GATEWAY_ROLES, type GatewayGrant, type GatewayGrantChange, type GatewayRole } from './gateway-roles.types.js';
import { refusal } from './refusal.policy.js';

/** A gateway and what the caller holds at it. */
export interface GatewayAccess {
  readonly gatewayId: string;
  readonly grant: GatewayGrant | null;
  /** False while the directory cannot tell the caller's groups: what is not held may be held through one. */
  readonly isComplete: boolean;
}

/**
 * What several grants at one gateway, own and through groups, come to: the highest role, and the kinds of all of them
 * together.
 *
 * @returns null when there is none
 */
export function effectiveGrant(rows: readonly GatewayGrant[]): GatewayGrant | null {
  const role = GATEWAY_ROLES.find((one) => rows.some((row) => row.role === one));
  if (role === undefined) return null;
  if (role === 'Admin' || rows.some((row) => row.allowedKinds === undefined)) return { role, allowedKinds: undefined };
  return { role, allowedKinds: [...new Set(rows.flatMap((row) => row.allowedKinds ?? []))] };
}

/** Whether the role held allows everything the needed one does. */
export function reaches(held: GatewayRole | null | undefined, needed: GatewayRole): boolean {
  return held != null && GATEWAY_ROLES.indexOf(held) <= GATEWAY_ROLES.indexOf(needed);
}

/** Any role shows the gateway; administrators of the tenant see all. @throws DomainError ROLE_MISSING, IDENTITY_UNAVAILABLE */
export function assertMaySee(caller: Caller, access: GatewayAccess): void {
  if (caller.isTenantAdministrator || access.grant) return;
  throw missing(access, 'ConnectionCreator');
}

/** @throws DomainError NOT_ADMINISTRATOR, IDENTITY_UNAVAILABLE */
export function assertAdministrator(caller: Caller, access: GatewayAccess): void {
  if (caller.isTenantAdministrator || access.grant?.role === 'Admin') return;
  throw refusal(access, 'NOT_ADMINISTRATOR', { gatewayId: access.gatewayId });
}

/**
 * Administering the tenant is not a role at the gateway: who wants to connect through it gives themselves one, which
 * leaves a trace.
 *
 * @throws DomainError ROLE_MISSING, IDENTITY_UNAVAILABLE
 */
export function assertMayCreateConnections(access: GatewayAccess): void {
  if (!access.grant) throw missing(access, 'ConnectionCreator');
}

/** Whether the role held at the gateway covers sources of this kind. @throws DomainError KIND_NOT_ALLOWED, IDENTITY_UNAVAILABLE */
export function assertKindGranted(access: GatewayAccess, kind: SourceKind): void {
  const { grant, gatewayId } = access;
  if (!grant?.allowedKinds || grant.allowedKinds.includes(kind)) return;
  throw refusal(access, 'KIND_NOT_ALLOWED', { gatewayId, kind, allowed: grant.allowedKinds.join(', ') });
}

/**
 * A creator who may share adds plain creators; administrators give any role.
 *
 * @throws DomainError ROLE_MISSING, IDENTITY_UNAVAILABLE
 */
export function assertMayGrant(caller: Caller, access: GatewayAccess, role: GatewayRole): void {
  if (caller.isTenantAdministrator || access.grant?.role === 'Admin') return;
  if (role === 'ConnectionCreator' && reaches(access.grant?.role, 'ConnectionCreatorWithResharing')) return;
  throw missing(access, role === 'ConnectionCreator' ? 'ConnectionCreatorWithResharing' : 'Admin');
}

/**
 * Nobody passes on more than they hold: a creator limited to some kinds adds creators limited to those.
 *
 * @returns the grant as it is to be written
 * @throws DomainError KIND_NOT_ALLOWED, VALIDATION_FAILED, IDENTITY_UNAVAILABLE
 */
export function grantToGive(caller: Caller, access: GatewayAccess, wanted: GatewayGrant): GatewayGrant {
  assertKindsFit(wanted);
  const own = caller.isTenantAdministrator ? undefined : access.grant?.allowedKinds;
  if (own === undefined) return wanted;
  const allowedKinds = wanted.allowedKinds ?? own;
  const beyond = allowedKinds.find((kind) => !own.includes(kind));
  if (beyond === undefined) return { role: wanted.role, allowedKinds };
  throw refusal(access, 'KIND_NOT_ALLOWED', {
    gatewayId: access.gatewayId,
    kind: beyond,
    allowed: own.join(', '),
  });
}

/** What a grant becomes. Who rises to administrator loses their limits with it. @throws DomainError VALIDATION_FAILED */
export function changedGrant(held: GatewayGrant, change: GatewayGrantChange): GatewayGrant {
  const role = change.role ?? held.role;
  if (role === 'Admin' && change.allowedKinds == null) return { role, allowedKinds: undefined };
  const allowedKinds = change.allowedKinds === undefined ? held.allowedKinds : (change.allowedKinds ?? undefined);
  const changed = { role, allowedKinds };
  assertKindsFit(changed);
  return changed;
}

/** Administrators connect to everything, and a creator of nothing would be none. @throws DomainError VALIDATION_FAILED */
function assertKindsFit({ role, allowedKinds }: GatewayGrant): void {
  const path = 'allowedKinds';
  if (role === 'Admin' && allowedKinds !== undefined) {
    throw new DomainError('VALIDATION_FAILED', { path, problem: 'an administrator is not limited to kinds' });
  }
  if (allowedKinds?.length === 0) {
    throw new DomainError('VALIDATION_FAILED', { path, problem: 'at least one kind; leave it out to allow all' });
  }
}

function missing(access: GatewayAccess, role: GatewayRole): DomainError {
  return refusal(access, 'ROLE_MISSING', { gatewayId: access.gatewayId, role });
}
