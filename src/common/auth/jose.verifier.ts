import { Injectable } from '@nestjs/common';
import { importJWK, jwtVerify } from 'jose';
import { AppConfig } from '../../config/env.js';
import { DomainError } from '../errors/domain-error.js';
import { SigningKeys } from './signing-keys.js';
import { CLOCK_SKEW_SECONDS, issuersOf, precheck } from './token-precheck.js';
import { claimsSchema, TokenVerifier, type VerifiedToken } from './token-verifier.js';

/** Verifies with jose: the second implementation, for the day when the archived library must go. */
@Injectable()
export class JoseVerifier extends TokenVerifier {
  constructor(
    private readonly config: AppConfig,
    private readonly signingKeys: SigningKeys,
  ) {
    super();
  }

  async verify(token: string): Promise<VerifiedToken> {
    const { kid, claims } = precheck(token, this.config);
    const key = await this.signingKeys.get(claims.tid, kid);
    try {
      const { payload } = await jwtVerify(token, await importJWK({ ...key }, 'RS256'), {
        algorithms: ['RS256'],
        issuer: issuersOf(this.config.authority, claims.tid),
        audience: [...this.config.audiences],
        clockTolerance: CLOCK_SKEW_SECONDS,
        requiredClaims: ['exp', 'tid', 'oid'],
      });
      return claimsSchema.parse(payload);
    } catch (cause) {
      throw new DomainError('TOKEN_INVALID', { reason: 'signature or claims' }, { cause });
    }
  }
}
