import '../not-in-production.js';
import { randomUUID } from 'node:crypto';
import type { JWTPayload } from 'jose';
import type { DirectoryApp, DirectoryUser } from './directory.js';
import { USER_PERMISSION } from './resources.js';

/** Entra's usual lifetime is 60 to 90 minutes. */
export const ACCESS_TOKEN_SECONDS = 3_600;

export type TokenSubject =
  { readonly type: 'user'; readonly user: DirectoryUser } | { readonly type: 'app'; readonly app: DirectoryApp };

export interface TokenGrant {
  readonly issuer: string;
  readonly tenantId: string;
  readonly subject: TokenSubject;
  /** Client that asked. */
  readonly clientId: string;
  readonly audience: string;
  /** Application id of the product: roles on it are not told to other resources. */
  readonly productAudience: string;
}

/** The claims of an Entra v2 access token. @see learn.microsoft.com/entra/identity-platform/access-token-claims-reference */
export function accessTokenClaims(grant: TokenGrant, nowMs = Date.now()): JWTPayload {
  const { issuer, tenantId, clientId, audience } = grant;
  const iat = Math.floor(nowMs / 1000);
  return {
    aud: audience,
    iss: issuer,
    iat,
    nbf: iat,
    exp: iat + ACCESS_TOKEN_SECONDS,
    azp: clientId,
    azpacr: grant.subject.type === 'app' ? '1' : '0',
    ...subjectClaims(grant),
    tid: tenantId,
    uti: randomUUID(),
    ver: '2.0',
  };
}

function subjectClaims({ subject, audience, productAudience }: TokenGrant): JWTPayload {
  if (subject.type === 'app') {
    const { objectId, roles, displayName } = subject.app;
    return {
      oid: objectId,
      sub: objectId,
      idtyp: 'app',
      app_displayname: displayName,
      ...(audience === productAudience && roles.length > 0 ? { roles } : {}),
    };
  }
  const { objectId, username, displayName, directoryRoles } = subject.user;
  return {
    oid: objectId,
    sub: objectId,
    name: displayName,
    preferred_username: username,
    upn: username,
    scp: USER_PERMISSION,
    ...(directoryRoles.length > 0 ? { wids: directoryRoles } : {}),
  };
}
