import { Controller, Delete, HttpCode, Param, Put } from '@nestjs/common';
import type { Caller } from '../../common/auth/caller.js';
import { CurrentCaller } from '../../common/auth/current-caller.decorator.js';
import { Answers } from '../../common/http/answers.decorator.js';
import { ConnectionBindingsService } from '../connections/connection-bindings.service.js';

@Controller('v1/connections/:connectionId/environments/:environmentId')
export class ConnectionEnvironmentsController {
  constructor(private readonly bindings: ConnectionBindingsService) {}

  @Put()
  @HttpCode(200)
  @Answers({ 200: null })
  bind(
    @CurrentCaller() caller: Caller,
    @Param('connectionId') connectionId: string,
    @Param('environmentId') environmentId: string,
  ): Promise<void> {
    return this.bindings.bind(caller, connectionId, environmentId);
  }

  @Delete()
  @HttpCode(200)
  @Answers({ 200: null })
  unbind(
    @CurrentCaller() caller: Caller,
    @Param('connectionId') connectionId: string,
    @Param('environmentId') environmentId: string,
  ): Promise<void> {
    return this.bindings.unbind(caller, connectionId, environmentId);
  }
}
