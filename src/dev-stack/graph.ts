import './not-in-production.js';
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ServerCertificate } from './certificates.js';
import { checkBearer } from './identity/bearer-check.js';
import type { IdentityProvider } from './identity/identity-provider.js';
import { sendJson, type JsonReply } from './json-reply.js';
import { LoopbackServer } from './loopback-server.js';
import {
  CONTROL_PLANE_CLIENT_ID,
  CONTROL_PLANE_OBJECT_IDS,
  SERVICE_PRINCIPALS,
  TENANTS,
  USERS,
  type SeedProduct,
  type SeedUser,
} from './seed-data.js';

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
const CONTEXT = 'https://graph.microsoft.com/v1.0/$metadata';

/** The few reads of Microsoft Graph v1.0 that the product makes, over the seeded directory. Tests can make it slow or fail. */
export class GraphStandIn {
  /** Milliseconds that every answer waits. */
  delayMs = 0;
  /** How many requests came in. */
  requests = 0;
  private server: LoopbackServer | undefined;
  private fault: { readonly status: number; readonly retryAfter: number | undefined; left: number } | undefined;
  private readonly products = new Map<string, readonly SeedProduct[]>();

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

  /** Gives a user other licences than the seeded ones. */
  setProducts(userId: string, products: readonly SeedProduct[]): void {
    this.products.set(userId, products);
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.requests += 1;
    request.resume();
    if (this.delayMs > 0) await sleep(this.delayMs);
    const reply = this.nextFault() ?? (await this.reply(request));
    if (!response.destroyed) sendJson(response, reply);
  }

  private nextFault(): JsonReply | undefined {
    if (!this.fault || this.fault.left <= 0) return undefined;
    this.fault.left -= 1;
    const { status, retryAfter } = this.fault;
    const headers = retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) };
    return { ...failure(status, status === 429 ? 'TooManyRequests' : 'serviceNotAvailable', 'Made to fail.'), headers };
  }

  private async reply(request: IncomingMessage): Promise<JsonReply> {
    const audiences = [...AUDIENCES, this.url, `${this.url}/`];
    const claims = await checkBearer(this.options.identity, request.headers.authorization, audiences);
    if (!claims)
      return failure(401, 'InvalidAuthenticationToken', 'Access token is missing, expired or not for Graph.');
    if (claims['idtyp'] !== 'app')
      return failure(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.');

    const { pathname } = new URL(request.url ?? '/', this.url);
    const [version, collection, id = '', detail, ...more] = pathname.split('/').slice(1).map(decode);
    const known = request.method === 'GET' && version === 'v1.0' && more.length === 0;
    const tenantId = String(claims['tid']);
    if (known && collection === 'users' && detail === 'licenseDetails') return this.licences(tenantId, id);
    if (known && collection === 'users' && detail === undefined) return describeUser(tenantId, id);
    if (known && collection === 'servicePrincipals' && detail === undefined) return describePrincipal(tenantId, id);
    return failure(400, 'BadRequest', 'The stand-in does not serve this request.');
  }

  private licences(tenantId: string, id: string): JsonReply {
    const user = findUser(tenantId, id);
    if (!user) return notFound(id);
    const products = this.products.get(user.objectId) ?? user.products;
    const value = products.map(({ skuId, skuPartNumber, servicePlans }) => ({
      id: Buffer.from(`${user.objectId}${skuId}`.replaceAll('-', ''), 'hex').toString('base64url'),
      skuId,
      skuPartNumber,
      servicePlans: servicePlans.map((plan) => ({ ...plan, provisioningStatus: 'Success', appliesTo: 'User' })),
    }));
    return { status: 200, body: { '@odata.context': `${CONTEXT}#users('${user.objectId}')/licenseDetails`, value } };
  }
}

function describeUser(tenantId: string, id: string): JsonReply {
  const user = findUser(tenantId, id);
  if (!user) return notFound(id);
  const { objectId, displayName, username } = user;
  const body = { id: objectId, displayName, userPrincipalName: username, mail: username, businessPhones: [] };
  return { status: 200, body: { '@odata.context': `${CONTEXT}#users/$entity`, ...body } };
}

function describePrincipal(tenantId: string, id: string): JsonReply {
  const tenant = TENANTS.find((candidate) => candidate.id === tenantId);
  const principals = SERVICE_PRINCIPALS.filter((principal) => principal.tenant === tenant?.name).map(
    ({ objectId, clientId, displayName }) => ({ id: objectId, appId: clientId, displayName }),
  );
  if (tenant) {
    const controlPlane = CONTROL_PLANE_OBJECT_IDS[tenant.name];
    principals.push({ id: controlPlane, appId: CONTROL_PLANE_CLIENT_ID, displayName: 'Tidegate control plane' });
  }
  const found = principals.find((principal) => principal.id === id.toLowerCase());
  if (!found) return notFound(id);
  const body = { ...found, servicePrincipalType: 'Application', accountEnabled: true };
  return { status: 200, body: { '@odata.context': `${CONTEXT}#servicePrincipals/$entity`, ...body } };
}

/** By object id or user principal name, like Graph. */
function findUser(tenantId: string, id: string): SeedUser | undefined {
  const tenant = TENANTS.find((candidate) => candidate.id === tenantId);
  const wanted = id.toLowerCase();
  return USERS.find((user) => user.tenant === tenant?.name && (user.objectId === wanted || user.username === wanted));
}

function notFound(id: string): JsonReply {
  const message = `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`;
  return failure(404, 'Request_ResourceNotFound', message);
}

function failure(status: number, code: string, message: string): JsonReply {
  const requestId = randomUUID();
  const innerError = {
    date: new Date().toISOString().slice(0, 19),
    'request-id': requestId,
    'client-request-id': requestId,
  };
  return { status, body: { error: { code, message, innerError } } };
}

/** A path segment that is no valid encoding names nothing. */
function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch (error) {
    if (error instanceof URIError) return '';
    throw error;
  }
}
