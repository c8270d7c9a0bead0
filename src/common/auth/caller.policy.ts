import { DomainError } from '../errors/domain-error.js';
import type { Caller } from './caller.js';
import type { VerifiedToken } from './token-verifier.js';

/** Delegated permission that a person's token must carry. */
export const USER_SCOPE = 'user_impersonation';

/** Application role that a service principal's token must carry. */
export const APP_ROLE = 'Tidegate.Automation';

/**
 * Directory roles that administer gateways of the whole tenant, by template id: Global Administrator, Power Platform
 * Administrator, Fabric Administrator.
 *
 * @see learn.microsoft.com/entra/identity/role-based-access-control/permissions-reference
 */
export const TENANT_ADMINISTRATOR_ROLES: readonly string[] = [
  '62e90394-69f5-4237-9190-012177145e10',
  '11648597-926c-4cf3-9c36-bcebb0ba8dcc',
  'a9ea8996-122f-4c74-9520-8edcd192826c',
];

/**
 * Who a verified token speaks for.
 *
 * Only access tokens of people carry `scp`. One without it is an application's only if it says so (`idtyp`) or, where the
 * optional claim is not configured, if object id and subject are the same; else an id token, whose audience may be ours
 * and whose roles are a person's, would pass for an application.
 *
 * @throws DomainError SCOPE_MISSING
 */
export function callerOf(token: VerifiedToken): Caller {
  const saysApp = token.idtyp === undefined ? token.sub.toLowerCase() === token.oid : token.idtyp === 'app';
  const isUser = token.scp !== undefined;
  if (isUser && token.idtyp === 'app') throw new DomainError('TOKEN_INVALID', { reason: 'scp and idtyp contradict' });
  if (isUser ? !token.scp?.includes(USER_SCOPE) : !saysApp || !token.roles?.includes(APP_ROLE)) {
    throw new DomainError('SCOPE_MISSING', isUser || !saysApp ? { scope: USER_SCOPE } : { role: APP_ROLE });
  }
  const upn = isUser ? (token.upn ?? token.preferred_username ?? token.unique_name) : undefined;
  return {
    id: token.oid,
    type: isUser ? 'User' : 'ServicePrincipal',
    tenantId: token.tid,
    upn,
    displayName: token.name ?? token.app_displayname ?? upn ?? token.azp ?? token.appid ?? token.oid,
    isTenantAdministrator: token.wids?.some((id) => TENANT_ADMINISTRATOR_ROLES.includes(id.toLowerCase())) ?? false,
    scopes: [...(token.scp ?? []), ...(token.roles ?? [])],
  };
}
