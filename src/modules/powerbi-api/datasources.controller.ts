import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Caller } from '../../common/auth/caller.js';
import { CurrentCaller } from '../../common/auth/current-caller.decorator.js';
import { Answers } from '../../common/http/answers.decorator.js';
import { callerGone } from '../../common/http/caller-gone.js';
import { AppConfig } from '../../config/env.js';
import { ConnectionChangesService } from '../connections/connection-changes.service.js';
import { ConnectionCreationService } from '../connections/connection-creation.service.js';
import { ConnectionsService } from '../connections/connections.service.js';
import { GatewayConnectionsService } from '../connections/gateway-connections.service.js';
import { toCredential } from './credential-details.js';
import {
  publishSchema,
  showDatasource,
  toNewConnection,
  updateDatasourceSchema,
  type Publish,
  type UpdateDatasource,
} from './datasource-bodies.js';
import { DatasourceTests } from './datasource-tests.js';
import { powerBiDatasourceListSchema, powerBiDatasourceSchema } from './gateway.answers.js';
import { showList } from './odata-list.js';
import { plainQuerySchema, type PlainQuery } from './odata-query.js';

/** Connections in the words of v1.0. What is done answers 200 with nothing in it: its clients take no other status. */
@Controller('v1.0/myorg/gateways/:gatewayId/datasources')
export class PowerBiDatasourcesController {
  constructor(
    private readonly config: AppConfig,
    private readonly places: GatewayConnectionsService,
    private readonly connections: ConnectionsService,
    private readonly creation: ConnectionCreationService,
    private readonly changes: ConnectionChangesService,
    private readonly tests: DatasourceTests,
  ) {}

  @Get()
  @Answers({ 200: powerBiDatasourceListSchema })
  async list(
    @CurrentCaller() caller: Caller,
    @Param('gatewayId') gatewayId: string,
    @Query({ schema: plainQuerySchema }) _query: PlainQuery,
  ) {
    const connections = await this.places.list(caller, gatewayId);
    return showList(`${this.config.publicUrl}/v1.0/myorg/$metadata#datasources`, connections.map(showDatasource));
  }

  /** Stored untried: `status` tries it. */
  @Post()
  @HttpCode(201)
  @Answers({ 201: powerBiDatasourceSchema })
  async create(
    @CurrentCaller() caller: Caller,
    @Param('gatewayId') gatewayId: string,
    @Body({ schema: publishSchema }) body: Publish,
  ) {
    return showDatasource(await this.creation.create(caller, toNewConnection(gatewayId, body)));
  }

  @Get(':datasourceId')
  @Answers({ 200: powerBiDatasourceSchema })
  async get(
    @CurrentCaller() caller: Caller,
    @Param('gatewayId') gatewayId: string,
    @Param('datasourceId') datasourceId: string,
  ) {
    return showDatasource(await this.places.get(caller, gatewayId, datasourceId));
  }

  /** Stored untried, as when it was made. */
  @Patch(':datasourceId')
  @Answers({ 200: null })
  async update(
    @CurrentCaller() caller: Caller,
    @Param('gatewayId') gatewayId: string,
    @Param('datasourceId') datasourceId: string,
    @Body({ schema: updateDatasourceSchema }) { credentialDetails }: UpdateDatasource,
  ): Promise<void> {
    await this.places.assertAt(caller, gatewayId, datasourceId);
    await this.changes.update(caller, datasourceId, toCredential(gatewayId, credentialDetails));
  }

  @Delete(':datasourceId')
  @HttpCode(200)
  @Answers({ 200: null })
  async remove(
    @CurrentCaller() caller: Caller,
    @Param('gatewayId') gatewayId: string,
    @Param('datasourceId') datasourceId: string,
  ): Promise<void> {
    await this.places.assertAt(caller, gatewayId, datasourceId);
    await this.connections.remove(caller, datasourceId);
  }

  @Get(':datasourceId/status')
  @Answers({ 200: null })
  status(
    @CurrentCaller() caller: Caller,
    @Param('gatewayId') gatewayId: string,
    @Param('datasourceId') datasourceId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    return this.tests.run(caller, { gatewayId, datasourceId }, callerGone(reply));
  }
}
