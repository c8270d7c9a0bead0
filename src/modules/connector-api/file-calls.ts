import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Operation, OperationName } from '../../contract/operations.js';
import {
  fileEntrySchema,
  folderChangesSchema,
  folderPageSchema,
  type FileEntry,
  type FolderChanges,
  type FolderPage,
} from '../../contract/table.js';
import { finishAnswer, readAnswer, sendAnswer } from './answer.js';
import { blobMetadata, type BlobMetadata } from './blob-metadata.js';
import { ConnectorCalls, type Exchange } from './connector-calls.js';
import { requestBody, type RequestBody } from './request-body.js';
import { kindOf } from './route-kinds.js';
import type { FlowReply } from '../flow-requests/flow-requests.types.js';

const folderSchema = z.array(fileEntrySchema);

/** Entries of one page of a folder: some 100 KB. */
const PAGE_ENTRIES = 500;

/** A file or folder of a connection. */
export interface FilePlace {
  readonly connectionId: string;
  readonly path: string;
}

type ParametersOf<N extends OperationName> = Omit<Extract<Operation, { name: N }>, 'name' | 'path'>;

/** What can be done to files, whether a route names them by id or by path. */
@Injectable()
export class FileCalls {
  constructor(private readonly calls: ConnectorCalls) {}

  /** @returns at most as many as one listing holds, and whether there are more */
  async list(exchange: Exchange, place: FilePlace): Promise<{ entries: readonly FileEntry[]; hasMore: boolean }> {
    const flow = await this.send(exchange, place.connectionId, { name: 'listFolder', path: place.path });
    const entries = await readAnswer(flow, folderSchema);
    return { entries, hasMore: (await flow.trailer).hasMore === true };
  }

  /** @param after name that the page begins after */
  async page(exchange: Exchange, { connectionId, path }: FilePlace, after: string | undefined): Promise<FolderPage> {
    const operation = {
      name: 'pageFolder',
      path,
      top: PAGE_ENTRIES,
      ...(after === undefined ? {} : { after }),
    } as const;
    return readAnswer(await this.send(exchange, connectionId, operation), folderPageSchema);
  }

  async changes(
    exchange: Exchange,
    { connectionId, path }: FilePlace,
    wanted: ParametersOf<'listChanges'>,
  ): Promise<FolderChanges> {
    const flow = await this.send(exchange, connectionId, { name: 'listChanges', path, ...wanted });
    return readAnswer(flow, folderChangesSchema);
  }

  async describe(exchange: Exchange, { connectionId, path }: FilePlace): Promise<BlobMetadata> {
    const flow = await this.send(exchange, connectionId, { name: 'getFile', path });
    return blobMetadata(await readAnswer(flow, fileEntrySchema));
  }

  /**
   * Streams a file's content to the caller.
   *
   * @param isTyped false: it is shown as bytes, whatever its name says
   */
  async read(exchange: Exchange, { connectionId, path }: FilePlace, isTyped = true): Promise<void> {
    const flow = await this.send(exchange, connectionId, { name: 'readFile', path });
    exchange.reply.type((isTyped ? flow.mediaType : undefined) ?? 'application/octet-stream');
    await sendAnswer(exchange.reply, flow);
  }

  /** Streams the request's body into a file; a request without one makes an empty file. */
  async write(
    exchange: Exchange,
    { connectionId, path }: FilePlace,
    mode: 'create' | 'replace',
  ): Promise<BlobMetadata> {
    const body = (await requestBody(exchange.request, exchange.reply)) ?? new Uint8Array();
    const flow = await this.send(exchange, connectionId, { name: 'writeFile', path, mode }, body);
    return blobMetadata(await readAnswer(flow, fileEntrySchema));
  }

  async copy(
    exchange: Exchange,
    { connectionId, path }: FilePlace,
    to: ParametersOf<'copyFile'>,
  ): Promise<BlobMetadata> {
    // Nothing of a body is needed, but one that is not read would hold its connection.
    exchange.request.raw.resume();
    const flow = await this.send(exchange, connectionId, { name: 'copyFile', path, ...to });
    return blobMetadata(await readAnswer(flow, fileEntrySchema));
  }

  async remove(exchange: Exchange, { connectionId, path }: FilePlace): Promise<void> {
    await finishAnswer(await this.send(exchange, connectionId, { name: 'deleteFile', path }));
  }

  /** Opens the connection's folder and does nothing there. */
  async test(exchange: Exchange, connectionId: string): Promise<void> {
    await finishAnswer(await this.send(exchange, connectionId, { name: 'test' }));
  }

  private send(exchange: Exchange, connectionId: string, operation: Operation, body?: RequestBody): Promise<FlowReply> {
    return this.calls.send(exchange, { connectionId, kind: kindOf(exchange.request), operation, body });
  }
}
