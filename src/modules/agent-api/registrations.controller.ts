import { Body, Controller, Post, UseGuards } from '@nestjs/common';
import { Public } from '../../common/auth/public.decorator.js';
import { Answers } from '../../common/http/answers.decorator.js';
import {
  registrationRequestSchema,
  type RegistrationRequest,
  type RegistrationResponse,
} from '../../contract/registration.js';
import { RegistrationService, type Registrant } from '../gateways/registration.service.js';
import { CurrentRegistrant } from './current-registrant.decorator.js';
import { RegistrantGuard } from './registrant.guard.js';
import { AGENT_ANSWERS } from './agent.answers.js';

@Controller('agent/v1/registrations')
@Public()
@UseGuards(RegistrantGuard)
export class RegistrationsController {
  constructor(private readonly registration: RegistrationService) {}

  @Post()
  @Answers({ 201: AGENT_ANSWERS.registration })
  register(
    @CurrentRegistrant() registrant: Registrant,
    @Body({ schema: registrationRequestSchema }) request: RegistrationRequest,
  ): Promise<RegistrationResponse> {
    return this.registration.register(registrant, request);
  }
}
