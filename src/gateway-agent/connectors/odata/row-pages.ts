import type { SourceAnswer } from '../http/source-client.js';
import { SourceError } from '../source-error.js';
import { CollectionError, CollectionReader, type ListMember } from './collection-reader.js';
import type { ODataService } from './odata-service.js';
import type { Asked } from './odata-failure.js';

/** Longest address of a next page, in characters. */
const MAX_LINK_LENGTH = 16_384;
/** Pages without a row, one after the other, before a service is taken to be lost. */
const MAX_EMPTY_PAGES = 20;

/** The rows of a list, page by page as the service cuts it, each as JSON text. */
export class RowPages {
  /** Of all rows, as the service told it with the first page; null: it did not, undefined: it still may. */
  count: number | null | undefined;
  private emptyPages = 0;
  private pages = 0;
  /** A link that was followed; it is moved on at powers of two, so that a circle of any length is noticed. */
  private mark = '';
  private nextMark = 1;

  constructor(
    private readonly service: ODataService,
    private readonly asked: Asked,
  ) {}

  /** Ends when the list does. Leaving early lets go of the source. @throws SourceError */
  async *read(first: SourceAnswer, path: string): AsyncGenerator<readonly string[]> {
    let answer = first;
    let at = path;
    for (;;) {
      const reader = new CollectionReader();
      let isEmpty = true;
      for await (const chunk of answer.body) {
        const rows = inList(() => reader.feed(chunk));
        this.count ??= countOf(reader);
        if (rows.length === 0) continue;
        isEmpty = false;
        yield rows;
      }
      inList(() => {
        reader.end();
      });
      this.count ??= null;
      const link = memberOf(reader, '@odata.nextLink', '@nextLink');
      if (link === undefined) return;
      if (typeof link !== 'string' || link.length > MAX_LINK_LENGTH) throw notAList();
      at = this.service.nextPath(link, at);
      this.note(at, isEmpty);
      answer = await this.service.send({ method: 'GET', path: at }, this.asked);
    }
  }

  /** @throws SourceError SOURCE_FAILED for a service that leads round in circles */
  private note(path: string, isEmpty: boolean): void {
    this.emptyPages = isEmpty ? this.emptyPages + 1 : 0;
    if (path === this.mark || this.emptyPages > MAX_EMPTY_PAGES) {
      throw new SourceError('SOURCE_FAILED', "The source's pages come to no end.", {
        hop: 'source',
        details: { pages: this.pages },
      });
    }
    this.pages += 1;
    if (this.pages < this.nextMark) return;
    this.mark = path;
    this.nextMark *= 2;
  }
}

function countOf(reader: CollectionReader): number | undefined {
  const count = Number(memberOf(reader, '@odata.count', '@count'));
  return Number.isSafeInteger(count) && count >= 0 ? count : undefined;
}

function memberOf(reader: CollectionReader, ...names: readonly ListMember[]): unknown {
  const json = names.map((name) => reader.members.get(name)).find((text) => text !== undefined);
  return json === undefined ? undefined : inList(() => JSON.parse(json) as unknown);
}

/** @throws SourceError SOURCE_FAILED when the answer is no list */
export function inList<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof CollectionError || error instanceof SyntaxError) throw notAList(error);
    throw error;
  }
}

function notAList(cause?: Error): SourceError {
  return new SourceError('SOURCE_FAILED', "The source's answer is not a list of OData.", {
    hop: 'source',
    ...(cause && { cause }),
    ...(cause instanceof CollectionError && { details: { problem: cause.message } }),
  });
}
