import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { parseFilter } from '../../src/modules/connector-api/odata-filter.js';
import { holds, METADATA, order, ORDER_TYPES, type Entity } from './odata-data.js';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

interface Asked {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

const LINE_TYPES = { Order: 'Edm.Int32', Code: 'Edm.String', Text: 'Edm.String' };
const LONG = new Set(['Amount', 'Big']);

/**
 * An OData 4 service over HTTP: two entity sets with what lists, single rows and changes need. It takes filters of
 * comparisons and text functions. Paths below `/wild/` are answered by what the test puts there.
 */
export class ODataServer {
  readonly orders = new Map<string, Entity>();
  readonly lines = new Map<string, Entity>();
  readonly asked: Asked[] = [];
  readonly wild = new Map<string, Handler>();
  /** Rows of a page; the rest is behind a link. */
  pageRows = 1000;
  /** Numbers that a double would round come as texts where the client asks for it. */
  knowsLongNumbers = true;
  metadata = METADATA;
  private versions = 0;

  private constructor(
    private readonly server: Server,
    readonly origin: string,
  ) {}

  static async start(): Promise<ODataServer> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const started = new ODataServer(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    server.on('request', (request, response) => {
      response.on('error', () => undefined);
      started.answer(request, response).catch((error: unknown) => {
        fail(response, 400, 'BadRequest', String(error));
      });
    });
    return started;
  }

  get url(): string {
    return `${this.origin}/shop/v4/`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  put(values: Readonly<Record<string, string>>): void {
    const row = new Map(Object.entries(values));
    this.versions += 1;
    row.set('@odata.etag', JSON.stringify(`W/"${this.versions}"`));
    this.orders.set(row.get('Id') ?? '', row);
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.origin);
    const wild = this.wild.get(url.pathname);
    if (wild) {
      wild(request, response);
      return;
    }
    const body = await text(request);
    this.asked.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body });
    const path = decodeURIComponent(url.pathname.replace(/^\/(?:shop\/v4|wild\/\w+)/, ''));
    const parts = /^\/(Orders|Lines)(?:\((.*)\))?(\/\$count)?$/.exec(path);
    if (path === '/$metadata') {
      response.writeHead(200, { 'content-type': 'application/xml' }).end(this.metadata);
    } else if (!parts) fail(response, 404, 'NotFound', 'no such set');
    else if (parts[2] === undefined && request.method === 'POST') this.create(response, body);
    else if (parts[2] === undefined)
      this.list(url, parts[1] === 'Orders', parts[3] !== undefined, { request, response });
    else this.one(parts[1] === 'Orders' ? this.orders : this.lines, keyOf(parts[2]), { request, response, body });
  }

  private list(
    url: URL,
    isOrders: boolean,
    isCount: boolean,
    { request, response }: { request: IncomingMessage; response: ServerResponse },
  ): void {
    const types = isOrders ? ORDER_TYPES : LINE_TYPES;
    const option = (name: string): string | undefined => url.searchParams.get(name) ?? undefined;
    const filter = option('$filter');
    const parsed = filter === undefined ? undefined : parseFilter(filter);
    const all = [...(isOrders ? this.orders : this.lines).values()].filter(
      (row) => !parsed || holds(parsed, row, types),
    );
    if (isCount) {
      response.writeHead(200, { 'content-type': 'text/plain' }).end(String(all.length));
      return;
    }
    const by = (option('$orderby') ?? '').split(',').filter((each) => each !== '');
    const terms = by.map((each) => ({ name: each.split(' ')[0] ?? '', descending: each.endsWith(' desc') }));
    all.sort((one, other) => order(one, other, terms, types));
    const from = Number(option('$skip') ?? 0) + Number(option('$skiptoken') ?? 0);
    const left = Number(option('$top') ?? Infinity) - Number(option('$skiptoken') ?? 0);
    const rows = all.slice(from, from + Math.min(left, this.pageRows));
    const hasMore = rows.length === this.pageRows && left > this.pageRows && all.length > from + rows.length;
    const next = new URL(url);
    next.searchParams.set('$skiptoken', String(Number(option('$skiptoken') ?? 0) + rows.length));
    const names = option('$select')?.split(',');
    const members = [
      '"@odata.context":"$metadata#Orders"',
      ...(option('$count') === 'true' ? [`"@odata.count":${all.length}`] : []),
      `"value":[${rows.map((row) => this.write(row, request, names)).join(',')}]`,
      ...(hasMore ? [`"@odata.nextLink":${JSON.stringify(next.href)}`] : []),
    ];
    json(response, 200, `{${members.join(',')}}`);
  }

  private one(
    set: Map<string, Entity>,
    key: string,
    { request, response, body }: { request: IncomingMessage; response: ServerResponse; body: string },
  ): void {
    const row = set.get(key);
    const match = request.headers['if-match'];
    if (!row) {
      fail(response, request.method === 'PATCH' ? 412 : 404, 'NotFound', `no row ${key}`);
      return;
    }
    if (match !== undefined && match !== '*' && JSON.stringify(match) !== row.get('@odata.etag')) {
      fail(response, 412, 'Changed', 'another version');
    } else if (request.method === 'DELETE') {
      set.delete(key);
      response.writeHead(204).end();
    } else if (request.method === 'PATCH') {
      for (const [name, value] of membersOf(body)) row.set(name, value);
      row.set('@odata.etag', JSON.stringify(`W/"${(this.versions += 1)}"`));
      response.writeHead(204).end();
    } else json(response, 200, this.write(row, request));
  }

  private create(response: ServerResponse, body: string): void {
    const row = membersOf(body);
    if (
      [...this.orders.values()].some((each) => each.get('Customer') === '"taken"' && row.get('Customer') === '"taken"')
    ) {
      fail(response, 409, 'Duplicate', 'the customer taken is there');
      return;
    }
    const id = String(Math.max(0, ...[...this.orders.keys()].map(Number)) + 1);
    this.put({ ...Object.fromEntries(row), Id: id });
    json(response, 201, this.write(this.orders.get(id) ?? row, undefined));
  }

  private write(row: Entity, request: IncomingMessage | undefined, names?: readonly string[]): string {
    const isLong = this.knowsLongNumbers && (request?.headers.accept ?? '').includes('IEEE754Compatible=true');
    const members = [...row]
      .filter(([name]) => name.startsWith('@') || !names || names.includes(name))
      .map(([name, value]) => `"${name}":${isLong && LONG.has(name) && value !== 'null' ? `"${value}"` : value}`);
    return `{${members.join(', ')}}`;
  }
}

/** `1`, `'a'` and `Order=1,Code='a'` as the keys that the maps have. */
function keyOf(text: string): string {
  return text
    .replace(/(?:^|,)\w+=/g, '|')
    .replace(/^\|/, '')
    .replaceAll(/'((?:[^']|'')*)'/g, (_, inner: string) => inner.replaceAll("''", "'"));
}

/** The members of a flat object, each as it was written. */
function membersOf(body: string): Entity {
  const members: Entity = new Map();
  for (const [, name = '', value = ''] of body.matchAll(/"(\w+)":("(?:[^"\\]|\\.)*"|\[[^\]]*\]|\{[^}]*\}|[^,}]+)/g)) {
    members.set(name, value);
  }
  return members;
}

export function json(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'content-type': 'application/json;odata.metadata=minimal' }).end(body);
}

function fail(response: ServerResponse, status: number, code: string, message: string): void {
  json(response, status, JSON.stringify({ error: { code, message } }));
}
