import { z } from 'zod';
import type { NamedPrincipal } from '../administrators/named-principal.types.js';
import { PRINCIPAL_TYPES } from '../identity/principal.types.js';

/** Whom a role is given to. */
export const principalSchema = z.strictObject({
  id: z.guid().toLowerCase(),
  type: z.enum(PRINCIPAL_TYPES),
});

/** A principal as Fabric shows it: what is special to its type stands in an object of its own. */
export function showPrincipal({ id, type, displayName, upn, appId }: NamedPrincipal) {
  return {
    id,
    type,
    displayName,
    ...(type === 'User' && upn !== undefined && { userDetails: { userPrincipalName: upn } }),
    ...(type === 'ServicePrincipal' && appId !== undefined && { servicePrincipalDetails: { aadAppId: appId } }),
  };
}
