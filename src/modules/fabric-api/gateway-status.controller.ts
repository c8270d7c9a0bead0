import { Controller, HttpCode, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Caller } from '../../common/auth/caller.js';
import { CurrentCaller } from '../../common/auth/current-caller.decorator.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { Answers } from '../../common/http/answers.decorator.js';
import { GatewayStatusService, type StatusQuestion } from '../gateways/gateway-status.service.js';
import { GatewaysService } from '../gateways/gateways.service.js';
import { CatalogueService } from '../releases/catalogue.service.js';
import { showStatus } from './gateway-status-body.js';
import { gatewayStatusSchema, type GatewayStatusAnswer } from './gateway.answers.js';
import { OperationReplies } from './operation-replies.js';
import { acceptedAnswer } from './operation.answers.js';

@Controller('v1/gateways/:gatewayId')
export class GatewayStatusController {
  constructor(
    private readonly gateways: GatewaysService,
    private readonly statuses: GatewayStatusService,
    private readonly catalogue: CatalogueService,
    private readonly replies: OperationReplies,
  ) {}

  @Post('checkStatus')
  @HttpCode(200)
  @Answers({ 200: gatewayStatusSchema, 202: acceptedAnswer })
  async check(
    @CurrentCaller() caller: Caller,
    @Param('gatewayId') gatewayId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const question = await this.statuses.question(caller, gatewayId);
    return this.replies.answer(caller, { kind: 'gateway.checkStatus', run: () => this.ask(question) }, reply);
  }

  @Post('members/:memberId/checkStatus')
  @HttpCode(200)
  @Answers({ 200: gatewayStatusSchema, 202: acceptedAnswer })
  async checkMember(
    @CurrentCaller() caller: Caller,
    @Param('gatewayId') gatewayId: string,
    @Param('memberId') memberId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const question = await this.statuses.question(caller, gatewayId, memberId);
    return this.replies.answer(caller, { kind: 'member.checkStatus', run: () => this.ask(question) }, reply);
  }

  /** Of machines that are not ours. @throws DomainError GATEWAY_NOT_FOUND, ROLE_MISSING, GATEWAY_TYPE_UNSUPPORTED */
  @Post('restart')
  @HttpCode(200)
  @Answers({})
  restart(@CurrentCaller() caller: Caller, @Param('gatewayId') gatewayId: string): Promise<never> {
    return this.refuse(caller, gatewayId);
  }

  @Post('shutdown')
  @HttpCode(200)
  @Answers({})
  shutdown(@CurrentCaller() caller: Caller, @Param('gatewayId') gatewayId: string): Promise<never> {
    return this.refuse(caller, gatewayId);
  }

  private async ask(question: StatusQuestion): Promise<GatewayStatusAnswer> {
    const [status, window] = await Promise.all([this.statuses.ask(question), this.catalogue.window()]);
    return showStatus(status, window);
  }

  private async refuse(caller: Caller, gatewayId: string): Promise<never> {
    const { id } = await this.gateways.get(caller, gatewayId);
    throw new DomainError('GATEWAY_TYPE_UNSUPPORTED', { gatewayId: id, type: 'OnPremises' });
  }
}
