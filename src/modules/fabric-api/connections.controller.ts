import { Body, Controller, Delete, Get, Headers, HttpCode, Param, Patch, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Caller } from '../../common/auth/caller.js';
import { CurrentCaller } from '../../common/auth/current-caller.decorator.js';
import { Answers, located } from '../../common/http/answers.decorator.js';
import { expectedTag } from '../../common/http/if-match.js';
import { pageQuerySchema, type PageQuery } from '../../common/page.js';
import { AppConfig } from '../../config/env.js';
import { ConnectionChangesService } from '../connections/connection-changes.service.js';
import { ConnectionCreationService } from '../connections/connection-creation.service.js';
import { ConnectionsService } from '../connections/connections.service.js';
import { callerGone } from '../../common/http/caller-gone.js';
import {
  createConnectionSchema,
  showConnection,
  toConnectionChange,
  toNewConnection,
  updateConnectionSchema,
  type CreateConnection,
  type UpdateConnection,
} from './connection-bodies.js';
import { ConnectionTests, type ConnectionStatus } from './connection-tests.js';
import { ConnectionTrials } from './connection-trials.js';
import { connectionPageSchema, connectionSchema, connectionStatusSchema } from './connection.answers.js';
import { showPage } from '../../common/http/show-page.js';

@Controller('v1/connections')
export class ConnectionsController {
  constructor(
    private readonly config: AppConfig,
    private readonly connections: ConnectionsService,
    private readonly creation: ConnectionCreationService,
    private readonly changes: ConnectionChangesService,
    private readonly tests: ConnectionTests,
    private readonly trials: ConnectionTrials,
  ) {}

  @Get()
  @Answers({ 200: connectionPageSchema })
  async list(@CurrentCaller() caller: Caller, @Query({ schema: pageQuerySchema }) page: PageQuery) {
    return showPage(await this.connections.list(caller, page), this.address(), showConnection);
  }

  @Post()
  @Answers({ 201: located(connectionSchema) })
  async create(
    @CurrentCaller() caller: Caller,
    @Body({ schema: createConnectionSchema }) body: CreateConnection,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const trial = body.credentialDetails.skipTestConnection
      ? undefined
      : this.trials.of(caller, 'CONNECTION_CREATION_FAILED', callerGone(reply));
    const connection = await this.creation.create(caller, toNewConnection(body), trial);
    void reply.header('location', `${this.address()}/${connection.id}`);
    return showConnection(connection);
  }

  @Get(':connectionId')
  @Answers({ 200: connectionSchema })
  async get(@CurrentCaller() caller: Caller, @Param('connectionId') connectionId: string) {
    return showConnection(await this.connections.get(caller, connectionId));
  }

  @Patch(':connectionId')
  @Answers({ 200: connectionSchema })
  async update(
    @CurrentCaller() caller: Caller,
    @Param('connectionId') connectionId: string,
    @Body({ schema: updateConnectionSchema }) body: UpdateConnection,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Headers('if-match') ifMatch?: string,
  ) {
    const trial = body.credentialDetails?.skipTestConnection
      ? undefined
      : this.trials.of(caller, 'CONNECTION_UPDATE_FAILED', callerGone(reply));
    const conditions = { trial, expectedTag: expectedTag(ifMatch) };
    return showConnection(await this.changes.update(caller, connectionId, toConnectionChange(body), conditions));
  }

  @Delete(':connectionId')
  @HttpCode(200)
  @Answers({ 200: null })
  remove(@CurrentCaller() caller: Caller, @Param('connectionId') connectionId: string): Promise<void> {
    return this.connections.remove(caller, connectionId);
  }

  @Post(':connectionId/testConnection')
  @HttpCode(200)
  @Answers({ 200: connectionStatusSchema })
  test(
    @CurrentCaller() caller: Caller,
    @Param('connectionId') connectionId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ConnectionStatus> {
    return this.tests.run(caller, connectionId, callerGone(reply));
  }

  private address(): string {
    return `${this.config.publicUrl}/v1/connections`;
  }
}
