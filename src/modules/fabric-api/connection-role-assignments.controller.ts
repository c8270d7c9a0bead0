import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { Caller } from '../../common/auth/caller.js';
import { CurrentCaller } from '../../common/auth/current-caller.decorator.js';
import { Answers, located } from '../../common/http/answers.decorator.js';
import { pageQuerySchema, type PageQuery } from '../../common/page.js';
import { AppConfig } from '../../config/env.js';
import { ConnectionRoleAssignmentsService } from '../connections/connection-role-assignments.service.js';
import { CONNECTION_ROLES, type ConnectionRoleAssignment } from '../connections/connections.types.js';
import { principalSchema, showPrincipal } from './principal-body.js';
import { connectionRoleAssignmentPageSchema, connectionRoleAssignmentSchema } from './role-assignment.answers.js';
import { showPage } from '../../common/http/show-page.js';

const assignmentSchema = z.strictObject({ principal: principalSchema, role: z.enum(CONNECTION_ROLES) });
const changeSchema = z.strictObject({ role: z.enum(CONNECTION_ROLES) });

@Controller('v1/connections/:connectionId/roleAssignments')
export class ConnectionRoleAssignmentsController {
  constructor(
    private readonly config: AppConfig,
    private readonly assignments: ConnectionRoleAssignmentsService,
  ) {}

  @Get()
  @Answers({ 200: connectionRoleAssignmentPageSchema })
  async list(
    @CurrentCaller() caller: Caller,
    @Param('connectionId') connectionId: string,
    @Query({ schema: pageQuerySchema }) page: PageQuery,
  ) {
    const assignments = await this.assignments.list(caller, connectionId, page);
    return showPage(assignments, this.address(connectionId), showAssignment);
  }

  @Get(':principalId')
  @Answers({ 200: connectionRoleAssignmentSchema })
  async get(
    @CurrentCaller() caller: Caller,
    @Param('connectionId') connectionId: string,
    @Param('principalId') principalId: string,
  ) {
    return showAssignment(await this.assignments.get(caller, connectionId, principalId));
  }

  @Post()
  @Answers({ 201: located(connectionRoleAssignmentSchema) })
  async assign(
    @CurrentCaller() caller: Caller,
    @Param('connectionId') connectionId: string,
    @Body({ schema: assignmentSchema }) { principal, role }: z.infer<typeof assignmentSchema>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const assignment = await this.assignments.assign(caller, connectionId, principal, role);
    void reply.header('location', `${this.address(connectionId)}/${assignment.principal.id}`);
    return showAssignment(assignment);
  }

  @Patch(':principalId')
  @Answers({ 200: connectionRoleAssignmentSchema })
  async update(
    @CurrentCaller() caller: Caller,
    @Param('connectionId') connectionId: string,
    @Param('principalId') principalId: string,
    @Body({ schema: changeSchema }) { role }: z.infer<typeof changeSchema>,
  ) {
    return showAssignment(await this.assignments.update(caller, connectionId, principalId, role));
  }

  @Delete(':principalId')
  @HttpCode(200)
  @Answers({ 200: null })
  revoke(
    @CurrentCaller() caller: Caller,
    @Param('connectionId') connectionId: string,
    @Param('principalId') principalId: string,
  ): Promise<void> {
    return this.assignments.revoke(caller, connectionId, principalId);
  }

  private address(connectionId: string): string {
    return `${this.config.publicUrl}/v1/connections/${encodeURIComponent(connectionId)}/roleAssignments`;
  }
}

function showAssignment({ principal, role }: ConnectionRoleAssignment) {
  return { id: principal.id, principal: showPrincipal(principal), role };
}
