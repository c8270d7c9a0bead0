import { Controller, Get, Param, Query } from '@nestjs/common';
import type { Caller } from '../../common/auth/caller.js';
import { CurrentCaller } from '../../common/auth/current-caller.decorator.js';
import { Answers } from '../../common/http/answers.decorator.js';
import { AppConfig } from '../../config/env.js';
import { ClustersService, MAX_CLUSTERS } from '../gateways/clusters.service.js';
import { showGateway } from './gateway-bodies.js';
import { powerBiGatewayListSchema, powerBiGatewaySchema } from './gateway.answers.js';
import { showList } from './odata-list.js';
import { plainQuerySchema, type PlainQuery } from './odata-query.js';

@Controller('v1.0/myorg/gateways')
export class PowerBiGatewaysController {
  constructor(
    private readonly config: AppConfig,
    private readonly clusters: ClustersService,
  ) {}

  /** This API has no pages: who sees more than a thousand gateways asks v2.0, which has. */
  @Get()
  @Answers({ 200: powerBiGatewayListSchema })
  async list(@CurrentCaller() caller: Caller, @Query({ schema: plainQuerySchema }) _query: PlainQuery) {
    const { clusters } = await this.clusters.list(caller, undefined, { skip: 0, take: MAX_CLUSTERS });
    return showList(`${this.config.publicUrl}/v1.0/myorg/$metadata#gateways`, clusters.map(showGateway));
  }

  @Get(':gatewayId')
  @Answers({ 200: powerBiGatewaySchema })
  async get(@CurrentCaller() caller: Caller, @Param('gatewayId') gatewayId: string) {
    return showGateway(await this.clusters.get(caller, gatewayId));
  }
}
