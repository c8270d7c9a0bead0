import { Controller, Get, Param, Query } from '@nestjs/common';
import type { Caller } from '../../common/auth/caller.js';
import { CurrentCaller } from '../../common/auth/current-caller.decorator.js';
import { pageQuerySchema, type PageQuery } from '../../common/page.js';
import { AppConfig } from '../../config/env.js';
import { PRODUCT_VERSION } from '../../contract/version.js';
import { GatewaysService } from '../gateways/gateways.service.js';
import type { GatewayView, MemberView } from '../gateways/gateways.types.js';
import { showPage } from './show-page.js';

@Controller('v1/gateways')
export class GatewaysController {
  constructor(
    private readonly config: AppConfig,
    private readonly gateways: GatewaysService,
  ) {}

  @Get()
  async list(@CurrentCaller() caller: Caller, @Query({ schema: pageQuerySchema }) page: PageQuery) {
    return showPage(await this.gateways.list(caller, page), `${this.config.publicUrl}/v1/gateways`, showGateway);
  }

  @Get(':gatewayId')
  async get(@CurrentCaller() caller: Caller, @Param('gatewayId') gatewayId: string) {
    return showGateway(await this.gateways.get(caller, gatewayId));
  }

  @Get(':gatewayId/members')
  async listMembers(@CurrentCaller() caller: Caller, @Param('gatewayId') gatewayId: string) {
    const members = await this.gateways.listMembers(caller, gatewayId);
    return { value: members.map(showMember) };
  }
}

/** Fabric has a version in every gateway; one without members is as new as we are. `region` and `keyId` are ours. */
function showGateway(gateway: GatewayView) {
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
    region: gateway.region,
    keyId: gateway.sealingKeyId,
  };
}

function showMember(member: MemberView) {
  return {
    id: member.id,
    displayName: member.name,
    publicKey: member.sealingKey,
    version: member.version,
    enabled: member.enabled,
  };
}
