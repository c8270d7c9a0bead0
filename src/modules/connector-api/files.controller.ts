import { Controller, Delete, Get, HttpCode, Param, Post, Put, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { BlobMetadata } from './blob-metadata.js';
import type { Exchange } from './connector-calls.js';
import { CurrentExchange } from './current-exchange.decorator.js';
import { FileCalls } from './file-calls.js';
import { givenPath, pathInFolder, pathOfFileId } from './file-id.js';

interface ConnectionParams {
  readonly connectionId: string;
}

interface FileParams extends ConnectionParams {
  readonly id: string;
}

type Parameters = Readonly<Record<string, unknown>>;

/** Files and folders, named by id. The ids are those of earlier answers. */
@Controller('apim/filesystem/:connectionId/datasets/default')
export class FilesController {
  constructor(private readonly files: FileCalls) {}

  @Get('folders')
  listRoot(
    @CurrentExchange() exchange: Exchange,
    @Param() { connectionId }: ConnectionParams,
    @Query() { path }: Parameters,
  ): Promise<BlobMetadata[]> {
    return this.files.list(exchange, { connectionId, path: path === undefined ? '/' : givenPath(path, 'path') });
  }

  @Get('folders/:id')
  list(@CurrentExchange() exchange: Exchange, @Param() { connectionId, id }: FileParams): Promise<BlobMetadata[]> {
    return this.files.list(exchange, { connectionId, path: pathOfFileId(id) });
  }

  @Post('files')
  @HttpCode(200)
  create(
    @CurrentExchange() exchange: Exchange,
    @Param() { connectionId }: ConnectionParams,
    @Query() { folderPath, name }: Parameters,
  ): Promise<BlobMetadata> {
    const folder = givenPath(folderPath ?? '/', 'folderPath');
    return this.files.write(exchange, { connectionId, path: pathInFolder(folder, name) }, 'create');
  }

  @Get('files/:id')
  describe(@CurrentExchange() exchange: Exchange, @Param() { connectionId, id }: FileParams): Promise<BlobMetadata> {
    return this.files.describe(exchange, { connectionId, path: pathOfFileId(id) });
  }

  @Put('files/:id')
  replace(@CurrentExchange() exchange: Exchange, @Param() { connectionId, id }: FileParams): Promise<BlobMetadata> {
    return this.files.write(exchange, { connectionId, path: pathOfFileId(id) }, 'replace');
  }

  @Delete('files/:id')
  remove(@CurrentExchange() exchange: Exchange, @Param() { connectionId, id }: FileParams): Promise<void> {
    return this.files.remove(exchange, { connectionId, path: pathOfFileId(id) });
  }

  @Get('files/:id/content')
  read(
    @CurrentExchange() exchange: Exchange,
    @Param() { connectionId, id }: FileParams,
    @Res() _reply: FastifyReply,
  ): Promise<void> {
    return this.files.read(exchange, { connectionId, path: pathOfFileId(id) });
  }
}
