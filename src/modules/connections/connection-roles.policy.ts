import { DomainError } from '../../common/errors/domain-error.js';
import type { ConnectionGrant, ConnectionRole } from './connections.types.js';

/** What the rules need: which connection, and what the caller holds there. A `ConnectionRoute` serves. */
export interface HeldRoles {
  readonly connection: { readonly id: string };
  readonly grant: ConnectionGrant;
}

/** Whether the caller may send requests: any role at the connection, or administrator of its gateway. */
export function mayUse({ connectionRole, gatewayRole }: ConnectionGrant): boolean {
  return connectionRole !== null || gatewayRole === 'Admin';
}

/** Whether the caller may change or delete: owner, or administrator of its gateway. */
export function mayManage({ connectionRole, gatewayRole }: ConnectionGrant): boolean {
  return connectionRole === 'Owner' || gatewayRole === 'Admin';
}

/** @throws DomainError ROLE_MISSING */
export function assertMayUse(_caller: { readonly id: string }, held: HeldRoles): void {
  demand(mayUse(held.grant), held, 'User');
}

/** Testing shows no more than using. @throws DomainError ROLE_MISSING */
export function assertMayTest(caller: { readonly id: string }, held: HeldRoles): void {
  assertMayUse(caller, held);
}

/** Reading a connection's settings. @throws DomainError ROLE_MISSING */
export function assertMayRead(caller: { readonly id: string }, held: HeldRoles): void {
  assertMayUse(caller, held);
}

/** @throws DomainError ROLE_MISSING */
export function assertMayManage(_caller: { readonly id: string }, held: HeldRoles): void {
  demand(mayManage(held.grant), held, 'Owner');
}

/**
 * Who shares gives no more than a user's rights; owners and administrators give any role.
 *
 * @throws DomainError ROLE_MISSING
 */
export function assertMayShare(_caller: { readonly id: string }, held: HeldRoles, role: ConnectionRole): void {
  const reshare = held.grant.connectionRole === 'UserWithReshare' && role === 'User';
  demand(mayManage(held.grant) || reshare, held, role === 'User' ? 'UserWithReshare' : 'Owner');
}

function demand(allowed: boolean, held: HeldRoles, role: ConnectionRole): void {
  if (!allowed) throw new DomainError('ROLE_MISSING', { connectionId: held.connection.id, role });
}
