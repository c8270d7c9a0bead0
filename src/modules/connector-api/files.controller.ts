import { Controller, Delete, Get, HttpCode, Param, Post, Put, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import { Answers, bytesSchema } from '../../common/http/answers.decorator.js';
import { blobMetadataSchema, type BlobMetadata } from './blob-metadata.js';
import type { Exchange } from './connector-calls.js';
import { CurrentExchange } from './current-exchange.decorator.js';
import { FileCalls } from './file-calls.js';
import { givenPath, pathInFolder, pathOfFileId, placeOf } from './file-id.js';
import { contentQuerySchema, copyQuerySchema, createQuerySchema, isSet } from './file-queries.js';
import { routesOf } from './route-kinds.js';

interface FileParams {
  readonly connectionId: string;
  readonly id: string;
}

/** Files and folders, named by id. The ids are those of earlier answers. */
@Controller(routesOf('listFolder', '/datasets/default'))
export class FilesController {
  constructor(private readonly files: FileCalls) {}

  @Post('files')
  @HttpCode(200)
  @Answers({ 200: blobMetadataSchema })
  create(
    @CurrentExchange() exchange: Exchange,
    @Param('connectionId') connectionId: string,
    @Query({ schema: createQuerySchema }) { folderPath, name }: z.infer<typeof createQuerySchema>,
  ): Promise<BlobMetadata> {
    const folder = givenPath(folderPath ?? '/', 'folderPath');
    return this.files.write(exchange, { connectionId, path: pathInFolder(folder, name) }, 'create');
  }

  /** Source and destination are in the same connection; the source is named by its id or its path. */
  @Post('copyFile')
  @HttpCode(200)
  @Answers({ 200: blobMetadataSchema })
  copy(
    @CurrentExchange() exchange: Exchange,
    @Param('connectionId') connectionId: string,
    @Query({ schema: copyQuerySchema }) { source, destination, overwrite }: z.infer<typeof copyQuerySchema>,
  ): Promise<BlobMetadata> {
    const place = { connectionId, path: placeOf(source, 'source') };
    const to = { destination: givenPath(destination, 'destination'), overwrite: isSet(overwrite, false) };
    return this.files.copy(exchange, place, to);
  }

  @Get('files/:id')
  @Answers({ 200: blobMetadataSchema })
  describe(@CurrentExchange() exchange: Exchange, @Param() { connectionId, id }: FileParams): Promise<BlobMetadata> {
    return this.files.describe(exchange, { connectionId, path: pathOfFileId(id) });
  }

  @Put('files/:id')
  @Answers({ 200: blobMetadataSchema })
  replace(@CurrentExchange() exchange: Exchange, @Param() { connectionId, id }: FileParams): Promise<BlobMetadata> {
    return this.files.write(exchange, { connectionId, path: pathOfFileId(id) }, 'replace');
  }

  @Delete('files/:id')
  @Answers({ 200: null })
  remove(@CurrentExchange() exchange: Exchange, @Param() { connectionId, id }: FileParams): Promise<void> {
    return this.files.remove(exchange, { connectionId, path: pathOfFileId(id) });
  }

  @Get('files/:id/content')
  @Answers({ 200: { content: { '*/*': bytesSchema } } })
  read(
    @CurrentExchange() exchange: Exchange,
    @Param() { connectionId, id }: FileParams,
    @Query({ schema: contentQuerySchema }) { inferContentType }: z.infer<typeof contentQuerySchema>,
    @Res() _reply: FastifyReply,
  ): Promise<void> {
    return this.files.read(exchange, { connectionId, path: pathOfFileId(id) }, isSet(inferContentType, true));
  }
}
