import { errors, importJWK, jwtVerify } from 'jose';
import { NEXT_ROOT_NOTICE_SECONDS, NEXT_ROOT_TYP, nextRootSchema, type NextRoot } from '../contract/next-root.js';
import type { RootKey } from '../contract/registration.js';
import { TrustError } from './trust-error.js';

/** What is said of a next root, by the root that is trusted now. @throws TrustError announcement-refused */
export async function verifyAnnouncement(jws: string, current: RootKey): Promise<NextRoot> {
  const parsed = nextRootSchema.safeParse(await payloadOf(jws, current));
  if (!parsed.success) throw refused('has an unknown shape');
  const { root, next, iat, notBefore } = parsed.data;
  if (root !== current.generation) throw refused('names another root as its signer');
  if (next.generation !== current.generation + 1) throw refused('is not of the generation after this one');
  if (next.jwk.x === current.jwk.x) throw refused('names the root that holds already');
  if (notBefore - iat < NEXT_ROOT_NOTICE_SECONDS) throw refused('leaves less than 30 days');
  return parsed.data;
}

async function payloadOf(jws: string, current: RootKey): Promise<unknown> {
  const key = await importJWK({ ...current.jwk }, 'ES256');
  try {
    return (await jwtVerify(jws, key, { algorithms: ['ES256'], typ: NEXT_ROOT_TYP, requiredClaims: ['iat'] })).payload;
  } catch (error) {
    if (error instanceof errors.JOSEError) throw refused(`is not signed by the trusted root (${error.code})`, error);
    throw error;
  }
}

function refused(why: string, cause?: Error): TrustError {
  return new TrustError(
    `the announcement of a next root ${why}`,
    cause === undefined ? {} : { cause },
    'announcement-refused',
  );
}
