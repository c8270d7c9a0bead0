import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import type { Caller } from '../../common/auth/caller.js';
import { CurrentCaller } from '../../common/auth/current-caller.decorator.js';
import { Answers } from '../../common/http/answers.decorator.js';
import { decodeContinuation, pageQuerySchema, type PageQuery } from '../../common/page.js';
import { nameSchema } from '../../contract/registration.js';
import type { UpgradeState } from '../../contract/release.js';
import { GatewaysService } from '../gateways/gateways.service.js';
import { MemberAdministrationService } from '../gateways/member-administration.service.js';
import type { MemberView } from '../gateways/gateways.types.js';
import { CatalogueService } from '../releases/catalogue.service.js';
import { upgradeStateOf } from '../releases/versions.policy.js';
import { memberPageSchema, memberSchema } from './gateway.answers.js';

/** Body of `PATCH /v1/gateways/{id}/members/{memberId}`. */
const updateMemberSchema = z.strictObject({ displayName: nameSchema.optional(), enabled: z.boolean().optional() });
type UpdateMember = z.infer<typeof updateMemberSchema>;

/** Body of `POST /v1/gateways/{id}/members/{memberId}/drain`, which is ours, as is `resume`. */
const drainSchema = z.strictObject({ deadlineSeconds: z.int().min(1).max(3600) });
type Drain = z.infer<typeof drainSchema>;

@Controller('v1/gateways/:gatewayId/members')
export class GatewayMembersController {
  constructor(
    private readonly gateways: GatewaysService,
    private readonly administration: MemberAdministrationService,
    private readonly catalogue: CatalogueService,
  ) {}

  /** A gateway has ten members at most, hence one page: what a token leads to beyond it is empty. */
  @Get()
  @Answers({ 200: memberPageSchema })
  async list(
    @CurrentCaller() caller: Caller,
    @Param('gatewayId') gatewayId: string,
    @Query({ schema: pageQuerySchema }) { continuationToken }: PageQuery,
  ) {
    const members = await this.gateways.listMembers(caller, gatewayId);
    if (continuationToken === undefined)
      return { value: await Promise.all(members.map((member) => this.show(member))) };
    decodeContinuation(continuationToken);
    return { value: [] };
  }

  @Patch(':memberId')
  @Answers({ 200: memberSchema })
  async update(
    @CurrentCaller() caller: Caller,
    @Param('gatewayId') gatewayId: string,
    @Param('memberId') memberId: string,
    @Body({ schema: updateMemberSchema }) change: UpdateMember,
  ) {
    return this.show(await this.administration.update(caller, gatewayId, memberId, change));
  }

  @Delete(':memberId')
  @HttpCode(200)
  @Answers({ 200: null })
  remove(
    @CurrentCaller() caller: Caller,
    @Param('gatewayId') gatewayId: string,
    @Param('memberId') memberId: string,
  ): Promise<void> {
    return this.administration.remove(caller, gatewayId, memberId);
  }

  @Post(':memberId/drain')
  @HttpCode(200)
  @Answers({ 200: memberSchema })
  async drain(
    @CurrentCaller() caller: Caller,
    @Param('gatewayId') gatewayId: string,
    @Param('memberId') memberId: string,
    @Body({ schema: drainSchema }) { deadlineSeconds }: Drain,
  ) {
    return this.show(await this.administration.drain(caller, gatewayId, memberId, deadlineSeconds));
  }

  @Post(':memberId/resume')
  @HttpCode(200)
  @Answers({ 200: memberSchema })
  async resume(
    @CurrentCaller() caller: Caller,
    @Param('gatewayId') gatewayId: string,
    @Param('memberId') memberId: string,
  ) {
    return this.show(await this.administration.resume(caller, gatewayId, memberId));
  }

  private async show(member: MemberView) {
    return showMember(member, upgradeStateOf(member.version, await this.catalogue.window()));
  }
}

/** Fabric's five fields; what stands below them is ours. */
function showMember(member: MemberView, upgradeState: UpgradeState) {
  const { state, lastHeartbeatAt, inFlight, load, conditions, refusals, drainDeadline } = member;
  return {
    id: member.id,
    displayName: member.name,
    publicKey: member.sealingKey,
    version: member.version,
    enabled: member.enabled,
    state,
    lastHeartbeatAt,
    inFlight,
    load: load ?? null,
    conditions,
    refusals,
    drainDeadline,
    upgradeState,
  };
}
