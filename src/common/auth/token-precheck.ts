import { z } from 'zod';
import type { AppConfig } from '../../config/env.js';
import { DomainError } from '../errors/domain-error.js';
import { claimsSchema, type VerifiedToken } from './token-verifier.js';

/** The directory's tokens are 1 to 4 KB; those of people in many groups and roles come near 8 KB. */
const MAX_TOKEN_BYTES = 16 * 1024;

/** Difference between our clock and the directory's that is forgiven, in seconds (the library's own figure). */
export const CLOCK_SKEW_SECONDS = 300;

/** The directory issues access tokens for 28 hours at most (continuous access evaluation). */
const MAX_LIFETIME_SECONDS = 28 * 60 * 60;

const headerSchema = z.object({
  alg: z.literal('RS256'),
  typ: z.string().regex(/^(jwt|at\+jwt)$/i),
  kid: z.string().min(1).max(256),
  x5t: z.string().max(256).optional(),
  // Extensions that must be understood: none is.
  crit: z.never().optional(),
});

/** What a token claims, unproven: enough to refuse most of what is not ours, and to know which keys to check it with. */
export interface UnverifiedToken {
  readonly kid: string;
  readonly claims: VerifiedToken;
}

/** Issuers of a tenant's tokens: the v2 endpoint's and the v1 endpoint's. */
export function issuersOf(authority: string, tenantId: string): [v2: string, v1: string] {
  return [`${authority}/${tenantId}/v2.0`, `https://sts.windows.net/${tenantId}/`];
}

/**
 * Looks at a token before any verifier does. It holds for every verifier what the library by itself does not: only RS256
 * (the library takes any algorithm that the metadata lists, HS256 with the public key included), the issuer tied to the
 * tenant, and a tenant that this service serves, so that nobody makes it fetch keys of directories of their choice.
 *
 * @throws DomainError TOKEN_INVALID; TENANT_NOT_ADMITTED
 */
export function precheck(token: string, config: AppConfig, nowMs: number = Date.now()): UnverifiedToken {
  if (token.length > MAX_TOKEN_BYTES) throw refused('too long');
  const parts = token.split('.');
  const [header = '', payload = '', signature = ''] = parts;
  if (parts.length !== 3 || !/^[\w-]{256,1366}$/.test(signature)) throw refused('not a signed token');

  const head = headerSchema.safeParse(decode(header));
  if (!head.success) throw refused('header');
  const { kid, x5t } = head.data;
  if (x5t !== undefined && x5t !== kid) throw refused('header names two keys');

  const parsed = claimsSchema.safeParse(decode(payload));
  if (!parsed.success) throw refused('claims');
  const claims = parsed.data;
  // The directory writes ids in lower case; another spelling in the issuer would be another issuer.
  if (!issuersOf(config.authority, claims.tid).includes(claims.iss)) throw refused('issuer');
  if (!config.audiences.includes(claims.aud)) throw refused('audience');
  checkTimes(claims, Math.floor(nowMs / 1000));
  if (config.tenants !== 'any' && !config.tenants.includes(claims.tid)) throw new DomainError('TENANT_NOT_ADMITTED');
  return { kid, claims };
}

function checkTimes({ exp, nbf, iat }: VerifiedToken, now: number): void {
  if (exp + CLOCK_SKEW_SECONDS <= now) throw refused('expired');
  if (exp > now + MAX_LIFETIME_SECONDS) throw refused('lives too long');
  if (nbf !== undefined && (nbf >= exp || nbf - CLOCK_SKEW_SECONDS > now)) throw refused('not yet valid');
  if (iat !== undefined && iat - CLOCK_SKEW_SECONDS > now) throw refused('issued in the future');
}

function decode(part: string): unknown {
  if (!/^[\w-]+$/.test(part)) throw refused('encoding');
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
  } catch (cause) {
    throw new DomainError('TOKEN_INVALID', { reason: 'encoding' }, { cause });
  }
}

/** @param reason says which check it was, never what the token held */
export function refused(reason: string): DomainError {
  return new DomainError('TOKEN_INVALID', { reason });
}
