import type { Caller } from '../../common/auth/caller.js';
import type { DomainError } from '../../common/errors/domain-error.js';
import { refusal } from '../administrators/refusal.policy.js';
import { CONNECTION_ROLES, type ConnectionGrant, type ConnectionRole } from './connections.types.js';

/** What the rules need: which connection, and what the caller holds there. A `ConnectionRoute` serves. */
export interface HeldRoles {
  readonly connection: { readonly id: string };
  readonly grant: ConnectionGrant;
}

type Asker = Pick<Caller, 'isTenantAdministrator'>;

/** What several roles at one connection, own and through groups, come to: the highest. @returns null when there is none */
export function effectiveConnectionRole(roles: readonly ConnectionRole[]): ConnectionRole | null {
  return CONNECTION_ROLES.find((role) => roles.includes(role)) ?? null;
}

/** Whether the caller may send requests: any role at the connection, or administrator of its gateway. */
export function mayUse({
  connectionRole,
  gatewayRole,
}: Pick<ConnectionGrant, 'connectionRole' | 'gatewayRole'>): boolean {
  return connectionRole !== null || gatewayRole === 'Admin';
}

/** Whether the caller may change or delete: owner, or administrator of its gateway. */
export function mayManage({
  connectionRole,
  gatewayRole,
}: Pick<ConnectionGrant, 'connectionRole' | 'gatewayRole'>): boolean {
  return connectionRole === 'Owner' || gatewayRole === 'Admin';
}

/** @throws DomainError ROLE_MISSING, IDENTITY_UNAVAILABLE */
export function assertMayUse(held: HeldRoles): void {
  if (!mayUse(held.grant)) throw missing(held, 'User');
}

/** Testing shows no more than using. @throws DomainError ROLE_MISSING, IDENTITY_UNAVAILABLE */
export function assertMayTest(held: HeldRoles): void {
  assertMayUse(held);
}

/** Reading a connection's settings. @throws DomainError ROLE_MISSING, IDENTITY_UNAVAILABLE */
export function assertMayRead(held: HeldRoles): void {
  assertMayUse(held);
}

/** @throws DomainError ROLE_MISSING, IDENTITY_UNAVAILABLE */
export function assertMayManage(held: HeldRoles): void {
  if (!mayManage(held.grant)) throw missing(held, 'Owner');
}

/** Seeing who holds a role: who may use it, and administrators of the tenant. @throws DomainError ROLE_MISSING, IDENTITY_UNAVAILABLE */
export function assertMaySeeRoles(caller: Asker, held: HeldRoles): void {
  if (!caller.isTenantAdministrator) assertMayRead(held);
}

/**
 * Changing and taking roles. Administrators of the tenant may, so that a connection whose owners have left gets a new one;
 * using or changing the connection itself is not theirs.
 *
 * @throws DomainError ROLE_MISSING, IDENTITY_UNAVAILABLE
 */
export function assertMayManageRoles(caller: Asker, held: HeldRoles): void {
  if (!caller.isTenantAdministrator) assertMayManage(held);
}

/**
 * Who shares gives no more than a user's rights; owners and administrators give any role.
 *
 * @throws DomainError ROLE_MISSING, IDENTITY_UNAVAILABLE
 */
export function assertMayShare(caller: Asker, held: HeldRoles, role: ConnectionRole): void {
  if (caller.isTenantAdministrator || mayManage(held.grant)) return;
  if (role === 'User' && held.grant.connectionRole === 'UserWithReshare') return;
  throw missing(held, role === 'User' ? 'UserWithReshare' : 'Owner');
}

function missing({ connection, grant }: HeldRoles, role: ConnectionRole): DomainError {
  return refusal(grant, 'ROLE_MISSING', { connectionId: connection.id, role });
}
