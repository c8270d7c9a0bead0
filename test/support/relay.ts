import { randomBytes, randomUUID } from 'node:crypto';
import { ServiceBusClient } from '@azure/service-bus';
import { Logger } from '@nestjs/common';
import { parseRelayConfig, type ServiceBusNamespace } from '../../src/config/relay.js';
import type { Envelope } from '../../src/contract/envelope.js';
import { CONTRACT_VERSION } from '../../src/contract/version.js';
import { ServiceBusStandIn, type ServiceBusOptions } from '../../src/dev-stack/service-bus/service-bus.js';
import type { Dispatch, GatewayLink } from '../../src/relay-broker/relay-broker.js';
import { disableNagle } from '../../src/relay-broker/no-delay.js';
import { ServiceBusBroker } from '../../src/relay-broker/service-bus.broker.js';
import { ServiceBusProvisioner } from '../../src/relay-broker/service-bus.provisioner.js';
import { RelayMember } from './relay-member.js';
import { makeCertificates } from './service-bus-fixture.js';
import { trustInThisProcess } from './trust-ca.js';

const key = (name: string): { name: string; key: string } => ({ name, key: randomBytes(32).toString('base64') });

/** A stand-in broker with the rules a real namespace has, and what the control plane builds on it. */
export class RelayFixture {
  readonly brokers: ServiceBusBroker[] = [];
  private readonly clients: ServiceBusClient[] = [];

  private constructor(
    readonly bus: ServiceBusStandIn,
    readonly namespace: ServiceBusNamespace,
    readonly provisioner: ServiceBusProvisioner,
    private readonly distrust: () => void,
  ) {}

  static async start(
    options: Partial<ServiceBusOptions> = {},
    transport: 'amqp' | 'websockets' = 'amqp',
  ): Promise<RelayFixture> {
    // Broken links are the subject here, and their warnings no news.
    Logger.overrideLogger(['error']);
    const { ca, ...tls } = await makeCertificates();
    const keys = {
      controlPlane: key('control-plane'),
      manage: key('manage'),
      agentsListen: key('agents-listen'),
      agentsSend: key('agents-send'),
    };
    const bus = new ServiceBusStandIn({
      tls,
      rules: [
        { ...keys.controlPlane, rights: ['Send', 'Listen'] },
        { ...keys.manage, rights: ['Manage'] },
        { ...keys.agentsListen, rights: ['Listen'] },
        { ...keys.agentsSend, rights: ['Send'] },
      ],
      ...options,
    });
    await bus.start();
    // Before the trust, which is taken back at the end, and this is not.
    disableNagle();
    const distrust = trustInThisProcess(ca);
    const { namespaces } = parseRelayConfig({
      namespaces: [
        { name: 'weu', endpoint: `sb://localhost:${bus.port}`, regions: ['westeurope'], mode: 'sas', transport, keys },
      ],
    });
    const namespace = namespaces[0] as ServiceBusNamespace;
    return new RelayFixture(bus, namespace, new ServiceBusProvisioner(namespace), distrust);
  }

  async broker(replicaId: string = randomUUID()): Promise<ServiceBusBroker> {
    const broker = new ServiceBusBroker([this.provisioner], replicaId);
    this.brokers.push(broker);
    await broker.start();
    return broker;
  }

  /** A gateway with its queues and a member that listens with the tokens that agents get. */
  async gateway(
    members = 1,
    takes: readonly ('work' | 'member')[] = ['work', 'member'],
  ): Promise<{ link: GatewayLink; members: RelayMember[] }> {
    const gatewayId = randomUUID();
    const epoch = 1;
    const requestKey = randomBytes(32);
    const made: RelayMember[] = [];
    const replyKeys = new Map<string, Uint8Array>();
    for (let index = 0; index < members; index += 1) {
      const memberId = randomUUID();
      const replyKey = randomBytes(32);
      replyKeys.set(memberId, replyKey);
      const address = { namespace: 'weu', gatewayId, epoch, memberId };
      await this.provisioner.provision(address);
      const { queues } = await this.provisioner.access(address);
      const member = new RelayMember({
        client: await this.memberClient(address),
        gatewayId,
        memberId,
        epoch,
        requestKey,
        replyKey,
        queues,
      });
      member.listen(takes);
      made.push(member);
    }
    return { link: { gatewayId, epoch, namespace: 'weu', requestKey, replyKeys }, members: made };
  }

