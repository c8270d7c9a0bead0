import { Body, Controller, Delete, Get, Headers, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import type { Caller } from '../../common/auth/caller.js';
import { CurrentCaller } from '../../common/auth/current-caller.decorator.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { Answers } from '../../common/http/answers.decorator.js';
import { expectedTag } from '../../common/http/if-match.js';
import { pageQuerySchema } from '../../common/page.js';
import { AppConfig } from '../../config/env.js';
import { nameSchema } from '../../contract/registration.js';
import { PRODUCT_VERSION } from '../../contract/version.js';
import { GatewayChangesService } from '../gateways/gateway-changes.service.js';
import { GatewaysService } from '../gateways/gateways.service.js';
import { GATEWAY_SCOPES, LOAD_BALANCINGS, type GatewayChange, type GatewayView } from '../gateways/gateways.types.js';
import { settingsTagOf } from '../gateways/settings-tag.policy.js';
import { CatalogueService } from '../releases/catalogue.service.js';
import { upgradeStateOfAll, type SupportWindow } from '../releases/versions.policy.js';
import { gatewayPageSchema, gatewaySchema } from './gateway.answers.js';
import { showPage } from '../../common/http/show-page.js';

/** Fabric's query, and ours: gateways of one region, and whose. */
const listQuerySchema = pageQuerySchema.extend({
  region: z.string().min(1).max(64).optional(),
  scope: z.enum(GATEWAY_SCOPES).optional(),
});

/** Fabric's types; all that is here is of the first. */
const gatewayTypeSchema = z.enum(['OnPremises', 'OnPremisesPersonal', 'VirtualNetwork', 'StreamingVirtualNetwork']);

/** Body of `POST /v1/gateways`, as far as it matters: it is refused whatever else it says. */
const createGatewaySchema = z.looseObject({ type: gatewayTypeSchema });

/** As Power BI's surface takes them too. */
const MAX_DESCRIPTION = 4_000;
const MAX_DEPARTMENT = 200;
const MAX_CONTACT = 320;
const MAX_CONTACTS = 20;

/** Body of `PATCH /v1/gateways/{id}`. */
const updateGatewaySchema = z.strictObject({
  type: gatewayTypeSchema.optional(),
  displayName: nameSchema.optional(),
  loadBalancingSetting: z.enum(LOAD_BALANCINGS).optional(),
  allowCloudConnectionRefresh: z.boolean().optional(),
  allowCustomConnectors: z.boolean().optional(),
  /** Ours: percent above which members stop receiving; 0: never. */
  cpuThreshold: z.int().min(0).max(100).optional(),
  memoryThreshold: z.int().min(0).max(100).optional(),
  description: z.string().max(MAX_DESCRIPTION).optional(),
  department: z.string().max(MAX_DEPARTMENT).optional(),
  contactInformation: z.array(z.string().min(1).max(MAX_CONTACT)).max(MAX_CONTACTS).optional(),
});
type UpdateGateway = z.infer<typeof updateGatewaySchema>;
type CreateGateway = z.infer<typeof createGatewaySchema>;

@Controller('v1/gateways')
export class GatewaysController {
  constructor(
    private readonly config: AppConfig,
    private readonly gateways: GatewaysService,
    private readonly changes: GatewayChangesService,
    private readonly catalogue: CatalogueService,
  ) {}

  @Get()
  @Answers({ 200: gatewayPageSchema })
  async list(
    @CurrentCaller() caller: Caller,
    @Query({ schema: listQuerySchema }) query: z.infer<typeof listQuerySchema>,
  ) {
    const page = await this.gateways.list(caller, query);
    const window = await this.catalogue.window();
    return showPage(page, this.address(query), (gateway) => showGateway(gateway, window));
  }

  /** Gateways come into being when their first agent registers. */
  @Post()
  @Answers({})
  create(@CurrentCaller() _caller: Caller, @Body({ schema: createGatewaySchema }) { type }: CreateGateway): never {
    const message =
      type === 'OnPremises'
        ? 'An on-premises gateway is registered by its agent: run `tidegate-agent register` on its machine.'
        : `Gateways of the type ${type} do not exist here, only on-premises ones.`;
    throw new DomainError('GATEWAY_TYPE_UNSUPPORTED', { type }, { message });
  }

  @Get(':gatewayId')
  @Answers({ 200: gatewaySchema })
  async get(@CurrentCaller() caller: Caller, @Param('gatewayId') gatewayId: string) {
    return showGateway(await this.gateways.get(caller, gatewayId), await this.catalogue.window());
  }

  @Patch(':gatewayId')
  @Answers({ 200: gatewaySchema })
  async update(
    @CurrentCaller() caller: Caller,
    @Param('gatewayId') gatewayId: string,
    @Body({ schema: updateGatewaySchema }) body: UpdateGateway,
    @Headers('if-match') ifMatch?: string,
  ) {
    const { type, ...change } = body;
    if (type !== undefined && type !== 'OnPremises') throw new DomainError('GATEWAY_TYPE_UNSUPPORTED', { type });
    const gateway = await this.changes.update(caller, gatewayId, toGatewayChange(change), expectedTag(ifMatch));
    return showGateway(gateway, await this.catalogue.window());
  }

  @Delete(':gatewayId')
  @HttpCode(200)
  @Answers({ 200: null })
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

function toGatewayChange({
  displayName,
  loadBalancingSetting,
  ...switches
}: Omit<UpdateGateway, 'type'>): GatewayChange {
  return {
    name: displayName,
    loadBalancing: loadBalancingSetting,
    ...switches,
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
    description: gateway.description,
    department: gateway.department,
    contactInformation: [...gateway.contactInformation],
    settingsTag: settingsTagOf(gateway),
  };
}
