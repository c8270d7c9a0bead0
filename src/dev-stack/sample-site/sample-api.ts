import '../not-in-production.js';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { equalSecrets } from '../equal-secrets.js';
import { LoopbackServer } from '../loopback-server.js';
import { BodyTooLargeError, readBody } from '../request-body.js';
import { readPublicJson } from './public-data.js';

export const SAMPLE_API_USER = 'site-api';

/** Notes kept at the most; the oldest goes. */
const MAX_NOTES = 1_000;
const MAX_NOTE_BYTES = 64 * 1024;
/** Most bytes that `/bytes/{n}` makes: enough to watch a stream. */
const MAX_BYTES = 1024 * 1024 * 1024;

interface CountryYear {
  readonly year: number;
  readonly country: string;
  readonly pop: number;
  readonly life_expect: number;
  readonly fertility: number;
}

interface Reply {
  readonly status: number;
  readonly json?: unknown;
}

/**
 * A small HTTP API as companies have them: JSON, basic authentication, something to read and something to change.
 * `GET /countries`, `GET /countries/{name}`, `GET|POST /notes`, `GET|PUT|DELETE /notes/{id}`, `POST /echo` (streams the
 * body back), `GET /bytes/{n}`.
 */
export class SampleApi {
  private server: LoopbackServer | undefined;
  private readonly countries = readPublicJson('gapminder.json') as CountryYear[];
  private readonly notes = new Map<number, unknown>();
  private nextNote = 1;

  constructor(private readonly options: { readonly password: string; readonly portFile?: string }) {}

  async start(): Promise<{ baseUrl: string }> {
    const { portFile } = this.options;
    this.server = await LoopbackServer.start({
      handler: (request, response) =>
        void this.answer(request, response).catch((error: unknown) => fail(response, error)),
      ...(portFile === undefined ? {} : { portFile }),
    });
    return { baseUrl: `http://127.0.0.1:${this.server.port}` };
  }

  async stop(): Promise<void> {
    await this.server?.stop();
    this.server = undefined;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://site');
    const [, collection = '', id = ''] = url.pathname.split('/');
    if (!this.isKnown(request.headers.authorization)) {
      response.writeHead(401, { 'www-authenticate': 'Basic realm="site"' }).end();
    } else if (collection === 'echo' && request.method === 'POST') {
      response.writeHead(200, { 'content-type': request.headers['content-type'] ?? 'application/octet-stream' });
      request.pipe(response);
    } else if (collection === 'bytes' && request.method === 'GET') {
      await sendBytes(response, Math.min(Number(id) || 0, MAX_BYTES));
    } else {
      const { status, json } = await this.reply(request, collection, decodeURIComponent(id));
      response.writeHead(status, json === undefined ? {} : { 'content-type': 'application/json' });
      response.end(json === undefined ? undefined : JSON.stringify(json));
    }
  }

  private async reply(request: IncomingMessage, collection: string, id: string): Promise<Reply> {
    const method = request.method ?? 'GET';
    if (collection === '') return { status: 200, json: { name: 'Sample site', collections: ['countries', 'notes'] } };
    if (collection === 'countries' && method === 'GET') return this.country(id);
    if (collection === 'notes')
      return this.note(method, id, method === 'GET' ? undefined : await readBody(request, MAX_NOTE_BYTES));
    return { status: 404, json: { message: 'no such collection' } };
  }

  private country(name: string): Reply {
    if (name === '') return { status: 200, json: [...new Set(this.countries.map(({ country }) => country))] };
    const years = this.countries.filter(({ country }) => country === name);
    return years.length === 0
      ? { status: 404, json: { message: 'no such country' } }
      : { status: 200, json: { country: name, years } };
  }

  private note(method: string, text: string, body: Buffer | undefined): Reply {
    if (text === '' && method === 'GET')
      return { status: 200, json: [...this.notes].map(([id, note]) => ({ id, note })) };
    if (text === '' && method === 'POST') {
      const id = this.nextNote++;
      this.notes.set(id, parse(body));
      if (this.notes.size > MAX_NOTES) this.notes.delete(this.notes.keys().next().value ?? 0);
      return { status: 201, json: { id, note: this.notes.get(id) } };
    }
    const id = Number(text);
    if (!this.notes.has(id)) return { status: 404, json: { message: 'no such note' } };
    if (method === 'PUT') this.notes.set(id, parse(body));
    if (method === 'DELETE') {
      this.notes.delete(id);
      return { status: 204 };
    }
    return { status: 200, json: { id, note: this.notes.get(id) } };
  }

  private isKnown(authorization: string | undefined): boolean {
    const expected = Buffer.from(`${SAMPLE_API_USER}:${this.options.password}`).toString('base64');
    return equalSecrets(authorization ?? '', `Basic ${expected}`);
  }
}

function parse(body: Buffer | undefined): unknown {
  const text = body?.toString('utf8') ?? '';
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return text;
    throw error;
  }
}

/** Writes `total` bytes as fast as the reader takes them. */
async function sendBytes(response: ServerResponse, total: number): Promise<void> {
  response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': total });
  const chunk = Buffer.alloc(64 * 1024, 'tidegate ');
  for (let sent = 0; sent < total && !response.destroyed; sent += chunk.length) {
    if (!response.write(chunk.subarray(0, Math.min(chunk.length, total - sent)))) {
      await new Promise((done) => response.once('drain', done).once('close', done));
    }
  }
  response.end();
}

function fail(response: ServerResponse, error: unknown): void {
  if (response.headersSent) return void response.destroy();
  const [status, message] =
    error instanceof BodyTooLargeError
      ? [413, 'the note is too large']
      : error instanceof URIError
        ? [400, 'the address is not valid']
        : [500, 'failed'];
  // What is left of a refused body is not read: the connection ends with the answer.
  response.writeHead(status, { 'content-type': 'application/json', connection: 'close' });
  response.end(JSON.stringify({ message }));
}
