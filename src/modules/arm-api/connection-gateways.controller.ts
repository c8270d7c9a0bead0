import { Body, Controller, Delete, Get, Headers, Param, Patch, Put, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { Caller } from '../../common/auth/caller.js';
import { CurrentCaller } from '../../common/auth/current-caller.decorator.js';
import { Answers } from '../../common/http/answers.decorator.js';
import { AppConfig } from '../../config/env.js';
import { AzureResourceChangesService } from '../azure-resources/azure-resource-changes.service.js';
import { AzureResourcesService } from '../azure-resources/azure-resources.service.js';
import type { ResourceKey } from '../azure-resources/azure-resources.types.js';
import { ApiVersionGuard } from './api-version.guard.js';
import { connectionGatewaySchema } from './arm.answers.js';
import { preconditionOf } from './preconditions.js';
import { resourceBodySchema, toChange, toDraft, type ResourceBody } from './resource-bodies.js';
import { assertNames, assertSubscription } from './resource-ids.js';
import { showResource } from './show-resource.js';

interface Place {
  readonly subscriptionId: string;
  readonly resourceGroupName: string;
  readonly connectionGatewayName: string;
}

type RequestHeaders = Readonly<Record<string, string | string[] | undefined>>;

const IN_SUBSCRIPTION = 'subscriptions/:subscriptionId/providers/Microsoft.Web/connectionGateways';
const IN_GROUP =
  'subscriptions/:subscriptionId/resourceGroups/:resourceGroupName/providers/Microsoft.Web/connectionGateways';
const ONE = `${IN_GROUP}/:connectionGatewayName`;

/** Gateways as resources of Azure subscriptions. */
@Controller()
@UseGuards(ApiVersionGuard)
export class ConnectionGatewaysController {
  constructor(
    private readonly config: AppConfig,
    private readonly resources: AzureResourcesService,
    private readonly changes: AzureResourceChangesService,
  ) {}

  @Get(IN_SUBSCRIPTION)
  @Answers({ 200: z.array(connectionGatewaySchema) })
  async list(@CurrentCaller() caller: Caller, @Param('subscriptionId') subscriptionId: string) {
    assertSubscription(subscriptionId);
    return (await this.resources.list(caller, { subscriptionId })).map((one) => this.show(one));
  }

  @Get(IN_GROUP)
  @Answers({ 200: z.array(connectionGatewaySchema) })
  async listByResourceGroup(@CurrentCaller() caller: Caller, @Param() place: Omit<Place, 'connectionGatewayName'>) {
    const { subscriptionId, resourceGroupName: resourceGroup } = place;
    assertSubscription(subscriptionId);
    return (await this.resources.list(caller, { subscriptionId, resourceGroup })).map((one) => this.show(one));
  }

  @Get(ONE)
  @Answers({ 200: connectionGatewaySchema })
  async get(@CurrentCaller() caller: Caller, @Param() place: Place) {
    return this.show(await this.resources.get(caller, keyOf(place)));
  }

  /** Makes a gateway a resource, or replaces the resource. `If-Match` and `If-None-Match` are kept. */
  @Put(ONE)
  @Answers({ 200: connectionGatewaySchema, 201: connectionGatewaySchema })
  async createOrUpdate(
    @CurrentCaller() caller: Caller,
    @Param() place: Place,
    @Body({ schema: resourceBodySchema }) body: ResourceBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const key = keyOf(place);
    assertNames(key);
    const condition = preconditionOf(reply.request.headers);
    const { resource, isNew } = await this.changes.put(caller, key, toDraft(body, key), condition);
    reply.code(isNew ? 201 : 200);
    return this.show(resource);
  }

  /** Changes what is sent; tags replace all that were there. */
  @Patch(ONE)
  @Answers({ 200: connectionGatewaySchema })
  async update(
    @CurrentCaller() caller: Caller,
    @Param() place: Place,
    @Body({ schema: resourceBodySchema }) body: ResourceBody,
    @Headers() headers: RequestHeaders,
  ) {
    const key = keyOf(place);
    return this.show(await this.changes.update(caller, key, toChange(body, key), preconditionOf(headers)));
  }

  /** Deletes the resource. The gateway stays. */
  @Delete(ONE)
  @Answers({ 200: null, 204: null })
  async remove(
    @CurrentCaller() caller: Caller,
    @Param() place: Place,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const wasThere = await this.changes.remove(caller, keyOf(place), preconditionOf(reply.request.headers));
    reply.code(wasThere ? 200 : 204);
  }

  private show(resource: Parameters<typeof showResource>[0]) {
    return showResource(resource, this.config.publicUrl);
  }
}

function keyOf({ subscriptionId, resourceGroupName, connectionGatewayName }: Place): ResourceKey {
  assertSubscription(subscriptionId);
  return { subscriptionId, resourceGroup: resourceGroupName, name: connectionGatewayName };
}
