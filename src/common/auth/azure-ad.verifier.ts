import { createPublicKey } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { BearerStrategy, type IBearerStrategyOption } from 'passport-azure-ad';
import { AppConfig } from '../../config/env.js';
import { BoundedCache } from '../bounded-cache.js';
import { SigningKeys, type SigningKey } from './signing-keys.js';
import { CLOCK_SKEW_SECONDS, issuersOf, precheck, refused } from './token-precheck.js';
import { claimsSchema, TokenVerifier, type VerifiedToken } from './token-verifier.js';

const MAX_STRATEGIES = 1_000;
const STRATEGY_MS = 24 * 60 * 60 * 1000;

/** What the strategy wants of metadata it loaded. @see passport-azure-ad 4.3.5 lib/bearerstrategy.js, jwtVerify */
interface LoadedMetadata {
  readonly oidc: { readonly issuer: string; readonly algorithms: readonly string[] };
  generateOidcPEM(kid: string): string;
}

/** Members of the strategy that passport itself uses, and the one that is replaced; the typings leave them out. */
interface RunnableStrategy {
  authenticate(request: { headers: { authorization: string } }): void;
  loadMetadata(params: unknown, next: (error: Error | null, metadata?: LoadedMetadata) => void): void;
  success(user: unknown): void;
  fail(challenge: unknown): void;
  error(error: Error): void;
}

/**
 * Verifies with passport-azure-ad's BearerStrategy, one a tenant, bound to the tenant's metadata address and issuers.
 *
 * The strategy's own loading of metadata is replaced: it ends the process when the answer is not JSON, calls back twice
 * when the status is not 200, waits for ever, and keeps a key set for 30 minutes whatever `kid` a token names
 * (passport-azure-ad 4.3.5, lib/metadata.js). Signature, issuer, audience and times stay its work.
 */
@Injectable()
export class AzureAdVerifier extends TokenVerifier {
  private readonly strategies = new BoundedCache<string, RunnableStrategy>(MAX_STRATEGIES, STRATEGY_MS);

  constructor(
    private readonly config: AppConfig,
    private readonly signingKeys: SigningKeys,
  ) {
    super();
  }

  async verify(token: string): Promise<VerifiedToken> {
    const { kid, claims } = precheck(token, this.config);
    const key = await this.signingKeys.get(claims.tid, kid);
    const payload = await run(this.strategyOf(claims.tid), metadataOf(key, claims.iss), token);
    return claimsSchema.parse(payload);
  }

  private strategyOf(tenantId: string): RunnableStrategy {
    const known = this.strategies.get(tenantId);
    if (known) return known;
    const options: IBearerStrategyOption = {
      identityMetadata: this.signingKeys.metadataUrl(tenantId),
      clientID: this.config.clientId,
      audience: [...this.config.audiences],
      validateIssuer: true,
      issuer: issuersOf(this.config.authority, tenantId),
      allowMultiAudiencesInToken: false,
      clockSkew: CLOCK_SKEW_SECONDS,
      loggingLevel: 'error',
      loggingNoPII: true,
    };
    const strategy = new BearerStrategy(options, (payload, done) => done(null, payload)) as unknown as RunnableStrategy;
    this.strategies.set(tenantId, strategy);
    return strategy;
  }
}

/** Passport's way to use a strategy: one object a request, inheriting from it, with the outcomes set on it. */
function run(strategy: RunnableStrategy, metadata: LoadedMetadata, token: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const attempt = Object.create(strategy) as RunnableStrategy;
    attempt.loadMetadata = (_params, next) => next(null, metadata);
    attempt.success = resolve;
    attempt.fail = () => reject(refused('signature or claims'));
    attempt.error = () => reject(refused('signature or claims'));
    attempt.authenticate({ headers: { authorization: `Bearer ${token}` } });
  });
}

function metadataOf(key: SigningKey, issuer: string): LoadedMetadata {
  return {
    oidc: { issuer, algorithms: ['RS256'] },
    generateOidcPEM(kid) {
      if (kid !== key.kid) throw refused('key unknown');
      return createPublicKey({ key: { ...key }, format: 'jwk' })
        .export({ type: 'spki', format: 'pem' })
        .toString();
    },
  };
}
