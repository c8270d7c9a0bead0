import type { SourceKind } from '../../contract/targets.js';
import type { NamedPrincipal } from './named-principal.types.js';

/** Roles at a gateway, highest first. */
export const GATEWAY_ROLES = ['Admin', 'ConnectionCreatorWithResharing', 'ConnectionCreator'] as const;
export type GatewayRole = (typeof GATEWAY_ROLES)[number];

/** One principal's role at one gateway. */
export interface GatewayGrant {
  readonly role: GatewayRole;
  /** Source kinds the grantee may connect to; undefined: all. */
  readonly allowedKinds: readonly SourceKind[] | undefined;
}

/** What is to change of a grant. Absent means: as it is; no kinds (null): all of them. */
export interface GatewayGrantChange {
  readonly role?: GatewayRole | undefined;
  readonly allowedKinds?: readonly SourceKind[] | null | undefined;
}

/** A grant with its holder, as listed. */
export interface GatewayRoleAssignment extends GatewayGrant {
  readonly principal: NamedPrincipal;
}