  /** Another epoch, to which these members come over; then the one before is removed. */
  async nextEpoch(link: GatewayLink, staying: readonly RelayMember[]): Promise<GatewayLink> {
    const { gatewayId, namespace } = link;
    const epoch = link.epoch + 1;
    const requestKey = randomBytes(32);
    const replyKeys = new Map<string, Uint8Array>();
    for (const member of staying) {
      const { memberId } = member.options;
      const replyKey = randomBytes(32);
      replyKeys.set(memberId, replyKey);
      const address = { namespace, gatewayId, epoch, memberId };
      await this.provisioner.provision(address);
      const { queues } = await this.provisioner.access(address);
      const client = await this.memberClient(address);
      member.moveTo({ client, gatewayId, memberId, epoch, requestKey, replyKey, queues });
    }
    await this.provisioner.remove({ gatewayId, epoch: link.epoch });
    return { gatewayId, epoch, namespace, requestKey, replyKeys };
  }

  async memberClient(address: {
    namespace: string;
    gatewayId: string;
    epoch: number;
    memberId: string;
  }): Promise<ServiceBusClient> {
    const { relay } = await this.provisioner.access(address);
    if (relay.mode !== 'tokens') throw new Error('tokens expected');
    const tokens = [relay.listenWork, relay.listenMember, relay.sendReplies];
    const credential = {
      isSasTokenProvider: true,
      getToken: async (audience: string) => {
        const path = `${audience.replace(/^sb:\/\/[^/]+\//, '')}/`;
        const token = tokens.find((one) => path.startsWith(one.audience));
        if (!token) throw new Error(`no token for ${audience}`);
        return { token: token.token, expiresOnTimestamp: Date.parse(token.expiresAt) };
      },
    };
    const client = new ServiceBusClient(relay.host, credential, {
      retryOptions: { maxRetries: 1, retryDelayInMs: 100, timeoutInMs: 3_000 },
    });
    this.clients.push(client);
    return client;
  }

  async stop(): Promise<void> {
    await Promise.all(this.brokers.map((broker) => broker.stop()));
    await Promise.all(this.clients.map((client) => client.close()));
    await this.provisioner.close();
    await this.bus.stop();
    this.distrust();
  }
}

type Wish = Partial<Pick<Dispatch, 'memberId' | 'body' | 'signal' | 'prove'>> & {
  operation?: Envelope['operation'];
  attempt?: number;
  requestId?: string;
  credential?: string;
};

/** A request as the dispatcher would make it. */
export function dispatchOf(link: GatewayLink, wish: Wish = {}): Dispatch {
  const { memberId, body, signal = new AbortController().signal, prove } = wish;
  const envelope: Envelope = {
    contractVersion: CONTRACT_VERSION,
    requestId: wish.requestId ?? randomUUID(),
    attempt: wish.attempt ?? 1,
    traceId: randomBytes(16).toString('hex'),
    tenantId: randomUUID(),
    gatewayId: link.gatewayId,
    ...(memberId === undefined ? {} : { memberId }),
    expiresAt: new Date(Date.now() + 60_000).toISOString(),
    connection: {
      id: randomUUID(),
      target: { kind: 'postgresql', server: 'db', port: 5432, database: 'd' },
      credentialType: 'Basic',
      encryption: 'Encrypted',
      ...(wish.credential === undefined ? {} : { credential: wish.credential }),
    },
    operation: wish.operation ?? { name: 'listTables' },
  };
  return { link, envelope, memberId, body, prove, signal };
}

export async function bytesOf(body: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks);
}
