import { Controller, Get, Param, Query } from '@nestjs/common';
import { z } from 'zod';
import { Answers } from '../../common/http/answers.decorator.js';
import { AppConfig } from '../../config/env.js';
import { blobMetadata, blobMetadataPageSchema, blobMetadataSchema } from './blob-metadata.js';
import type { BlobMetadata, BlobMetadataPage } from './blob-metadata.js';
import type { Exchange } from './connector-calls.js';
import { CurrentExchange } from './current-exchange.decorator.js';
import { FileCalls, type FilePlace } from './file-calls.js';
import { fileId, givenPath, pathOfFileId } from './file-id.js';
import { pageMarker, readPageMarker } from './file-page-marker.js';
import { listQuerySchema, pageQuerySchema } from './file-queries.js';
import { addressWith } from './own-address.js';
import { kindOf, routesOf } from './route-kinds.js';

interface FolderParams {
  readonly connectionId: string;
  readonly id: string;
}

type PageQuery = z.infer<typeof pageQuerySchema>;

/** What is in a folder: as a plain list, as first clients want it, or page by page, as later ones do. */
@Controller(routesOf('listFolder', '/datasets/default'))
export class FoldersController {
  constructor(
    private readonly files: FileCalls,
    private readonly config: AppConfig,
  ) {}

  @Get('folders')
  @Answers({ 200: z.array(blobMetadataSchema) })
  listRoot(
    @CurrentExchange() exchange: Exchange,
    @Param('connectionId') connectionId: string,
    @Query({ schema: listQuerySchema }) { path }: z.infer<typeof listQuerySchema>,
  ): Promise<BlobMetadata[]> {
    return this.list(exchange, { connectionId, path: rootOr(path) });
  }

  @Get('folders/:id')
  @Answers({ 200: z.array(blobMetadataSchema) })
  listFolder(
    @CurrentExchange() exchange: Exchange,
    @Param() { connectionId, id }: FolderParams,
  ): Promise<BlobMetadata[]> {
    return this.list(exchange, { connectionId, path: pathOfFileId(id) });
  }

  @Get('foldersV2')
  @Answers({ 200: blobMetadataPageSchema })
  pageRoot(
    @CurrentExchange() exchange: Exchange,
    @Param('connectionId') connectionId: string,
    @Query({ schema: pageQuerySchema }) query: PageQuery,
  ): Promise<BlobMetadataPage> {
    return this.page(exchange, { connectionId, path: rootOr(query.path) }, query);
  }

  @Get('foldersV2/:id')
  @Answers({ 200: blobMetadataPageSchema })
  pageFolder(
    @CurrentExchange() exchange: Exchange,
    @Param() { connectionId, id }: FolderParams,
    @Query({ schema: pageQuerySchema }) query: PageQuery,
  ): Promise<BlobMetadataPage> {
    return this.page(exchange, { connectionId, path: pathOfFileId(id) }, query);
  }

  private async list(exchange: Exchange, place: FilePlace): Promise<BlobMetadata[]> {
    const { entries, hasMore } = await this.files.list(exchange, place);
    const last = entries.at(-1);
    // A plain list has no room to say that it was cut.
    if (hasMore && last) {
      const path = `/apim/${kindOf(exchange.request)}/${place.connectionId}/datasets/default/foldersV2/${fileId(place.path)}`;
      const next = addressWith(this.config.publicUrl, path, ['nextPageMarker', pageMarker(last.name)]);
      exchange.reply.header('link', `<${next}>; rel="next"`);
    }
    return entries.map(blobMetadata);
  }

  private async page(exchange: Exchange, place: FilePlace, { nextPageMarker }: PageQuery): Promise<BlobMetadataPage> {
    const { entries, next } = await this.files.page(exchange, place, readPageMarker(nextPageMarker));
    const value = entries.map(blobMetadata);
    if (next === undefined) return { value };
    const marker = pageMarker(next);
    const url = exchange.request.raw.url ?? '/';
    const nextLink = addressWith(this.config.publicUrl, url, ['nextPageMarker', marker]);
    return { value, nextLink, nextPageMarker: marker };
  }
}

function rootOr(path: string | undefined): string {
  return path === undefined || path === '' ? '/' : givenPath(path, 'path');
}
