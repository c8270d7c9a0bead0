import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { BlobMetadata } from './blob-metadata.js';
import type { Exchange } from './connector-calls.js';
import { CurrentExchange } from './current-exchange.decorator.js';
import { FileCalls } from './file-calls.js';
import { givenPath } from './file-id.js';

/** Files and folders, named by path. */
@Controller('apim/filesystem/:connectionId/datasets/default')
export class FilePathsController {
  constructor(private readonly files: FileCalls) {}

  @Get('GetFileByPath')
  describe(
    @CurrentExchange() exchange: Exchange,
    @Param('connectionId') connectionId: string,
    @Query('path') path: unknown,
  ): Promise<BlobMetadata> {
    return this.files.describe(exchange, { connectionId, path: givenPath(path, 'path') });
  }

  @Get('GetFileContentByPath')
  read(
    @CurrentExchange() exchange: Exchange,
    @Param('connectionId') connectionId: string,
    @Query('path') path: unknown,
    @Res() _reply: FastifyReply,
  ): Promise<void> {
    return this.files.read(exchange, { connectionId, path: givenPath(path, 'path') });
  }
}
