import './not-in-production.js';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ServerCertificate } from './certificates.js';
import { checkBearer } from './identity/bearer-check.js';
import type { IdentityProvider } from './identity/identity-provider.js';
import { sendJson, type JsonReply } from './json-reply.js';
import { LoopbackServer } from './loopback-server.js';
import { GraphAnswers } from './graph/graph-answers.js';
import { GraphObjects, type GraphObject, type GraphState } from './graph/graph-objects.js';
import { failure } from './graph/graph-replies.js';
import { readBody } from './request-body.js';
import type { SeedProduct } from './seed-data.js';

export interface GraphStandInOptions {
  /** Whose tokens are taken. */
  readonly identity: IdentityProvider;
  /** With one the stand-in speaks https. */
  readonly certificate?: ServerCertificate;
  readonly port?: number;
  /** Keeps the port over restarts. */
  readonly portFile?: string;
}

export interface GraphFault {
  /** Value of the `Retry-After` header, in seconds. */
  readonly retryAfter?: number;
  /** How many requests fail; all of them until {@link GraphStandIn.heal} when missing. */
  readonly times?: number;
}

const AUDIENCES = ['https://graph.microsoft.com', 'https://graph.microsoft.com/'];
/** A thousand ids are 40 KB. */
const MAX_BODY_BYTES = 256 * 1024;

/** The few reads of Microsoft Graph v1.0 that the product makes, over the seeded directory. Tests can make it slow or fail. */
export class GraphStandIn {
  /** Milliseconds that every answer waits. */
  delayMs = 0;
  /** Most entries of one page. */
  maxPage = 100;
  /** How many requests came in. */
  requests = 0;
  private server: LoopbackServer | undefined;
  private fault: { readonly status: number; readonly retryAfter: number | undefined; left: number } | undefined;
  private readonly objects = new GraphObjects();
  private readonly answers = new GraphAnswers(this.objects);

  constructor(private readonly options: GraphStandInOptions) {}

  async start(): Promise<void> {
    const { certificate, port, portFile } = this.options;
    this.server = await LoopbackServer.start({
      handler: (request, response) => {
        this.answer(request, response).catch((error: unknown) => response.destroy(error as Error));
      },
      certificate,
      port,
      portFile,
    });
  }

  async stop(): Promise<void> {
    await this.server?.stop();
    this.server = undefined;
  }

  get url(): string {
    if (!this.server) throw new Error('the Graph stand-in was not started');
    return this.options.certificate ? `https://localhost:${this.server.port}` : `http://127.0.0.1:${this.server.port}`;
  }

  /** Answers with an error from now on. */
  failWith(status: number, { retryAfter, times = Infinity }: GraphFault = {}): void {
    this.fault = { status, retryAfter, left: times };
  }

  /** Ends faults and delay. */
  heal(): void {
    this.fault = undefined;
    this.delayMs = 0;
  }

  /** Makes somebody, or a group, beside the seeded ones. */
  add(object: GraphObject): void {
    this.objects.add(object);
  }

  /** Gives a user other licences than the seeded ones. */
  setProducts(userId: string, products: readonly SeedProduct[]): void {
    this.objects.setProducts(userId, products);
  }

  /** Gives a group other members than the seeded ones: people, service principals or groups. */
  setMembers(groupId: string, members: readonly string[]): void {
    this.objects.setMembers(groupId, members);
  }

  /** Disables somebody, takes them out of the directory, or brings them back. */
  setState(id: string, state: GraphState): void {
    this.objects.setState(id, state);
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.requests += 1;
    const body = await readBody(request, MAX_BODY_BYTES);
    if (this.delayMs > 0) await sleep(this.delayMs);
    const reply = this.nextFault() ?? (await this.reply(request, body.toString('utf8')));
    if (!response.destroyed) sendJson(response, reply);
  }

  private nextFault(): JsonReply | undefined {
    if (!this.fault || this.fault.left <= 0) return undefined;
    this.fault.left -= 1;
    const { status, retryAfter } = this.fault;
    const headers = retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) };
    return { ...failure(status, status === 429 ? 'TooManyRequests' : 'serviceNotAvailable', 'Made to fail.'), headers };
  }

  private async reply(request: IncomingMessage, body: string): Promise<JsonReply> {
    const audiences = [...AUDIENCES, this.url, `${this.url}/`];
    const claims = await checkBearer(this.options.identity, request.headers.authorization, audiences);
    if (!claims)
      return failure(401, 'InvalidAuthenticationToken', 'Access token is missing, expired or not for Graph.');
    if (claims['idtyp'] !== 'app')
      return failure(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.');

    const question = {
      tenantId: String(claims['tid']),
      method: request.method ?? '',
      address: new URL(request.url ?? '/', this.url),
      consistencyLevel: request.headers['consistencylevel'],
      body,
      maxPage: this.maxPage,
    };
    return this.answers.to(question);
  }
}
