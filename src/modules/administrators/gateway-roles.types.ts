import type { SourceKind } from '../../contract/targets.js';

/** Roles at a gateway, highest first. */
export const GATEWAY_ROLES = ['Admin', 'ConnectionCreatorWithResharing', 'ConnectionCreator'] as const;
export type GatewayRole = (typeof GATEWAY_ROLES)[number];

/** Somebody or something that can hold a role. */
export interface PrincipalReference {
  readonly id: string;
  readonly type: 'User' | 'ServicePrincipal';
}

/** One principal's role at one gateway. */
export interface GatewayGrant {
  readonly role: GatewayRole;
  /** Source kinds the grantee may connect to; undefined: all. */
  readonly allowedKinds: readonly SourceKind[] | undefined;
}

/** A grant with its holder, as listed. */
export interface GatewayRoleAssignment {
  readonly principal: PrincipalReference & { readonly displayName: string | undefined };
  readonly role: GatewayRole;
  readonly allowedKinds: readonly SourceKind[] | undefined;
}
