import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Injectable,
  Param,
  Patch,
  Post,
  Query,
  Res,
  UseGuards,
} from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Caller } from '../../common/auth/caller.js';
import { CurrentCaller } from '../../common/auth/current-caller.decorator.js';
import { Answers } from '../../common/http/answers.decorator.js';
import { callerGone } from '../../common/http/caller-gone.js';
import { AppConfig } from '../../config/env.js';
import { ConnectionChangesService } from '../connections/connection-changes.service.js';
import { ConnectionsService } from '../connections/connections.service.js';
import { GatewayConnectionsService } from '../connections/gateway-connections.service.js';
import {
  credentialsSchema,
  publishToClusterSchema,
  renameSchema,
  showClusterDatasource,
  type Credentials,
  type PublishToCluster,
  type Rename,
} from './cluster-datasource-bodies.js';
import { ClusterDatasources } from './cluster-datasources.js';
import {
  clusterDatasourceListSchema,
  datasourceErrorListSchema,
  oneClusterDatasourceSchema,
} from './cluster.answers.js';
import { DatasourceTests } from './datasource-tests.js';
import { showList } from './odata-list.js';
import { plainQuerySchema, type PlainQuery } from './odata-query.js';
import { TenantAdministratorGuard } from './tenant-administrator.guard.js';

/** Connections in the words of v2.0. Administering the tenant gives no right to use them: each shows what its caller may. */
@Injectable()
abstract class ClusterDatasourceRoutes {
  protected abstract readonly root: string;

  constructor(
    protected readonly config: AppConfig,
    protected readonly places: GatewayConnectionsService,
    protected readonly connections: ConnectionsService,
    protected readonly changes: ConnectionChangesService,
    protected readonly datasources: ClusterDatasources,
    protected readonly tests: DatasourceTests,
  ) {}

  @Get()
  @Answers({ 200: clusterDatasourceListSchema })
  async list(
    @CurrentCaller() caller: Caller,
    @Param('gatewayId') gatewayId: string,
    @Query({ schema: plainQuerySchema }) _query: PlainQuery,
  ) {
    const connections = await this.places.list(caller, gatewayId);
    return showList(this.context('datasources'), connections.map(showClusterDatasource));
  }

  @Get(':datasourceId')
  @Answers({ 200: oneClusterDatasourceSchema })
  async get(
    @CurrentCaller() caller: Caller,
    @Param('gatewayId') gatewayId: string,
    @Param('datasourceId') datasourceId: string,
  ) {
    const connection = await this.places.get(caller, gatewayId, datasourceId);
    return { '@odata.context': this.context('datasources/$entity'), ...showClusterDatasource(connection) };
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

  @Patch(':datasourceId')
  @Answers({ 200: null })
  async update(
    @CurrentCaller() caller: Caller,
    @Param('gatewayId') gatewayId: string,
    @Param('datasourceId') datasourceId: string,
    @Body({ schema: renameSchema }) { datasourceName: displayName, datasourceAnnotation: annotation }: Rename,
  ): Promise<void> {
    await this.places.assertAt(caller, gatewayId, datasourceId);
    await this.changes.update(caller, datasourceId, { displayName, annotation });
  }

  /** Answers with what members said against it; with none of that it is stored. */
  @Patch(':datasourceId/credentials')
  @Answers({ 200: datasourceErrorListSchema })
  async changeCredentials(
    @CurrentCaller() caller: Caller,
    @Param('gatewayId') gatewayId: string,
    @Param('datasourceId') datasourceId: string,
    @Body({ schema: credentialsSchema }) body: Credentials,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const place = { gatewayId, datasourceId };
    const errors = await this.datasources.changeCredential(caller, place, body, callerGone(reply));
    return showList(this.context('credentials'), errors);
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

  protected context(of: string): string {
    return `${this.config.publicUrl}/${this.root}/$metadata#gatewayClusters/${of}`;
  }
}

/** New ones are made here only, as clients do. */
@Controller('v2.0/myorg/me/gatewayClusters/:gatewayId/datasources')
export class OwnClusterDatasourcesController extends ClusterDatasourceRoutes {
  protected override readonly root = 'v2.0/myorg/me';

  @Post()
  @HttpCode(201)
  @Answers({ 201: oneClusterDatasourceSchema })
  async create(
    @CurrentCaller() caller: Caller,
    @Param('gatewayId') gatewayId: string,
    @Body({ schema: publishToClusterSchema }) body: PublishToCluster,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const connection = await this.datasources.create(caller, gatewayId, body, callerGone(reply));
    return { '@odata.context': this.context('datasources/$entity'), ...showClusterDatasource(connection) };
  }
}

/** For administrators of the tenant. */
@Controller('v2.0/myorg/gatewayClusters/:gatewayId/datasources')
@UseGuards(TenantAdministratorGuard)
export class TenantClusterDatasourcesController extends ClusterDatasourceRoutes {
  protected override readonly root = 'v2.0/myorg';
}
