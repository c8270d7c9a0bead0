import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { Logger } from '@nestjs/common';
import type { Caller } from '../../src/common/auth/caller.js';
import { DomainError } from '../../src/common/errors/domain-error.js';
import type { ReplicaIdentity } from '../../src/common/keys/replica-identity.js';
import type { Changes } from '../../src/common/prisma/changes.js';
import { PrismaService } from '../../src/common/prisma/prisma.service.js';
import type { AppConfig } from '../../src/config/env.js';
import { OPERATIONS_BY_KIND } from '../../src/contract/capabilities.js';
import type { GatewayRolesService } from '../../src/modules/administrators/gateway-roles.service.js';
import type { ConnectionsService } from '../../src/modules/connections/connections.service.js';
import type { ConnectionRoute } from '../../src/modules/connections/connections.types.js';
import type { EnvironmentsService } from '../../src/modules/environments/environments.service.js';
import { AttemptsService } from '../../src/modules/flow-requests/attempts.service.js';
import { DeliveryService } from '../../src/modules/flow-requests/delivery.service.js';
import { DispatcherService, type FlowRequest } from '../../src/modules/flow-requests/dispatcher.service.js';
import { GatewayMovesService } from '../../src/modules/flow-requests/gateway-moves.service.js';
import { MemberWatchService } from '../../src/modules/flow-requests/member-watch.service.js';
import type { RequestNewsService } from '../../src/modules/flow-requests/request-news.service.js';
import type { ConnectionTestResultsService } from '../../src/modules/connections/connection-test-results.service.js';
import { RequestLogService } from '../../src/modules/flow-requests/request-log.service.js';
import { RequestsService } from '../../src/modules/flow-requests/requests.service.js';
import { WriteRecordsService } from '../../src/modules/flow-requests/write-records.service.js';
import type { RouteMember } from '../../src/modules/gateways/gateways.types.js';
import type { LinksService } from '../../src/modules/gateways/links.service.js';
import type { TenantKeys } from '../../src/modules/identity/tenant-keys.service.js';
import type { ReplicaPresence } from '../../src/common/limits/replica-presence.js';
import { AdmissionService } from '../../src/modules/admission/admission.service.js';
import { RequestLimitsService } from '../../src/modules/flow-requests/request-limits.service.js';
import type { LicencesService } from '../../src/modules/licences/licences.service.js';
import type { Verdict } from '../../src/modules/licences/licences.types.js';
import type { TenantPolicyService } from '../../src/modules/tenant-policy/tenant-policy.service.js';
import type { TenantPolicy } from '../../src/modules/tenant-policy/tenant-policy.types.js';
import { withDatabase, type TestDatabase } from './database.js';
import { RecordingBroker } from './recording-broker.js';

const EUROPE = { id: randomUUID(), displayName: 'europe', region: 'europe' };
const US = { id: randomUUID(), displayName: 'us', region: 'unitedstates' };

const OPEN_POLICY: TenantPolicy = {
  version: 0,
  installers: 'Open',
  listedInstallers: [],
  joinTokenCreators: 'Installers',
  minimumAdministrators: 1,
  licenceRules: 'classic',
  allowedKinds: undefined,
  limits: {
    tenantRequestsPerMinute: 1_000_000,
    connectionRequestsPerMinute: 1_000_000,
    callerRequestsPerMinute: 1_000_000,
  },
};

/** Word of changes, told by the test. */
class LocalChanges {
  private readonly listeners: ((id: string) => void)[] = [];

  on(_topic: string, listener: (id: string) => void): void {
    this.listeners.push(listener);
  }

  tell(id: string): void {
    for (const listener of this.listeners) listener(id);
  }
}

/** The dispatcher over a real database and a recording relay; what its neighbours say, a test changes. */
export class DispatcherFixture {
  readonly broker = new RecordingBroker();
  readonly europe = EUROPE;
  readonly us = US;
  readonly caller: Caller = {
    id: randomUUID(),
    type: 'User',
    tenantId: randomUUID(),
    upn: 'maker@contoso.example',
    displayName: 'Maker',
    isTenantAdministrator: false,
    scopes: [],
  };
  route: ConnectionRoute | undefined = this.newRoute();
  isLicensed = true;
  isLicenceUnknown = false;
  policy = OPEN_POLICY;
  gatewayRole: string | null = null;
  readonly writes: WriteRecordsService;
  readonly log: RequestLogService;
  readonly requests: RequestsService;
  readonly admission: AdmissionService;
  readonly dispatcher: DispatcherService;
  private readonly changes = new LocalChanges();
  private readonly watch: MemberWatchService;
  private readonly delivery: DeliveryService;

