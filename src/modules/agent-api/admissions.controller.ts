import { Body, Controller, Get, Param, Post, Query, UseGuards } from '@nestjs/common';
import { z } from 'zod';
import { Public } from '../../common/auth/public.decorator.js';
import { Answers } from '../../common/http/answers.decorator.js';
import {
  admissionRequestSchema,
  type AdmissionRequest,
  type AdmissionResponse,
  type Challenge,
} from '../../contract/recovery.js';
import type { Registrant } from '../gateways/registration.service.js';
import { AdministeredGatewaysService, type GatewayChoice } from '../recovery/administered-gateways.service.js';
import { AdmissionsService } from '../recovery/admissions.service.js';
import { CurrentRegistrant } from './current-registrant.decorator.js';
import { RegistrantGuard } from './registrant.guard.js';
import { AGENT_ANSWERS } from './agent.answers.js';

const findSchema = z.object({ name: z.string().max(200).optional() });

/** Members ask for the other operations: they need one. */
const admissionChallengeSchema = admissionRequestSchema.pick({ operation: true });

/** What somebody at a machine calls to make it a member of a gateway that exists. */
@Controller('agent/v1/gateways')
@Public()
@UseGuards(RegistrantGuard)
export class AdmissionsController {
  constructor(
    private readonly gateways: AdministeredGatewaysService,
    private readonly admissions: AdmissionsService,
  ) {}

  @Get()
  @Answers({ 200: AGENT_ANSWERS.gateways })
  async find(
    @CurrentRegistrant() registrant: Registrant,
    @Query({ schema: findSchema }) { name }: z.infer<typeof findSchema>,
  ): Promise<{ value: GatewayChoice[] }> {
    return { value: await this.gateways.find(registrant, name) };
  }

  @Post(':gatewayId/challenges')
  @Answers({ 201: AGENT_ANSWERS.challenge })
  challenge(
    @CurrentRegistrant() registrant: Registrant,
    @Param('gatewayId') gatewayId: string,
    @Body({ schema: admissionChallengeSchema }) { operation }: z.infer<typeof admissionChallengeSchema>,
  ): Promise<Challenge> {
    return this.admissions.challenge(registrant, gatewayId, operation);
  }

  @Post(':gatewayId/members')
  @Answers({ 201: AGENT_ANSWERS.admission })
  admit(
    @CurrentRegistrant() registrant: Registrant,
    @Param('gatewayId') gatewayId: string,
    @Body({ schema: admissionRequestSchema }) request: AdmissionRequest,
  ): Promise<AdmissionResponse> {
    return this.admissions.admit(registrant, gatewayId, request);
  }
}
