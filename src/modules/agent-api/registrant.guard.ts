import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Authenticator } from '../../common/auth/authenticator.js';
import { DomainError } from '../../common/errors/domain-error.js';
import type { ActorRequest } from '../../common/errors/refusal-sink.js';
import { JOIN_TOKEN_SCHEME } from '../../contract/registration.js';
import { AttemptLimiter } from '../gateways/attempt-limiter.policy.js';
import { JoinTokensService } from '../gateways/join-tokens.service.js';
import type { Registrant } from '../gateways/registration.service.js';
import type { RegistrantRequest } from './current-registrant.decorator.js';

/** Lets in whoever may register a gateway: a person with an access token, or an installation with a join token. */
@Injectable()
export class RegistrantGuard implements CanActivate {
  private readonly attempts = new AttemptLimiter();

  constructor(
    private readonly authenticator: Authenticator,
    private readonly joinTokens: JoinTokensService,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest & RegistrantRequest & ActorRequest>();
    const [scheme = '', token = ''] = (request.headers.authorization ?? '').split(' ');
    request.registrant =
      scheme.toLowerCase() === JOIN_TOKEN_SCHEME.toLowerCase()
        ? await this.byJoinToken(token, request.ip)
        : await this.byAccessToken(request.headers.authorization);
    const { tenantId, principal } = request.registrant;
    request.actor = { tenantId, ...principal };
    return true;
  }

  private async byAccessToken(authorization: string | undefined): Promise<Registrant> {
    const { tenantId, id, type, isTenantAdministrator } = await this.authenticator.authenticate(authorization);
    return { tenantId, principal: { id, type }, isTenantAdministrator };
  }

  /** Guessing 256 bits is hopeless, but asking the database for every guess would not be free. */
  private async byJoinToken(token: string, address: string): Promise<Registrant> {
    this.attempts.assertAllowed(address);
    try {
      const joinToken = await this.joinTokens.permission(token);
      return { tenantId: joinToken.tenantId, principal: joinToken.principal, joinToken };
    } catch (error) {
      if (error instanceof DomainError && error.status < 500) this.attempts.fail(address);
      throw error;
    }
  }
}
