import { Body, Controller, HttpCode, Ip, Post } from '@nestjs/common';
import { Public } from '../../common/auth/public.decorator.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { Answers } from '../../common/http/answers.decorator.js';
import {
  registrationRequestSchema,
  type RegistrationRequest,
  type RegistrationResponse,
} from '../../contract/registration.js';
import { AttemptLimiter } from '../gateways/attempt-limiter.policy.js';
import { RegistrationLookupService } from '../gateways/registration-lookup.service.js';
import { AGENT_ANSWERS } from './agent.answers.js';

/** Open to all, because the signed proof in the body says who calls. */
@Controller('agent/v1/registrations/lookups')
@Public()
export class RegistrationLookupsController {
  private readonly attempts = new AttemptLimiter();

  constructor(private readonly lookups: RegistrationLookupService) {}

  @Post()
  @HttpCode(200)
  @Answers({ 200: AGENT_ANSWERS.registration })
  async find(
    @Body({ schema: registrationRequestSchema }) request: RegistrationRequest,
    @Ip() address: string,
  ): Promise<RegistrationResponse> {
    this.attempts.assertAllowed(address);
    try {
      return await this.lookups.find(request);
    } catch (error) {
      if (error instanceof DomainError && error.status < 500) this.attempts.fail(address);
      throw error;
    }
  }
}
