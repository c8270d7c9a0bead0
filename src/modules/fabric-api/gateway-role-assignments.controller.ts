import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { Caller } from '../../common/auth/caller.js';
import { CurrentCaller } from '../../common/auth/current-caller.decorator.js';
import { Answers, located } from '../../common/http/answers.decorator.js';
import { pageQuerySchema, type PageQuery } from '../../common/page.js';
import { AppConfig } from '../../config/env.js';
import { SOURCE_KINDS, sourceKindSchema } from '../../contract/targets.js';
import { GatewayRoleAssignmentsService } from '../administrators/gateway-role-assignments.service.js';
import { GATEWAY_ROLES, type GatewayRoleAssignment } from '../administrators/gateway-roles.types.js';
import { principalSchema, showPrincipal } from './principal-body.js';
import { gatewayRoleAssignmentPageSchema, gatewayRoleAssignmentSchema } from './role-assignment.answers.js';
import { showPage } from '../../common/http/show-page.js';

/** Kinds that a creator is limited to; none (null) means all of them. Ours: Fabric has no such field. */
const allowedKindsSchema = z.array(sourceKindSchema).min(1).max(SOURCE_KINDS.length).nullable().optional();

const assignmentSchema = z.strictObject({
  principal: principalSchema,
  role: z.enum(GATEWAY_ROLES),
  allowedKinds: allowedKindsSchema,
});

const changeSchema = z
  .strictObject({ role: z.enum(GATEWAY_ROLES).optional(), allowedKinds: allowedKindsSchema })
  .refine((change) => Object.values(change).some((value) => value !== undefined), 'role or allowedKinds is needed');

@Controller('v1/gateways/:gatewayId/roleAssignments')
export class GatewayRoleAssignmentsController {
  constructor(
    private readonly config: AppConfig,
    private readonly assignments: GatewayRoleAssignmentsService,
  ) {}

  @Get()
  @Answers({ 200: gatewayRoleAssignmentPageSchema })
  async list(
    @CurrentCaller() caller: Caller,
    @Param('gatewayId') gatewayId: string,
    @Query({ schema: pageQuerySchema }) page: PageQuery,
  ) {
    return showPage(await this.assignments.list(caller, gatewayId, page), this.address(gatewayId), showAssignment);
  }

  @Get(':principalId')
  @Answers({ 200: gatewayRoleAssignmentSchema })
  async get(
    @CurrentCaller() caller: Caller,
    @Param('gatewayId') gatewayId: string,
    @Param('principalId') principalId: string,
  ) {
    return showAssignment(await this.assignments.get(caller, gatewayId, principalId));
  }

  @Post()
  @Answers({ 201: located(gatewayRoleAssignmentSchema) })
  async assign(
    @CurrentCaller() caller: Caller,
    @Param('gatewayId') gatewayId: string,
    @Body({ schema: assignmentSchema }) body: z.infer<typeof assignmentSchema>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { principal, role, allowedKinds } = body;
    const assignment = await this.assignments.assign(caller, gatewayId, principal, {
      role,
      allowedKinds: allowedKinds ?? undefined,
    });
    void reply.header('location', `${this.address(gatewayId)}/${assignment.principal.id}`);
    return showAssignment(assignment);
  }

  @Patch(':principalId')
  @Answers({ 200: gatewayRoleAssignmentSchema })
  async update(
    @CurrentCaller() caller: Caller,
    @Param('gatewayId') gatewayId: string,
    @Param('principalId') principalId: string,
    @Body({ schema: changeSchema }) change: z.infer<typeof changeSchema>,
  ) {
    return showAssignment(await this.assignments.update(caller, gatewayId, principalId, change));
  }

  @Delete(':principalId')
  @HttpCode(200)
  @Answers({ 200: null })
  revoke(
    @CurrentCaller() caller: Caller,
    @Param('gatewayId') gatewayId: string,
    @Param('principalId') principalId: string,
  ): Promise<void> {
    return this.assignments.revoke(caller, gatewayId, principalId);
  }

  private address(gatewayId: string): string {
    return `${this.config.publicUrl}/v1/gateways/${encodeURIComponent(gatewayId)}/roleAssignments`;
  }
}

function showAssignment({ principal, role, allowedKinds }: GatewayRoleAssignment) {
  return { id: principal.id, principal: showPrincipal(principal), role, ...(allowedKinds && { allowedKinds }) };
}
