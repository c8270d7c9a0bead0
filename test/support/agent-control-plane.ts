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
import { SignJWT, jwtVerify } from 'jose';
import type { WriteProof } from '../../src/contract/envelope.js';
import {
  CLIENT_ASSERTION_TYP,
  heartbeatRequestSchema,
  tokenRequestSchema,
  type HeartbeatRequest,
  type RelayAccess,
} from '../../src/contract/membership.js';
import { memberQueue, workQueue } from '../../src/contract/queues.js';
import {
  JOIN_TOKEN_SCHEME,
  registrationProofInput,
  registrationRequestSchema,
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
import { rootFingerprint } from '../../src/gateway-agent/trust.js';
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
  joinToken = '';
  keys: EpochKeys = newKeys(1);
  private readonly root = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  private readonly replica = generateKeyPairSync('ed25519');
  private readonly usedAssertions = new Set<string>();
  private readonly tokens = new Set<string>();
  private instances = 0;
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
    this.keys = newKeys(this.keys.epoch + 1);
    await this.provision();
    for (const queue of old) await this.fixture.admin().deleteQueue(queue);
  }

  async prove(envelopeBytes: Uint8Array): Promise<WriteProof> {
    const digest = createHash('sha256').update(envelopeBytes).digest();
    const signature = sign(null, writeProofInput(digest), this.replica.privateKey).toString('base64url');
    return { certificate: await this.certificate(), signature };
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? '').replace('/agent/v1/', '');
    const refusal = this.refusals.get(path);
    if (refusal)
      return answer(response, refusal.status, { code: refusal.code, detail: 'refused by the test', remedy: 'none' });
    const body = await readJson(request);
    switch (`${request.method} ${path}`) {
      case 'GET discovery':
        return answer(response, 200, this.discovery());
      case 'POST registrations':
        return this.register(request, response, body);
      case 'POST tokens':
        return this.token(response, body);
    }
    if (!this.tokens.has((request.headers.authorization ?? '').replace('Bearer ', ''))) {
      return answer(response, 401, { code: 'TOKEN_INVALID' });
    }
    switch (`${request.method} ${path}`) {
      case 'POST heartbeats':
        this.heartbeats.push(heartbeatRequestSchema.parse(body));
        return answer(response, 200, {
          serverTime: new Date().toISOString(),
          epoch: this.keys.epoch,
          enabled: true,
          receiveReads: this.receiveReads,
          newestVersion: '3000.342.1',
        });
      case 'GET session':
        return answer(response, 200, await this.session());
      case 'DELETE membership':
        this.left = true;
        response.writeHead(204).end();
        return;
      default:
        return answer(response, 404, { code: 'ROUTE_NOT_FOUND' });
    }
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
    await this.provision();
    const { tenantId, gatewayId, memberId } = this;
    answer(response, 201, {
      tenantId,
      gatewayId,
      memberId,
      region: 'westeurope',
      issuer: this.url,
      root: this.rootKey,
    });
  }

  private async token(response: ServerResponse, body: unknown): Promise<void> {
    const request = tokenRequestSchema.parse(body);
    const keys = this.registration?.member.keys;
    if (!keys) return answer(response, 401, { code: 'TOKEN_INVALID' });
    const { payload } = await jwtVerify(request.client_assertion, publicKey(keys.identity), {
      typ: CLIENT_ASSERTION_TYP,
      audience: this.url,
      issuer: this.memberId,
      algorithms: ['EdDSA'],
    });
    if (payload.jti === undefined || this.usedAssertions.has(payload.jti)) throw new Error('an assertion used twice');
    this.usedAssertions.add(payload.jti);
    if (request.instance === undefined) this.instances += 1;
    if (request.instance !== undefined && request.instance < this.instances) {
      return answer(response, 409, { code: 'INSTANCE_SUPERSEDED' });
    }
    const token = randomBytes(16).toString('hex');
    this.tokens.add(token);
    answer(response, 200, { access_token: token, token_type: 'Bearer', expires_in: 600, instance: this.instances });
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
    const mint = (rule: typeof LISTEN, audience: string) => ({
      audience,
      token: signToken(rule, `sb://localhost:${this.fixture.bus.port}/${audience}/`, expiry),
      expiresAt: new Date(expiry * 1000).toISOString(),
    });
    return {
      mode: 'tokens',
      host: `localhost:${this.fixture.bus.port}`,
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

function answer(response: ServerResponse, status: number, body: object): void {
  const type = status < 400 ? 'application/json' : 'application/problem+json';
  response.writeHead(status, { 'content-type': type }).end(JSON.stringify(body));
}
