import { Controller, Get, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Caller } from '../../common/auth/caller.js';
import { CurrentCaller } from '../../common/auth/current-caller.decorator.js';
import { fabricErrorCode } from '../../common/errors/fabric-error-code.js';
import { Answers } from '../../common/http/answers.decorator.js';
import { OperationsService } from '../operations/operations.service.js';
import type { OperationView } from '../operations/operations.types.js';
import { OperationReplies } from './operation-replies.js';
import { operationAnswer, operationResultSchema } from './operation.answers.js';

@Controller('v1/operations/:operationId')
export class OperationsController {
  constructor(
    private readonly operations: OperationsService,
    private readonly replies: OperationReplies,
  ) {}

  @Get()
  @Answers({ 200: operationAnswer })
  async get(
    @CurrentCaller() caller: Caller,
    @Param('operationId') operationId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const operation = await this.operations.get(caller, operationId);
    this.replies.tell(reply, operation.id, operation.status);
    return showOperation(operation);
  }

  @Get('result')
  @Answers({ 200: operationResultSchema })
  result(@CurrentCaller() caller: Caller, @Param('operationId') operationId: string): Promise<unknown> {
    return this.operations.result(caller, operationId);
  }
}

function showOperation({ status, createdAt, updatedAt, percentComplete, failure }: OperationView) {
  return {
    status,
    createdTimeUtc: createdAt.toISOString(),
    lastUpdatedTimeUtc: updatedAt.toISOString(),
    ...(percentComplete === undefined ? {} : { percentComplete }),
    ...(failure && { error: { errorCode: fabricErrorCode(failure.errorCode), message: failure.message } }),
  };
}
