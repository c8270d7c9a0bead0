import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { fileEntrySchema } from '../../contract/table.js';
import { finishAnswer, readAnswer, sendAnswer } from './answer.js';
import { blobMetadata, type BlobMetadata } from './blob-metadata.js';
import { ConnectorCalls, type Exchange } from './connector-calls.js';
import { requestBody } from './request-body.js';

const folderSchema = z.array(fileEntrySchema);

/** A file or folder of a connection. */
export interface FilePlace {
  readonly connectionId: string;
  readonly path: string;
}

/** What can be done to files, whether a route names them by id or by path. */
@Injectable()
export class FileCalls {
  constructor(private readonly calls: ConnectorCalls) {}

  async list(exchange: Exchange, { connectionId, path }: FilePlace): Promise<BlobMetadata[]> {
    const operation = { name: 'listFolder', path } as const;
    const flow = await this.calls.send(exchange, { connectionId, kind: 'filesystem', operation });
    return (await readAnswer(flow, folderSchema)).map(blobMetadata);
  }

  async describe(exchange: Exchange, { connectionId, path }: FilePlace): Promise<BlobMetadata> {
    const operation = { name: 'getFile', path } as const;
    const flow = await this.calls.send(exchange, { connectionId, kind: 'filesystem', operation });
    return blobMetadata(await readAnswer(flow, fileEntrySchema));
  }

  /** Streams a file's content to the caller. */
  async read(exchange: Exchange, { connectionId, path }: FilePlace): Promise<void> {
    const operation = { name: 'readFile', path } as const;
    const flow = await this.calls.send(exchange, { connectionId, kind: 'filesystem', operation });
    exchange.reply.type(flow.mediaType ?? 'application/octet-stream');
    await sendAnswer(exchange.reply, flow);
  }

  /** Streams the request's body into a file; a request without one makes an empty file. */
  async write(
    exchange: Exchange,
    { connectionId, path }: FilePlace,
    mode: 'create' | 'replace',
  ): Promise<BlobMetadata> {
    const body = (await requestBody(exchange.request, exchange.reply)) ?? new Uint8Array();
    const operation = { name: 'writeFile', path, mode } as const;
    const flow = await this.calls.send(exchange, { connectionId, kind: 'filesystem', operation, body });
    return blobMetadata(await readAnswer(flow, fileEntrySchema));
  }

  async remove(exchange: Exchange, { connectionId, path }: FilePlace): Promise<void> {
    const operation = { name: 'deleteFile', path } as const;
    await finishAnswer(await this.calls.send(exchange, { connectionId, kind: 'filesystem', operation }));
  }
}
