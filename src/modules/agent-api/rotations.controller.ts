import { Body, Controller, Get, HttpCode, Param, Post, Put, UseGuards } from '@nestjs/common';
import type { z } from 'zod';
import { Public } from '../../common/auth/public.decorator.js';
import { Answers } from '../../common/http/answers.decorator.js';
import {
  resealedSchema,
  rotationKeySchema,
  rotationReceiptSchema,
  unopenedSchema,
  type rotationBatchSchema,
  type RotationKey,
  type RotationView,
} from '../../contract/rotation.js';
import type { AuthenticatedMember } from '../gateways/gateways.types.js';
import { RotationCredentialsService } from '../rotations/rotation-credentials.service.js';
import { RotationKeysService } from '../rotations/rotation-keys.service.js';
import { CurrentMember } from './current-member.decorator.js';
import { MemberGuard } from './member.guard.js';
import { AGENT_ANSWERS } from './agent.answers.js';

/** What members need while the sealing key of their gateway changes. */
@Controller('agent/v1/rotations/:rotationId')
@Public()
@UseGuards(MemberGuard)
export class AgentRotationsController {
  constructor(
    private readonly keys: RotationKeysService,
    private readonly credentials: RotationCredentialsService,
  ) {}

  @Get()
  @Answers({ 200: AGENT_ANSWERS.rotation })
  view(@CurrentMember() member: AuthenticatedMember, @Param('rotationId') rotationId: string): Promise<RotationView> {
    return this.keys.view(member, rotationId);
  }

  @Put('key')
  @Answers({ 200: AGENT_ANSWERS.rotation })
  bring(
    @CurrentMember() member: AuthenticatedMember,
    @Param('rotationId') rotationId: string,
    @Body({ schema: rotationKeySchema }) key: RotationKey,
  ): Promise<RotationView> {
    return this.keys.bring(member, rotationId, key);
  }

  @Post('receipts')
  @HttpCode(204)
  @Answers({ 204: null })
  receive(
    @CurrentMember() member: AuthenticatedMember,
    @Param('rotationId') rotationId: string,
    @Body({ schema: rotationReceiptSchema }) receipt: z.infer<typeof rotationReceiptSchema>,
  ): Promise<void> {
    return this.keys.receive(member, rotationId, receipt.keyId);
  }

  @Get('credentials')
  @Answers({ 200: AGENT_ANSWERS.rotationBatch })
  next(
    @CurrentMember() member: AuthenticatedMember,
    @Param('rotationId') rotationId: string,
  ): Promise<z.infer<typeof rotationBatchSchema>> {
    return this.credentials.next(member, rotationId);
  }

  @Get('unopened')
  @Answers({ 200: AGENT_ANSWERS.rotationBatch })
  unopened(
    @CurrentMember() member: AuthenticatedMember,
    @Param('rotationId') rotationId: string,
  ): Promise<z.infer<typeof rotationBatchSchema>> {
    return this.credentials.unopenedByOthers(member, rotationId);
  }

  @Post('unopened')
  @HttpCode(204)
  @Answers({ 204: null })
  report(
    @CurrentMember() member: AuthenticatedMember,
    @Param('rotationId') rotationId: string,
    @Body({ schema: unopenedSchema }) unopened: z.infer<typeof unopenedSchema>,
  ): Promise<void> {
    return this.credentials.report(member, rotationId, unopened);
  }

  @Put('credentials/:connectionId')
  @HttpCode(204)
  @Answers({ 204: null })
  reseal(
    @CurrentMember() member: AuthenticatedMember,
    @Param('rotationId') rotationId: string,
    @Param('connectionId') connectionId: string,
    @Body({ schema: resealedSchema }) resealed: z.infer<typeof resealedSchema>,
  ): Promise<void> {
    return this.credentials.reseal(member, rotationId, { ...resealed, connectionId });
  }
}
