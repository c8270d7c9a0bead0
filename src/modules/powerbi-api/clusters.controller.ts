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
  UseGuards,
} from '@nestjs/common';
import type { Caller } from '../../common/auth/caller.js';
import { CurrentCaller } from '../../common/auth/current-caller.decorator.js';
import { Answers } from '../../common/http/answers.decorator.js';
import { AppConfig } from '../../config/env.js';
import { GatewayChangesService } from '../gateways/gateway-changes.service.js';
import { GatewayStatusService } from '../gateways/gateway-status.service.js';
import type { GatewayScope } from '../gateways/gateways.types.js';
import { MemberAdministrationService } from '../gateways/member-administration.service.js';
import { CatalogueService } from '../releases/catalogue.service.js';
import {
  permissionSchema,
  toGatewayChange,
  updateClusterSchema,
  type Permission,
  type UpdateCluster,
} from './cluster-bodies.js';
import { ClusterPermissions } from './cluster-permissions.js';
import { ClusterReader } from './cluster-reader.js';
import { showClusterStatus } from './cluster-status.js';
import { clusterListSchema, clusterStatusSchema, oneClusterSchema } from './cluster.answers.js';
import { showList } from './odata-list.js';
import {
  clusterListQuerySchema,
  expandQuerySchema,
  nextLink,
  type ClusterListQuery,
  type ExpandQuery,
} from './odata-query.js';
import { TenantAdministratorGuard } from './tenant-administrator.guard.js';

/** Gateways in the words of v2.0. One set of routes below two addresses: the caller's own gateways, and all of the tenant. */
@Injectable()
abstract class ClusterRoutes {
  /** What the list has. */
  protected abstract readonly scope: GatewayScope;
  /** Between host and `gatewayClusters`. */
  protected abstract readonly root: string;

  constructor(
    private readonly config: AppConfig,
    private readonly reader: ClusterReader,
    private readonly changes: GatewayChangesService,
    private readonly members: MemberAdministrationService,
    private readonly statuses: GatewayStatusService,
    private readonly catalogue: CatalogueService,
    private readonly permissions: ClusterPermissions,
  ) {}

  @Get()
  @Answers({ 200: clusterListSchema })
  async list(@CurrentCaller() caller: Caller, @Query({ schema: clusterListQuerySchema }) query: ClusterListQuery) {
    const { value, isMore } = await this.reader.list(caller, this.scope, query);
    const next = isMore ? nextLink(`${this.address()}/gatewayClusters`, query, value.length) : undefined;
    return { ...showList(this.context('gatewayClusters'), value), ...(next && { '@odata.nextLink': next }) };
  }

  @Get(':gatewayId')
  @Answers({ 200: oneClusterSchema })
  async get(
    @CurrentCaller() caller: Caller,
    @Param('gatewayId') gatewayId: string,
    @Query({ schema: expandQuerySchema }) { $expand }: ExpandQuery,
  ) {
    const cluster = await this.reader.get(caller, gatewayId, $expand);
    return { '@odata.context': this.context('gatewayClusters/$entity'), ...cluster };
  }

  /** Asks the members over the relay. */
  @Get(':gatewayId/status')
  @Answers({ 200: clusterStatusSchema })
  async status(
    @CurrentCaller() caller: Caller,
    @Param('gatewayId') gatewayId: string,
    @Query({ schema: expandQuerySchema }) _query: ExpandQuery,
  ) {
    const question = await this.statuses.question(caller, gatewayId);
    const [status, window] = await Promise.all([this.statuses.ask(question), this.catalogue.window()]);
    const context = this.context('gatewayClusters/status/$entity');
    return { '@odata.context': context, ...showClusterStatus(status, question, window) };
  }

  @Patch(':gatewayId')
  @Answers({ 200: null })
  async update(
    @CurrentCaller() caller: Caller,
    @Param('gatewayId') gatewayId: string,
    @Body({ schema: updateClusterSchema }) body: UpdateCluster,
  ): Promise<void> {
    await this.changes.update(caller, gatewayId, toGatewayChange(body));
  }

  @Delete(':gatewayId')
  @HttpCode(200)
  @Answers({ 200: null })
  remove(@CurrentCaller() caller: Caller, @Param('gatewayId') gatewayId: string): Promise<void> {
    return this.changes.remove(caller, gatewayId);
  }

  @Delete(':gatewayId/memberGateways/:memberId')
  @HttpCode(200)
  @Answers({ 200: null })
  removeMember(
    @CurrentCaller() caller: Caller,
    @Param('gatewayId') gatewayId: string,
    @Param('memberId') memberId: string,
  ): Promise<void> {
    return this.members.remove(caller, gatewayId, memberId);
  }

  /** Gives a role, or changes the one that is held. */
  @Post(':gatewayId/permissions')
  @HttpCode(200)
  @Answers({ 200: null })
  permit(
    @CurrentCaller() caller: Caller,
    @Param('gatewayId') gatewayId: string,
    @Body({ schema: permissionSchema }) body: Permission,
  ): Promise<void> {
    return this.permissions.give(caller, gatewayId, body);
  }

  @Delete(':gatewayId/permissions/:permissionId')
  @HttpCode(200)
  @Answers({ 200: null })
  forbid(
    @CurrentCaller() caller: Caller,
    @Param('gatewayId') gatewayId: string,
    @Param('permissionId') permissionId: string,
  ): Promise<void> {
    return this.permissions.take(caller, gatewayId, permissionId);
  }

  private address(): string {
    return `${this.config.publicUrl}/${this.root}`;
  }

  private context(of: string): string {
    return `${this.address()}/$metadata#${of}`;
  }
}

/** For everybody: gateways at which they hold a role. */
@Controller('v2.0/myorg/me/gatewayClusters')
export class OwnClustersController extends ClusterRoutes {
  protected override readonly scope = 'individual';
  protected override readonly root = 'v2.0/myorg/me';
}

/** For administrators of the tenant: all of its gateways. */
@Controller('v2.0/myorg/gatewayClusters')
@UseGuards(TenantAdministratorGuard)
export class TenantClustersController extends ClusterRoutes {
  protected override readonly scope = 'organization';
  protected override readonly root = 'v2.0/myorg';
}
