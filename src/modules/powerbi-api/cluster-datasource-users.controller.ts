import { Body, Controller, Delete, Get, HttpCode, Injectable, Param, Post, UseGuards } from '@nestjs/common';
import type { Caller } from '../../common/auth/caller.js';
import { CurrentCaller } from '../../common/auth/current-caller.decorator.js';
import { Answers } from '../../common/http/answers.decorator.js';
import { AppConfig } from '../../config/env.js';
import { clusterDatasourceUserListSchema } from './cluster.answers.js';
import { datasourceUserSchema, showUser, toWantedUser, type DatasourceUser } from './datasource-user-bodies.js';
import { DatasourceUsers } from './datasource-users.js';
import { showList } from './odata-list.js';
import { TenantAdministratorGuard } from './tenant-administrator.guard.js';

/** Roles at connections in the words of v2.0: reading is use, writing is resharing, administering is owning. */
@Injectable()
abstract class ClusterDatasourceUserRoutes {
  protected abstract readonly root: string;

  constructor(
    private readonly config: AppConfig,
    private readonly users: DatasourceUsers,
  ) {}

  @Get()
  @Answers({ 200: clusterDatasourceUserListSchema })
  async list(
    @CurrentCaller() caller: Caller,
    @Param('gatewayId') gatewayId: string,
    @Param('datasourceId') datasourceId: string,
  ) {
    const users = await this.users.list(caller, { gatewayId, datasourceId });
    const context = `${this.config.publicUrl}/${this.root}/$metadata#gatewayClusters/datasources/users`;
    return showList(
      context,
      users.map((user) => showUser(user, 'v2.0')),
    );
  }

  /** Gives a role or changes the one that is held; "None" takes it away. */
  @Post()
  @HttpCode(200)
  @Answers({ 200: null })
  async add(
    @CurrentCaller() caller: Caller,
    @Param('gatewayId') gatewayId: string,
    @Param('datasourceId') datasourceId: string,
    @Body({ schema: datasourceUserSchema }) body: DatasourceUser,
  ): Promise<void> {
    await this.users.put(caller, { gatewayId, datasourceId }, toWantedUser(body, 'v2.0'));
  }

  /** By address or object id. */
  @Delete(':user')
  @HttpCode(200)
  @Answers({ 200: null })
  remove(
    @CurrentCaller() caller: Caller,
    @Param('gatewayId') gatewayId: string,
    @Param('datasourceId') datasourceId: string,
    @Param('user') user: string,
  ): Promise<void> {
    return this.users.take(caller, { gatewayId, datasourceId }, user);
  }
}

/** For everybody. */
@Controller('v2.0/myorg/me/gatewayClusters/:gatewayId/datasources/:datasourceId/users')
export class OwnClusterDatasourceUsersController extends ClusterDatasourceUserRoutes {
  protected override readonly root = 'v2.0/myorg/me';
}

/** For administrators of the tenant, who may give and take roles at every connection. */
@Controller('v2.0/myorg/gatewayClusters/:gatewayId/datasources/:datasourceId/users')
@UseGuards(TenantAdministratorGuard)
export class TenantClusterDatasourceUsersController extends ClusterDatasourceUserRoutes {
  protected override readonly root = 'v2.0/myorg';
}