  private constructor(
    readonly database: TestDatabase,
    readonly prisma: PrismaService,
  ) {
    const { broker } = this;
    const connections = { route: async () => this.routeOrThrow() } as unknown as ConnectionsService;
    const licences = { verdictFor: async () => this.licence() } as unknown as LicencesService;
    const policies = { get: async () => this.policy } as unknown as TenantPolicyService;
    const environments = {
      get: async (_tenantId: string, id: string) => this.environment(id),
    } as unknown as EnvironmentsService;
    const links = { link: async () => this.link() } as unknown as LinksService;
    const identity = { prove: () => ({ certificate: 'c', signature: 's' }) } as unknown as ReplicaIdentity;
    const tenantKeys = {
      hmac: async (tenantId: string, purpose: string, data: Uint8Array) =>
        createHmac('sha256', tenantId + purpose)
          .update(data)
          .digest(),
    } as unknown as TenantKeys;
    const roles = { roleAt: async () => this.gatewayRole } as unknown as GatewayRolesService;
    this.watch = new MemberWatchService(broker);
    this.writes = new WriteRecordsService(prisma, tenantKeys);
    this.log = new RequestLogService(prisma, { written: () => undefined } as unknown as RequestNewsService);
    this.requests = new RequestsService(prisma, this.log, roles);
    const moves = new GatewayMovesService(this.changes as unknown as Changes);
    const attempts = new AttemptsService(broker, identity, links, this.watch, moves, this.writes);
    this.delivery = new DeliveryService(broker, links, this.watch, moves, attempts, this.writes);
    this.admission = new AdmissionService(connections, licences, environments, policies);
    const limits = new RequestLimitsService({ count: 1 } as ReplicaPresence);
    this.dispatcher = new DispatcherService(policies, limits, this.admission, moves, this.delivery, this.log, {
      note: async () => undefined,
    } as unknown as ConnectionTestResultsService);
  }

  static async start(): Promise<DispatcherFixture> {
    Logger.overrideLogger(['error']);
    const database = await withDatabase();
    return new DispatcherFixture(database, new PrismaService({ databaseUrl: database.url } as AppConfig));
  }

  /** As new: everything allowed, one member online, nothing sent. */
  reset(): void {
    this.route = this.newRoute();
    this.isLicensed = true;
    this.isLicenceUnknown = false;
    this.policy = OPEN_POLICY;
    this.gatewayRole = null;
    this.broker.sent.length = 0;
    this.broker.script = () => ({ chunks: [Buffer.from('[]')] });
    this.broker.alive = new Set();
    this.broker.followed.length = 0;
    this.broker.probed.length = 0;
  }

  request(wish: Partial<FlowRequest> = {}): FlowRequest {
    const signal = new AbortController().signal;
    return {
      connectionId: this.route?.connection.id ?? randomUUID(),
      operation: { name: 'listTables' },
      client: {},
      signal,
      ...wish,
    };
  }

  change(change: {
    gateway?: Partial<ConnectionRoute['gateway']>;
    grant?: ConnectionRoute['grant'];
    environments?: ConnectionRoute['environments'];
  }): void {
    const { route } = this;
    if (!route) return;
    const { gateway, ...rest } = change;
    this.route = { ...route, ...rest, gateway: { ...route.gateway, ...gateway } };
  }

  /** As every replica hears of a change of the gateway. */
  tellChanged(): void {
    this.changes.tell(this.route?.gateway.id ?? '*');
  }

  member(change: Partial<RouteMember> = {}): RouteMember {
    return {
      id: randomUUID(),
      name: 'server',
      enabled: true,
      draining: false,
      receiving: true,
      lastHeartbeatAt: new Date(),
      conditions: [],
      flaps: 0,
      flapsSince: null,
      connectedEpoch: 1,
      version: '3000.1.1',
      capabilities: {
        contractVersions: [1],
        operations: { postgresql: [...OPERATIONS_BY_KIND.postgresql] },
        features: [],
      },
      keyIds: ['key-1'],
      createdAt: new Date(),
      ...change,
    };
  }

  async stop(): Promise<void> {
    this.watch.onApplicationShutdown();
    this.delivery.onApplicationShutdown();
    await this.log.onApplicationShutdown();
    await this.prisma.$disconnect();
    await this.database.drop();
  }

  private newRoute(): ConnectionRoute {
    const { tenantId } = this.caller;
    return {
      connection: {
        id: randomUUID(),
        tenantId,
        displayName: 'warehouse',
        kind: 'postgresql',
        target: { kind: 'postgresql', server: 'db', port: 5432, database: 'd' },
        credentialType: 'Basic',
        encryption: 'Encrypted',
        credential: 'sealed',
        sealingKeyId: 'key-1',
        isSetAside: false,
      },
      gateway: {
        id: randomUUID(),
        tenantId,
        name: 'hq',
        sealingKeyId: 'key-1',
        region: 'westeurope',
        namespace: 'weu',
        epoch: 1,
        loadBalancing: 'DistributeEvenly',
        members: [this.member()],
      },
      grant: { connectionRole: 'User', gatewayRole: null, isComplete: true },
      environments: [EUROPE],
    };
  }

  private routeOrThrow(): ConnectionRoute {
    if (!this.route) throw new DomainError('CONNECTION_NOT_FOUND');
    return this.route;
  }

  private licence(): Verdict {
    if (this.isLicenceUnknown) throw new DomainError('LICENCE_UNAVAILABLE');
    const plan = this.isLicensed ? 'Power Apps Premium' : 'Office 365 E1';
    return { isEligible: this.isLicensed, ruleSet: 'classic', plan };
  }

  private environment(id: string): typeof EUROPE {
    const found = [EUROPE, US].find((one) => one.id === id);
    if (!found) throw new DomainError('ENVIRONMENT_NOT_FOUND', { environmentId: id });
    return found;
  }

  private link(): Awaited<ReturnType<LinksService['link']>> {
    const { id, epoch, namespace, members } = this.routeOrThrow().gateway;
    const replyKeys = new Map(members.map((member) => [member.id, randomBytes(32)]));
    return { gatewayId: id, epoch, namespace, requestKey: randomBytes(32), replyKeys };
  }
}
