import { Injectable } from '@nestjs/common';
import { DomainError } from '../../common/errors/domain-error.js';
import { AppConfig } from '../../config/env.js';
import type { FolderChanges } from '../../contract/table.js';
import { blobHeaders, blobMetadata } from './blob-metadata.js';
import type { Exchange } from './connector-calls.js';
import { FileCalls, type FilePlace } from './file-calls.js';
import { addressWith } from './own-address.js';

/** What a trigger waits for in a folder. */
export interface FolderWatch {
  readonly place: FilePlace;
  readonly change: 'created' | 'modified';
  /** Undefined: the watch begins now, and what is there already is no news. */
  readonly state: string | undefined;
}

/** How a single file is handed over. */
export interface Handover {
  /** False: its description only. */
  readonly withContent: boolean;
  readonly isTyped: boolean;
}

/** Seconds until asking again makes sense: a person notices no less, and a folder is read in full each time. */
const IDLE_SECONDS = 15;
/** More is known to be there. */
const NEXT_SECONDS = 1;

/** Files that may vanish between being noticed and being read before the rest is left to the next call. */
const MAX_VANISHED = 5;

/**
 * Polling as flow engines do it: 200 with what is new, 202 with nothing, and either way a `Location` to ask next time. The
 * state of the watch is in that address, so nobody keeps it: an answer that was lost is given again to who asks as before.
 */
@Injectable()
export class FileWatches {
  constructor(
    private readonly files: FileCalls,
    private readonly config: AppConfig,
  ) {}

  async batch(exchange: Exchange, watch: FolderWatch, top: number): Promise<void> {
    const changes = await this.ask(exchange, watch, top);
    if (changes.entries.length === 0) await exchange.reply.code(202).send();
    else await exchange.reply.send(changes.entries.map(blobMetadata));
  }

  async single(exchange: Exchange, watch: FolderWatch, { withContent, isTyped }: Handover): Promise<void> {
    const { reply } = exchange;
    let { state } = watch;
    for (let vanished = 0; vanished < MAX_VANISHED; vanished += 1) {
      const changes = await this.ask(exchange, { ...watch, state }, 1);
      const [entry] = changes.entries;
      if (!entry) break;
      reply.headers(blobHeaders(entry));
      if (!withContent) {
        await reply.send(blobMetadata(entry));
        return;
      }
      try {
        const { connectionId } = watch.place;
        await this.files.read(exchange, { connectionId, path: entry.path }, isTyped);
        return;
      } catch (error) {
        if (!(error instanceof DomainError) || error.code !== 'FILE_NOT_FOUND' || reply.sent) throw error;
        for (const name of Object.keys(blobHeaders(entry))) reply.removeHeader(name);
        state = changes.state;
      }
    }
    reply.removeHeader('content-type');
    await reply.code(202).send();
  }

  private async ask(exchange: Exchange, { place, change, state }: FolderWatch, top: number): Promise<FolderChanges> {
    const wanted = { change, top, ...(state === undefined ? {} : { state }) };
    const changes = await this.files.changes(exchange, place, wanted);
    const url = exchange.request.raw.url ?? '/';
    const location = addressWith(this.config.publicUrl, url, ['triggerState', changes.state]);
    exchange.reply.headers({ location, 'retry-after': changes.hasMore ? NEXT_SECONDS : IDLE_SECONDS });
    return changes;
  }
}
