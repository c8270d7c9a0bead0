import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { Answers, bytesSchema } from '../../common/http/answers.decorator.js';
import { blobMetadataSchema } from './blob-metadata.js';
import type { Exchange } from './connector-calls.js';
import { CurrentExchange } from './current-exchange.decorator.js';
import { placeOf } from './file-id.js';
import { batchTriggerQuerySchema, fileTriggerQuerySchema, isSet } from './file-queries.js';
import { FileWatches, type FolderWatch } from './file-watches.js';
import { routesOf } from './route-kinds.js';

/** Files handed over at once when the caller does not say. */
const DEFAULT_FILES = 10;

const headers = {
  Location: 'Address to ask next time; the state of the watch is in it.',
  'Retry-After': 'Seconds until then.',
};
const FILES = { 200: { content: { 'application/json': z.array(blobMetadataSchema) }, headers }, 202: null };
const FILE = { 200: { content: { '*/*': bytesSchema }, headers }, 202: null };

type FileQuery = z.infer<typeof fileTriggerQuerySchema>;
type BatchQuery = z.infer<typeof batchTriggerQuerySchema>;

/** Triggers for files that came or changed, polled: 202 while there is nothing. The first call begins the watch. */
@Controller(routesOf('listChanges', '/datasets/default/triggers'))
export class FileTriggersController {
  constructor(private readonly watches: FileWatches) {}

  /** One new file, its content in the body and its description in headers; without content, the description in the body. */
  @Get('onnewfile')
  @Answers(FILE)
  onNewFile(
    @CurrentExchange() exchange: Exchange,
    @Param('connectionId') connectionId: string,
    @Query({ schema: fileTriggerQuerySchema }) query: FileQuery,
    @Res() _reply: FastifyReply,
  ): Promise<void> {
    return this.single(exchange, watchOf(connectionId, 'created', query), query);
  }

  /** One file that is new or was changed, handed over as a new one is. */
  @Get('onupdatedfile')
  @Answers(FILE)
  onUpdatedFile(
    @CurrentExchange() exchange: Exchange,
    @Param('connectionId') connectionId: string,
    @Query({ schema: fileTriggerQuerySchema }) query: FileQuery,
    @Res() _reply: FastifyReply,
  ): Promise<void> {
    return this.single(exchange, watchOf(connectionId, 'modified', query), query);
  }

  /** Descriptions of new files, the oldest first. */
  @Get('batch/onnewfile')
  @Answers(FILES)
  onNewFiles(
    @CurrentExchange() exchange: Exchange,
    @Param('connectionId') connectionId: string,
    @Query({ schema: batchTriggerQuerySchema }) query: BatchQuery,
    @Res() _reply: FastifyReply,
  ): Promise<void> {
    return this.watches.batch(exchange, watchOf(connectionId, 'created', query), countOf(query));
  }

  /** Descriptions of files that are new or were changed, the oldest first. */
  @Get('batch/onupdatedfile')
  @Answers(FILES)
  onUpdatedFiles(
    @CurrentExchange() exchange: Exchange,
    @Param('connectionId') connectionId: string,
    @Query({ schema: batchTriggerQuerySchema }) query: BatchQuery,
    @Res() _reply: FastifyReply,
  ): Promise<void> {
    return this.watches.batch(exchange, watchOf(connectionId, 'modified', query), countOf(query));
  }

  private single(exchange: Exchange, watch: FolderWatch, query: FileQuery): Promise<void> {
    const { includeFileContent, inferContentType } = query;
    const handover = { withContent: isSet(includeFileContent, true), isTyped: isSet(inferContentType, true) };
    return this.watches.single(exchange, watch, handover);
  }
}

function watchOf(
  connectionId: string,
  change: FolderWatch['change'],
  { folderId, triggerState }: Pick<FileQuery, 'folderId' | 'triggerState'>,
): FolderWatch {
  const place = { connectionId, path: placeOf(folderId, 'folderId') };
  return { place, change, state: triggerState === '' ? undefined : triggerState };
}

function countOf({ maxFileCount }: BatchQuery): number {
  return maxFileCount === undefined || maxFileCount === '' ? DEFAULT_FILES : Number(maxFileCount);
}
