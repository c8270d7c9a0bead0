import type { IncomingMessage, ServerResponse } from 'node:http';
import type { BusNamespace } from './namespace.js';
import { MAX_QUEUES } from './namespace.js';
import { DescriptionError, readQueueOptions, writeError, writeFeed, writeQueueEntry } from './queue-description.js';
import { DEFAULT_QUEUE_OPTIONS } from './queue-options.js';
import { parseResource } from './resource-path.js';
import { allows, readToken } from './token.js';

/** A QueueDescription has about 2 KB. */
const MAX_BODY_BYTES = 64 * 1024;

/** Queues in one page of the list, at most and by default. */
const PAGE = 100;

const QUEUE_NAME = /^[a-z0-9](?:[a-z0-9._\-/]{0,258}[a-z0-9._-])?$/i;

interface Answer {
  readonly status: number;
  readonly xml: string;
}

/**
 * The administration API: queues as Atom XML, as ServiceBusAdministrationClient asks for them. Every path but
 * `/health` needs a token that holds Manage on it.
 */
export class AdminHttp {
  constructor(private readonly namespace: BusNamespace) {}

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method === 'GET' && request.url === '/health') {
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"status":"healthy"}');
      return;
    }
    const { status, xml } = await this.answer(request);
    response.writeHead(status, {
      'content-type': 'application/atom+xml;type=entry;charset=utf-8',
      'content-length': Buffer.byteLength(xml),
      // A body that was not read to its end would be taken for the next request.
      ...(status === 413 ? { connection: 'close' } : {}),
    });
    response.end(xml);
  }

  private async answer(request: IncomingMessage): Promise<Answer> {
    const host = request.headers.host ?? 'localhost';
    const url = readUrl(request.url ?? '/', host);
    if (!url) return failure(400, 'The address cannot be read.');
    if (!this.mayManage(request, `https://${host}${url.pathname}`))
      return failure(401, 'A token with Manage is required.');
    const body = await readBody(request);
    if (body === undefined) return failure(413, `A description may have ${MAX_BODY_BYTES} bytes.`);

    const name = url.pathname.slice(1);
    if (request.method === 'GET' && name.toLowerCase() === '$resources/queues') return this.list(url, host);
    if (!QUEUE_NAME.test(name) || name.includes('//')) return failure(400, 'The name is no queue name.');
    switch (request.method) {
      case 'GET':
        return this.get(name, host, url);
      case 'PUT':
        return this.put(name, host, { xml: body, update: request.headers['if-match'] === '*' });
      case 'DELETE':
        return this.namespace.delete(name, 'asked') ? { status: 200, xml: '' } : failure(404, 'No such queue.');
      default:
        return failure(405, 'This method is not served here.');
    }
  }

  private list(url: ParsedUrl, host: string): Answer {
    const skip = pageNumber(url.query.get('$skip'), 0);
    const top = Math.min(pageNumber(url.query.get('$top'), PAGE), PAGE);
    const all = this.namespace.list();
    const page = all.slice(skip, skip + top).map((entry) => writeQueueEntry(entry, host));
    const self = `https://${host}/$Resources/queues`;
    const next = skip + top < all.length ? `${self}?$skip=${skip + top}&$top=${top}` : undefined;
    return { status: 200, xml: writeFeed(page, self, next) };
  }

  /** An unknown queue is an empty feed with 200: what the real service does, and what the client looks for. */
  private get(name: string, host: string, url: ParsedUrl): Answer {
    const entry = this.namespace.find(name);
    const xml = entry ? writeQueueEntry(entry, host) : writeFeed([], `https://${host}${url.pathname}`);
    return { status: 200, xml };
  }

  private put(name: string, host: string, { xml, update }: { xml: string; update: boolean }): Answer {
    const known = this.namespace.find(name);
    if (known && !update) return failure(409, 'The queue exists already.');
    if (!known && update) return failure(404, 'No such queue.');
    try {
      if (known) {
        const { options } = known.main.queue;
        const wanted = readQueueOptions(xml, options);
        if (
          wanted.requiresSession !== options.requiresSession ||
          wanted.requiresDuplicateDetection !== options.requiresDuplicateDetection
        )
          return failure(400, 'Sessions and duplicate detection are fixed when a queue is made.');
        known.main.queue.configure(wanted);
        known.updatedAt = new Date(this.namespace.clock());
        return { status: 200, xml: writeQueueEntry(known, host) };
      }
      const made = this.namespace.create(name, readQueueOptions(xml, DEFAULT_QUEUE_OPTIONS));
      if (!made) return failure(403, `A namespace has ${MAX_QUEUES} queues at most.`);
      return { status: 201, xml: writeQueueEntry(made, host) };
    } catch (error) {
      if (error instanceof DescriptionError) return failure(400, error.message);
      throw error;
    }
  }

  private mayManage(request: IncomingMessage, address: string): boolean {
    const claim = readToken(request.headers.authorization ?? '', this.namespace.rules, this.namespace.clock());
    const resource = parseResource(address);
    return claim !== undefined && resource !== undefined && allows(claim, resource, 'Manage');
  }
}

interface ParsedUrl {
  readonly pathname: string;
  readonly query: URLSearchParams;
}

/** The path percent-decoded once, without slashes at its end; undefined when it cannot be decoded. */
function readUrl(target: string, host: string): ParsedUrl | undefined {
  try {
    const url = new URL(target, `https://${host}`);
    return { pathname: decodeURIComponent(url.pathname).replace(/(?<=.)\/+$/, ''), query: url.searchParams };
  } catch (error) {
    if (error instanceof URIError || error instanceof TypeError) return undefined;
    throw error;
  }
}

async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function pageNumber(text: string | null, fallback: number): number {
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : fallback;
}

function failure(status: number, detail: string): Answer {
  return { status, xml: writeError(status, detail) };
}
