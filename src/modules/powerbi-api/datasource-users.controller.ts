import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import type { Caller } from '../../common/auth/caller.js';
import { CurrentCaller } from '../../common/auth/current-caller.decorator.js';
import { Answers } from '../../common/http/answers.decorator.js';
import { AppConfig } from '../../config/env.js';
import {
  datasourceUserSchema,
  noProfiles,
  showUser,
  toWantedUser,
  type DatasourceUser,
} from './datasource-user-bodies.js';
import { DatasourceUsers } from './datasource-users.js';
import { powerBiDatasourceUserListSchema } from './gateway.answers.js';
import { showList } from './odata-list.js';
import { plainQuerySchema, userQuerySchema, type PlainQuery, type UserQuery } from './odata-query.js';

@Controller('v1.0/myorg/gateways/:gatewayId/datasources/:datasourceId/users')
export class PowerBiDatasourceUsersController {
  constructor(
    private readonly config: AppConfig,
    private readonly users: DatasourceUsers,
  ) {}

  @Get()
  @Answers({ 200: powerBiDatasourceUserListSchema })
  async list(
    @CurrentCaller() caller: Caller,
    @Param('gatewayId') gatewayId: string,
    @Param('datasourceId') datasourceId: string,
    @Query({ schema: plainQuerySchema }) _query: PlainQuery,
  ) {
    const users = await this.users.list(caller, { gatewayId, datasourceId });
    const shown = users.map((user) => showUser(user, 'v1.0'));
    return showList(`${this.config.publicUrl}/v1.0/myorg/$metadata#users`, shown);
  }

  /** Reading is all that this API gives: who holds a role already keeps it. "None" takes it away. */
  @Post()
  @HttpCode(200)
  @Answers({ 200: null })
  async add(
    @CurrentCaller() caller: Caller,
    @Param('gatewayId') gatewayId: string,
    @Param('datasourceId') datasourceId: string,
    @Body({ schema: datasourceUserSchema }) body: DatasourceUser,
  ): Promise<void> {
    await this.users.put(caller, { gatewayId, datasourceId }, toWantedUser(body, 'v1.0'));
  }

  /** By address or object id. */
  @Delete(':user')
  @HttpCode(200)
  @Answers({ 200: null })
  async remove(
    @CurrentCaller() caller: Caller,
    @Param('gatewayId') gatewayId: string,
    @Param('datasourceId') datasourceId: string,
    @Param('user') user: string,
    @Query({ schema: userQuerySchema }) { profileId }: UserQuery,
  ): Promise<void> {
    if (profileId !== undefined) throw noProfiles('profileId');
    await this.users.take(caller, { gatewayId, datasourceId }, user);
  }
}
