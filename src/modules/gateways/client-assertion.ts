import { decodeJwt, errors, jwtVerify } from 'jose';
import { z } from 'zod';
import { DomainError } from '../../common/errors/domain-error.js';
import { CLIENT_ASSERTION_SECONDS, CLIENT_ASSERTION_TYP } from '../../contract/membership.js';
import { identityKeyOf } from './member-signature.policy.js';

/** How far a member's clock may be off. */
const CLOCK_TOLERANCE_SECONDS = 30;

const claimsSchema = z.object({
  sub: z.guid().toLowerCase(),
  iat: z.int(),
  exp: z.int(),
  jti: z.string().min(16).max(128),
});

/** A client assertion whose signature, audience and times were found right. */
export interface VerifiedAssertion {
  readonly memberId: string;
  readonly jti: string;
  /** After this instant it would be refused for its age, so that its `jti` need not be remembered any longer. */
  readonly forgettableAt: Date;
}

/**
 * Reads who claims to speak, to know which key to check with. Proves nothing.
 *
 * @throws DomainError TOKEN_INVALID
 */
export function claimedMember(assertion: string): string {
  try {
    return claimsSchema.parse(decodeJwt(assertion)).sub;
  } catch (cause) {
    throw new DomainError('TOKEN_INVALID', {}, { cause });
  }
}

/**
 * @param identityKey the claimed member's raw Ed25519 public key
 * @param audience the issuer towards agents
 * @throws DomainError TOKEN_INVALID
 * @see RFC 7523, RFC 8725 (explicit typing)
 */
export async function verifyAssertion(
  assertion: string,
  identityKey: Uint8Array,
  audience: string,
): Promise<VerifiedAssertion> {
  try {
    const { payload } = await jwtVerify(assertion, identityKeyOf(identityKey), {
      algorithms: ['EdDSA'],
      typ: CLIENT_ASSERTION_TYP,
      audience,
      maxTokenAge: CLIENT_ASSERTION_SECONDS,
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
      requiredClaims: ['iss', 'sub', 'aud', 'iat', 'exp', 'jti'],
    });
    const { sub, iat, exp, jti } = claimsSchema.parse(payload);
    if (payload.iss !== payload.sub) throw new DomainError('TOKEN_INVALID');
    if (exp - iat > CLIENT_ASSERTION_SECONDS) throw new DomainError('TOKEN_INVALID');
    return { memberId: sub, jti, forgettableAt: new Date((exp + 2 * CLOCK_TOLERANCE_SECONDS) * 1000) };
  } catch (cause) {
    if (cause instanceof errors.JOSEError || cause instanceof z.ZodError) {
      throw new DomainError('TOKEN_INVALID', {}, { cause });
    }
    throw cause;
  }
}
