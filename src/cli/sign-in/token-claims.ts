import { z } from 'zod';
import { parseJson } from './discovery.js';

const claimsSchema = z.object({
  oid: z.string().optional(),
  tid: z.string().optional(),
  name: z.string().optional(),
  app_displayname: z.string().optional(),
  preferred_username: z.string().optional(),
  upn: z.string().optional(),
  idtyp: z.string().optional(),
  exp: z.number().optional(),
});

/** What a token says of who carries it. Not checked here: only the control plane's word counts. */
export interface TokenClaims {
  readonly id: string | undefined;
  readonly tenantId: string | undefined;
  readonly name: string | undefined;
  readonly type: 'User' | 'ServicePrincipal';
  readonly expiresAt: string | undefined;
}

/** undefined where the token is not one that can be read. */
export function readTokenClaims(token: string): TokenClaims | undefined {
  const [, payload = ''] = token.split('.');
  const claims = claimsSchema.safeParse(parseJson(Buffer.from(payload, 'base64url').toString('utf8')));
  if (!claims.success) return undefined;
  const { oid, tid, name, app_displayname, preferred_username, upn, idtyp, exp } = claims.data;
  return {
    id: oid?.toLowerCase(),
    tenantId: tid,
    name: upn ?? preferred_username ?? name ?? app_displayname,
    type: idtyp === 'app' ? 'ServicePrincipal' : 'User',
    expiresAt: exp === undefined ? undefined : new Date(exp * 1000).toISOString(),
  };
}
