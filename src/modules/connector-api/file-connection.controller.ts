import { Controller, Get, Param } from '@nestjs/common';
import { z } from 'zod';
import { Answers } from '../../common/http/answers.decorator.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { assertMayUse } from '../connections/connection-roles.policy.js';
import { ConnectionsService } from '../connections/connections.service.js';
import { assertConnectionId, type Exchange } from './connector-calls.js';
import { CurrentExchange } from './current-exchange.decorator.js';
import { FileCalls } from './file-calls.js';
import { kindOf, routesOf } from './route-kinds.js';

const metadataSchema = z
  .object({
    tabular: z.null(),
    blob: z.object({ source: z.string(), displayName: z.string(), urlEncoding: z.string() }),
  })
  .meta({ id: 'FileDatasetMetadata' });

/** A connection to a folder as a whole. */
@Controller(routesOf('listFolder'))
export class FileConnectionController {
  constructor(
    private readonly files: FileCalls,
    private readonly connections: ConnectionsService,
  ) {}

  @Get('testconnection')
  @Answers({ 200: null })
  test(@CurrentExchange() exchange: Exchange, @Param('connectionId') connectionId: string): Promise<void> {
    return this.files.test(exchange, connectionId);
  }

  @Get('$metadata.json/datasets')
  @Answers({ 200: metadataSchema })
  async datasetMetadata(
    @CurrentExchange() { caller, request }: Exchange,
    @Param('connectionId') connectionId: string,
  ): Promise<z.infer<typeof metadataSchema>> {
    assertConnectionId(connectionId);
    const route = await this.connections.route(caller, connectionId);
    if (route.connection.kind !== kindOf(request)) throw new DomainError('CONNECTION_NOT_FOUND', { connectionId });
    assertMayUse(route);
    return { tabular: null, blob: { source: 'singleton', displayName: 'Folder', urlEncoding: 'single' } };
  }
}
