import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { BoundedCache } from '../bounded-cache.js';
import { DomainError } from '../errors/domain-error.js';
import { CallerAdmission } from './caller-admission.js';
import { callerOf } from './caller.policy.js';
import type { Caller } from './caller.js';
import { TokenVerifier } from './token-verifier.js';

/** A token found good is not verified again for this long: short beside its hour, long beside the next request. */
const VERIFIED_MS = 60_000;
const MAX_VERIFIED = 10_000;

/** Turns the `Authorization` header into the caller it proves. */
@Injectable()
export class Authenticator {
  private readonly verified = new BoundedCache<string, { caller: Caller; appId: string | undefined }>(
    MAX_VERIFIED,
    VERIFIED_MS,
  );

  constructor(
    private readonly verifier: TokenVerifier,
    private readonly admission: CallerAdmission,
  ) {}

  /** @throws DomainError TOKEN_INVALID, SCOPE_MISSING, TENANT_NOT_ADMITTED, IDENTITY_UNAVAILABLE */
  async authenticate(authorization: string | undefined): Promise<Caller> {
    const token = bearerToken(authorization);
    const key = createHash('sha256').update(token).digest('base64url');
    let known = this.verified.get(key);
    if (!known) {
      const claims = await this.verifier.verify(token);
      const caller = callerOf(claims);
      known = { caller, appId: caller.type === 'User' ? undefined : (claims.azp ?? claims.appid) };
      // The clock skew that verifiers allow is not for the cache: past `exp` every request is checked anew.
      const leftMs = claims.exp * 1000 - Date.now();
      if (leftMs > 0) this.verified.set(key, known, leftMs);
    }
    await this.admission.admit(known.caller, known.appId);
    return known.caller;
  }
}

function bearerToken(authorization: string | undefined): string {
  const [scheme = '', token = '', ...rest] = (authorization ?? '').split(' ');
  if (scheme.toLowerCase() !== 'bearer' || token === '' || rest.length > 0) throw new DomainError('TOKEN_INVALID');
  return token;
}
