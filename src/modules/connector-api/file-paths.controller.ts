import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import { Answers, bytesSchema } from '../../common/http/answers.decorator.js';
import { blobMetadataSchema, type BlobMetadata } from './blob-metadata.js';
import type { Exchange } from './connector-calls.js';
import { CurrentExchange } from './current-exchange.decorator.js';
import { FileCalls } from './file-calls.js';
import { givenPath } from './file-id.js';
import { isSet, pathQuerySchema } from './file-queries.js';
import { routesOf } from './route-kinds.js';

/** Files and folders, named by path. */
@Controller(routesOf('listFolder', '/datasets/default'))
export class FilePathsController {
  constructor(private readonly files: FileCalls) {}

  @Get('GetFileByPath')
  @Answers({ 200: blobMetadataSchema })
  describe(
    @CurrentExchange() exchange: Exchange,
    @Param('connectionId') connectionId: string,
    @Query({ schema: pathQuerySchema }) { path }: z.infer<typeof pathQuerySchema>,
  ): Promise<BlobMetadata> {
    return this.files.describe(exchange, { connectionId, path: givenPath(path, 'path') });
  }

  @Get('GetFileContentByPath')
  @Answers({ 200: { content: { '*/*': bytesSchema } } })
  read(
    @CurrentExchange() exchange: Exchange,
    @Param('connectionId') connectionId: string,
    @Query({ schema: pathQuerySchema }) { path, inferContentType }: z.infer<typeof pathQuerySchema>,
    @Res() _reply: FastifyReply,
  ): Promise<void> {
    const place = { connectionId, path: givenPath(path, 'path') };
    return this.files.read(exchange, place, isSet(inferContentType, true));
  }
}
