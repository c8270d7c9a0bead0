import {
  createHash,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  randomUUID,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { decodeJwt, SignJWT, jwtVerify } from 'jose';
import { DIRECTIVE_TYP, type Directive } from '../../src/contract/directive.js';
import type { WriteProof } from '../../src/contract/envelope.js';
import {
  CLIENT_ASSERTION_TYP,
  heartbeatRequestSchema,
  sessionMoveSchema,
  tokenRequestSchema,
  type HeartbeatRequest,
  type RelayAccess,
} from '../../src/contract/membership.js';
import { diagnosisReportSchema, type DiagnosisReport, type MemberConnection } from '../../src/contract/diagnosis.js';
import {
  logTailLinesSchema,
  logTailStateSchema,
  type LogTailLines,
  type LogTailState,
} from '../../src/contract/log-tail.js';
import { memberQueue, workQueue } from '../../src/contract/queues.js';
import type { ProofOperation } from '../../src/contract/recovery.js';
import {
  JOIN_TOKEN_SCHEME,
  registrationProofInput,
  registrationRequestSchema,
  type Discovery,
  type RegistrationRequest,
  type RootKey,
} from '../../src/contract/registration.js';
import {
  REPLICA_CERTIFICATE_TYP,
  SESSION_ANNOUNCEMENT_TYP,
  sessionKeyInfo,
  writeProofInput,
} from '../../src/contract/signed-objects.js';
import { signToken } from '../../src/dev-stack/service-bus/token.js';
import { hpkeSeal } from '../../src/gateway-agent/hpke.js';
import { rootFingerprint } from '../../src/gateway-agent/root-fingerprint.js';
import { GatewayDomain, type Answer } from './agent-gateway-domain.js';
import { LISTEN, SEND, type ServiceBusFixture } from './service-bus-fixture.js';

const PLACE_OPTIONS = { lockDuration: 'PT30S', maxDeliveryCount: 3 } as const;

/** Keys of one epoch. */
export interface EpochKeys {
  readonly epoch: number;
  readonly requestKey: Buffer;
  readonly replyKey: Buffer;
}

/** The part of a control plane that an agent sees, over real HTTP, with a real relay behind it. */
export class AgentControlPlane {
  readonly tenantId = randomUUID();
  readonly gatewayId = randomUUID();
  readonly memberId = randomUUID();
  readonly heartbeats: HeartbeatRequest[] = [];
  registration: RegistrationRequest | undefined;
  left = false;
  receiveReads = true;
  /** Refuses the next calls to a path with this problem. */
  readonly refusals = new Map<string, { status: number; code: string }>();
  tokenSeconds = 3600;
  emulatorConnectionString: string | undefined;
  /** Under which name members reach the relay; its own address if not said. */
  relayHost: string | undefined;
  joinToken = '';
  /** What discovery answers instead. */
  discovered: Partial<Discovery> = {};
  /** Connections that the member is told of. */
  connections: MemberConnection[] = [];
  /** Reports of diagnoses, by id. */
  readonly diagnoses = new Map<string, DiagnosisReport>();
  /** What the member said of log tails, and the lines that it showed. */
  readonly logTails: { readonly id: string; readonly body: Partial<LogTailState & LogTailLines> }[] = [];
  keys: EpochKeys = newKeys(1);
  readonly gateway = new GatewayDomain(this.gatewayId, () => this.url);
  /** What comes with the next heartbeats' answers. */
  directive: { jws: string; certificate: string } | undefined;
  /** How far this control plane's clock is ahead. */
  clockAheadMs = 0;
  private readonly pastKeys: EpochKeys[] = [];
  private readonly root = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  private readonly replica = generateKeyPairSync('ed25519');
  private readonly usedAssertions = new Set<string>();
  /** Which member each token was given to. */
  private readonly tokens = new Map<string, string>();
  /** Number of each member's newest start. */
  private readonly instances = new Map<string, number>();
  private readonly server: Server;

  private constructor(private readonly fixture: ServiceBusFixture) {
    this.server = createServer((request, response) => {
      this.handle(request, response).catch((error: unknown) => {
        answer(response, 500, { detail: String(error) });
      });
    });
  }

  static async start(fixture: ServiceBusFixture): Promise<AgentControlPlane> {
    const plane = new AgentControlPlane(fixture);
    await new Promise<void>((resolve) => plane.server.listen(0, '127.0.0.1', resolve));
    plane.joinToken = `tgj_${randomBytes(32).toString('base64url')}.${await rootFingerprint(plane.rootKey)}`;
    return plane;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  get rootKey(): RootKey {
    return { generation: 1, jwk: this.root.publicKey.export({ format: 'jwk' }) } as unknown as RootKey;
  }

  get queues(): { work: string; member: string } {
    if (this.emulatorConnectionString !== undefined) return { work: 'pool-1', member: 'pool-2' };
    const { epoch } = this.keys;
    return { work: workQueue(this.gatewayId, epoch), member: memberQueue(this.gatewayId, epoch, this.memberId) };
  }

  async provision(): Promise<void> {
    if (this.emulatorConnectionString !== undefined) return;
    for (const queue of Object.values(this.queues)) await this.fixture.admin().createQueue(queue, PLACE_OPTIONS);
  }

  /** A member was revoked: new queues and keys, then the old queues go. */
  async moveEpoch(): Promise<void> {
    const old = Object.values(this.queues);
    this.pastKeys.push(this.keys);
    this.keys = newKeys(this.keys.epoch + 1);
    await this.provision();
    for (const queue of old) await this.fixture.admin().deleteQueue(queue);
  }

  /** Answers to what was asked in a past epoch come under its keys. */
  keysOf(epoch: number): EpochKeys {
    return this.pastKeys.find((keys) => keys.epoch === epoch) ?? this.keys;
  }

  async prove(envelopeBytes: Uint8Array): Promise<WriteProof> {
    const digest = createHash('sha256').update(envelopeBytes).digest();
    const signature = sign(null, writeProofInput(digest), this.replica.privateKey).toString('base64url');
    return { certificate: await this.certificate(), signature };
  }

  /** Wants this of the member from now on; nothing at all without an argument. */
  async want(wanted?: Partial<Directive> & { revision: number }): Promise<void> {
    if (!wanted) return void (this.directive = undefined);
    const claims = { gatewayId: this.gatewayId, memberId: this.memberId, ...wanted };
    const jws = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'EdDSA', typ: DIRECTIVE_TYP })
      .setIssuer(this.url)
      .setIssuedAt()
      .setExpirationTime('1h')
      .sign(this.replica.privateKey);
    this.directive = { jws, certificate: await this.certificate() };
  }

  /** How often the member took a new number. */
  startsOf(memberId: string): number {
    return this.instances.get(memberId) ?? 0;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? '').replace('/agent/v1/', '');
    if (this.clockAheadMs !== 0) response.setHeader('date', new Date(Date.now() + this.clockAheadMs).toUTCString());
    const refusal = this.refusals.get(path);
    if (refusal)
      return answer(response, refusal.status, { code: refusal.code, detail: 'refused by the test', remedy: 'none' });
    const body = await readJson(request);
    switch (`${request.method} ${path}`) {
      case 'GET discovery':
        return answer(response, 200, { ...this.discovery(), ...this.discovered });
      case 'POST registrations':
        return this.register(request, response, body);
      case 'POST registrations/lookups':
        return this.lookUp(response, body);
      case 'POST tokens':
        return this.token(response, body);
    }
    if (path.startsWith('gateways')) return this.registrant(request, response, path, body);
    const memberId = this.tokens.get((request.headers.authorization ?? '').replace('Bearer ', ''));
    if (memberId === undefined) return answer(response, 401, { code: 'TOKEN_INVALID' });
    const told = this.diagnosed(request.method ?? '', path, body);
    if (told) return reply(response, told);
    const given = this.ofGateway(memberId, request.method ?? '', path, body);
    if (given) return reply(response, given);
    switch (`${request.method} ${path}`) {
      case 'POST heartbeats':
        this.heartbeats.push(heartbeatRequestSchema.parse(body));
        return answer(response, 200, {
          serverTime: new Date(Date.now() + this.clockAheadMs).toISOString(),
          epoch: this.keys.epoch,
          enabled: true,
          receiveReads: this.receiveReads,
          newestVersion: '3000.342.1',
          ...(this.directive && { directive: this.directive }),
        });
      case 'GET session':
        return answer(response, 200, await this.session());
      case 'POST session/moves':
        if (sessionMoveSchema.parse(body).epoch === this.keys.epoch) await this.moveEpoch();
        response.writeHead(204).end();
        return;
      case 'DELETE membership':
        this.left = true;
        response.writeHead(204).end();
        return;
      default:
        return answer(response, 404, { code: 'ROUTE_NOT_FOUND' });
    }
  }

  /** What a member asks and tells for people who look at it from afar. */
  private diagnosed(method: string, path: string, body: unknown): Answer | undefined {
    const [, id = ''] = /^(?:diagnoses|log-tails)\/([^/]+)/.exec(path) ?? [];
    if (method === 'GET' && path.startsWith('connections')) return { status: 200, body: { value: this.connections } };
    if (method === 'PUT' && path.startsWith('diagnoses/')) {
      this.diagnoses.set(id, diagnosisReportSchema.parse(body));
      return { status: 204 };
    }
    if (!path.startsWith('log-tails/')) return undefined;
    const isLines = path.endsWith('/lines');
    this.logTails.push({ id, body: isLines ? logTailLinesSchema.parse(body) : logTailStateSchema.parse(body) });
    return isLines ? { status: 200, body: { wanted: true } } : { status: 204 };
  }

  private discovery(): object {
    return {
      issuer: this.url,
      version: '3000.342.1',
      contractVersions: [1],
      regions: [{ key: 'westeurope', displayName: 'West Europe', environmentRegions: ['europe'] }],
      signIn: {
        clientId: 'agent',
        scope: 'api://tidegate/.default',
        deviceAuthorizationEndpoint: `${this.url}/{tenant}/devicecode`,
        tokenEndpoint: `${this.url}/{tenant}/token`,
      },
      root: this.rootKey,
    };
  }

  private async register(request: IncomingMessage, response: ServerResponse, body: unknown): Promise<void> {
    if (request.headers.authorization !== `${JOIN_TOKEN_SCHEME} ${this.joinToken}`) {
      return answer(response, 410, { code: 'REGISTRATION_EXPIRED', detail: 'The join token has expired or was used.' });
    }
    const { proof, ...rest } = registrationRequestSchema.parse(body);
    const identity = publicKey(rest.member.keys.identity);
    const input = Buffer.from(registrationProofInput(this.url, rest));
    if (!verify(null, input, identity, Buffer.from(proof, 'base64url'))) throw new Error('the proof does not hold');
    this.registration = { ...rest, proof };
    this.gateway.registered(this.memberId, this.registration);
    await this.provision();
    answer(response, 201, { ...this.belonging(), memberId: this.memberId });
  }

  private lookUp(response: ServerResponse, body: unknown): void {
    const { identity } = registrationRequestSchema.parse(body).member.keys;
    if (this.registration?.member.keys.identity !== identity)
      return answer(response, 404, { code: 'MEMBER_NOT_FOUND' });
    answer(response, 200, { ...this.belonging(), memberId: this.memberId });
  }

  private belonging(): object {
    const { tenantId, gatewayId } = this;
    return { tenantId, gatewayId, region: 'westeurope', issuer: this.url, root: this.rootKey };
  }

  /** What whoever installs may ask for about a gateway. */
  private registrant(request: IncomingMessage, response: ServerResponse, path: string, body: unknown): void {
    const { gateway } = this;
    if (request.headers.authorization !== `${JOIN_TOKEN_SCHEME} ${this.joinToken}`) {
      return answer(response, 410, { code: 'REGISTRATION_EXPIRED', detail: 'The join token has expired or was used.' });
    }
    switch (`${request.method} ${path.split('?')[0]?.replace(this.gatewayId, 'ID')}`) {
      case 'GET gateways':
        return answer(response, 200, { value: [{ id: this.gatewayId, name: 'hq', region: 'westeurope' }] });
      case 'POST gateways/ID/challenges':
        return reply(response, gateway.challenge(this.tenantId, (body as { operation: ProofOperation }).operation));
      case 'POST gateways/ID/members': {
        const given = gateway.admit(body, this.belonging());
        if (gateway.losesAnswers) response.destroy();
        else reply(response, given);
        return;
      }
      default:
        return answer(response, 404, { code: 'ROUTE_NOT_FOUND' });
    }
  }

  /** What a member may ask for about its gateway's keys. */
  private ofGateway(memberId: string, method: string, path: string, body: unknown): Answer | undefined {
    const { gateway } = this;
    const [, rotationId, rest = ''] = /^rotations\/([^/]+)\/?(.*)$/.exec(path) ?? [];
    if (rotationId !== undefined) return gateway.rotate(memberId, method, rest, body);
    switch (`${method} ${path}`) {
      case 'POST recovery/challenges':
        return gateway.challenge(memberId, (body as { operation: ProofOperation }).operation);
      case 'POST recovery/drills':
        return gateway.drill(body);
      case 'PUT recovery/key':
        return gateway.changeKey(body);
      case 'GET members':
        return { status: 200, body: gateway.list() };
      default:
        return undefined;
    }
  }

  private async token(response: ServerResponse, body: unknown): Promise<void> {
    const request = tokenRequestSchema.parse(body);
    const member = this.gateway.members.find(({ id }) => id === decodeJwt(request.client_assertion).iss);
    if (!member) return answer(response, 401, { code: 'TOKEN_INVALID' });
    const now = Date.now() + this.clockAheadMs;
    response.setHeader('date', new Date(now).toUTCString());
    const checked = await jwtVerify(request.client_assertion, publicKey(member.keys.identity), {
      typ: CLIENT_ASSERTION_TYP,
      audience: this.url,
      algorithms: ['EdDSA'],
      currentDate: new Date(now),
    }).catch(() => undefined);
    if (!checked) return answer(response, 401, { code: 'TOKEN_INVALID' });
    const { payload } = checked;
    if (payload.jti === undefined || this.usedAssertions.has(payload.jti)) throw new Error('an assertion used twice');
    this.usedAssertions.add(payload.jti);
    const started = this.startsOf(member.id) + (request.instance === undefined ? 1 : 0);
    this.instances.set(member.id, started);
    if (request.instance !== undefined && request.instance < started) {
      return answer(response, 409, { code: 'INSTANCE_SUPERSEDED' });
    }
    const token = randomBytes(16).toString('hex');
    this.tokens.set(token, member.id);
    answer(response, 200, { access_token: token, token_type: 'Bearer', expires_in: 600, instance: started });
  }

  private async session(): Promise<object> {
    const { epoch, requestKey, replyKey } = this.keys;
    const receiving = Buffer.from(this.registration?.member.keys.receiving ?? '', 'base64url');
    const seal = (use: 'request' | 'reply', key: Buffer) =>
      hpkeSeal(receiving, sessionKeyInfo(use, this.gatewayId, this.memberId, epoch), key);
    const announcement = await new SignJWT({
      gatewayId: this.gatewayId,
      memberId: this.memberId,
      epoch,
      requestKey: await seal('request', requestKey),
      replyKey: await seal('reply', replyKey),
    })
      .setProtectedHeader({ alg: 'EdDSA', typ: SESSION_ANNOUNCEMENT_TYP })
      .setIssuer(this.url)
      .setIssuedAt()
      .setExpirationTime('1h')
      .sign(this.replica.privateKey);
    return { relay: this.relay(), queues: this.queues, announcement, certificate: await this.certificate() };
  }

  private relay(): RelayAccess {
    if (this.emulatorConnectionString !== undefined) {
      return { mode: 'emulator', connectionString: this.emulatorConnectionString };
    }
    const expiry = Math.floor(Date.now() / 1000) + this.tokenSeconds;
    const host = this.relayHost ?? `localhost:${this.fixture.bus.port}`;
    const mint = (rule: typeof LISTEN, audience: string) => ({
      audience,
      token: signToken(rule, `sb://${host}/${audience}/`, expiry),
      expiresAt: new Date(expiry * 1000).toISOString(),
    });
    return {
      mode: 'tokens',
      host,
      listenWork: mint(LISTEN, this.queues.work),
      listenMember: mint(LISTEN, this.queues.member),
      sendReplies: mint(SEND, 'rp'),
    };
  }

  private certificate(): Promise<string> {
    return new SignJWT({ root: 1, cnf: { jwk: this.replica.publicKey.export({ format: 'jwk' }) } })
      .setProtectedHeader({ alg: 'ES256', typ: REPLICA_CERTIFICATE_TYP })
      .setIssuer(this.url)
      .setSubject('replica-1')
      .setIssuedAt()
      .setExpirationTime('24h')
      .sign(this.root.privateKey);
  }
}

function newKeys(epoch: number): EpochKeys {
  return { epoch, requestKey: randomBytes(32), replyKey: randomBytes(32) };
}

function publicKey(x: string): KeyObject {
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return chunks.length === 0 ? undefined : JSON.parse(Buffer.concat(chunks).toString('utf8'));
}

function reply(response: ServerResponse, { status, body }: Answer): void {
  if (body) answer(response, status, body);
  else response.writeHead(status).end();
}

function answer(response: ServerResponse, status: number, body: object): void {
  const type = status < 400 ? 'application/json' : 'application/problem+json';
  response.writeHead(status, { 'content-type': type }).end(JSON.stringify(body));
}
