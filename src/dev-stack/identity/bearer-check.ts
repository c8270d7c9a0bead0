import '../not-in-production.js';
import { createLocalJWKSet, errors, jwtVerify, type JWTPayload } from 'jose';
import type { IdentityProvider } from './identity-provider.js';

/**
 * The claims of a bearer token that the provider signed for one of the audiences; undefined when there is none.
 *
 * @param authorization the request's header
 */
export async function checkBearer(
  identity: IdentityProvider,
  authorization: string | undefined,
  audiences: readonly string[],
): Promise<JWTPayload | undefined> {
  const [, token] = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization ?? '') ?? [];
  if (token === undefined) return undefined;
  try {
    const { payload } = await jwtVerify(token, createLocalJWKSet(identity.publicKeys()), {
      algorithms: ['RS256'],
      audience: [...audiences],
      requiredClaims: ['tid', 'oid', 'exp'],
    });
    return payload.iss === identity.issuer(String(payload['tid'])) ? payload : undefined;
  } catch (error) {
    if (error instanceof errors.JOSEError) return undefined;
    throw error;
  }
}
