/** Who calls, as the verified token says. Licences and roles at gateways are not in tokens: their modules know them. */
export interface Caller {
  /** Object id in the directory. */
  readonly id: string;
  readonly type: 'User' | 'ServicePrincipal';
  readonly tenantId: string;
  /** User principal name, for people. */
  readonly upn: string | undefined;
  readonly displayName: string;
  /** Holds one of the directory roles that administer gateways of the whole tenant. */
  readonly isTenantAdministrator: boolean;
  /** Delegated scopes and application roles. */
  readonly scopes: readonly string[];
}
