import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Query } from '@nestjs/common';
import { z } from 'zod';
import type { Caller } from '../../common/auth/caller.js';
import { CurrentCaller } from '../../common/auth/current-caller.decorator.js';
import { pageQuerySchema } from '../../common/page.js';
import { AppConfig } from '../../config/env.js';
import { nameSchema } from '../../contract/registration.js';
import { PRODUCT_VERSION } from '../../contract/version.js';
import { GatewayChangesService } from '../gateways/gateway-changes.service.js';
import { GatewaysService } from '../gateways/gateways.service.js';
import { GATEWAY_SCOPES, LOAD_BALANCINGS, type GatewayChange, type GatewayView } from '../gateways/gateways.types.js';
import { CatalogueService } from '../releases/catalogue.service.js';
import { upgradeStateOfAll, type SupportWindow } from '../releases/versions.policy.js';
import { showPage } from '../../common/http/show-page.js';

/** Fabric's query, and ours: gateways of one region, and whose. */
const listQuerySchema = pageQuerySchema.extend({
  region: z.string().min(1).max(64).optional(),
  scope: z.enum(GATEWAY_SCOPES).optional(),
});

/** Body of `PATCH /v1/gateways/{id}`. */
const updateGatewaySchema = z.strictObject({
  type: z.literal('OnPremises').optional(),
  displayName: nameSchema.optional(),
  loadBalancingSetting: z.enum(LOAD_BALANCINGS).optional(),
  allowCloudConnectionRefresh: z.boolean().optional(),
  allowCustomConnectors: z.boolean().optional(),
  /** Ours: percent above which members stop receiving; 0: never. */
  cpuThreshold: z.int().min(0).max(100).optional(),
  memoryThreshold: z.int().min(0).max(100).optional(),
});
type UpdateGateway = z.infer<typeof updateGatewaySchema>;

@Controller('v1/gateways')
export class GatewaysController {
  constructor(
    private readonly config: AppConfig,
    private readonly gateways: GatewaysService,
    private readonly changes: GatewayChangesService,
    private readonly catalogue: CatalogueService,
  ) {}

  @Get()
  async list(
    @CurrentCaller() caller: Caller,
    @Query({ schema: listQuerySchema }) query: z.infer<typeof listQuerySchema>,
  ) {
    const page = await this.gateways.list(caller, query);
    const window = await this.catalogue.window();
    return showPage(page, this.address(query), (gateway) => showGateway(gateway, window));
  }

  @Get(':gatewayId')
  async get(@CurrentCaller() caller: Caller, @Param('gatewayId') gatewayId: string) {
    return showGateway(await this.gateways.get(caller, gatewayId), await this.catalogue.window());
  }

  @Patch(':gatewayId')
  async update(
    @CurrentCaller() caller: Caller,
    @Param('gatewayId') gatewayId: string,
    @Body({ schema: updateGatewaySchema }) body: UpdateGateway,
  ) {
    const gateway = await this.changes.update(caller, gatewayId, toGatewayChange(body));
    return showGateway(gateway, await this.catalogue.window());
  }

  @Delete(':gatewayId')
  @HttpCode(200)
  remove(@CurrentCaller() caller: Caller, @Param('gatewayId') gatewayId: string): Promise<void> {
    return this.changes.remove(caller, gatewayId);
  }

  /** Of the list, narrowed as it was asked for. */
  private address({ region, scope }: z.infer<typeof listQuerySchema>): string {
    const address = new URL(`${this.config.publicUrl}/v1/gateways`);
    if (region !== undefined) address.searchParams.set('region', region);
    if (scope !== undefined) address.searchParams.set('scope', scope);
    return address.href;
  }
}

function toGatewayChange({ displayName, loadBalancingSetting, ...switches }: UpdateGateway): GatewayChange {
  const { allowCloudConnectionRefresh, allowCustomConnectors, cpuThreshold, memoryThreshold } = switches;
  return {
    name: displayName,
    loadBalancing: loadBalancingSetting,
    allowCloudConnectionRefresh,
    allowCustomConnectors,
    cpuThreshold,
    memoryThreshold,
  };
}

/** Fabric has a version in every gateway; one without members is as new as we are. What stands below the switches is ours. */
function showGateway(gateway: GatewayView, window: SupportWindow) {
  return {
    id: gateway.id,
    type: 'OnPremises',
    displayName: gateway.name,
    publicKey: gateway.sealingKey,
    version: gateway.version ?? PRODUCT_VERSION,
    numberOfMemberGateways: gateway.memberCount,
    loadBalancingSetting: gateway.loadBalancing,
    allowCloudConnectionRefresh: gateway.allowCloudConnectionRefresh,
    allowCustomConnectors: gateway.allowCustomConnectors,
    cpuThreshold: gateway.cpuThreshold,
    memoryThreshold: gateway.memoryThreshold,
    region: gateway.region,
    keyId: gateway.sealingKeyId,
    upgradeState: upgradeStateOfAll(gateway.memberVersions, window),
  };
}
