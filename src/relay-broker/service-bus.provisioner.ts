import { Logger } from '@nestjs/common';
import { ServiceBusAdministrationClient, ServiceBusClient, type CreateQueueOptions } from '@azure/service-bus';
import { DomainError } from '../common/errors/domain-error.js';
import type { RelayKey, ServiceBusNamespace } from '../config/relay.js';
import type { RelayAccess, RelayToken } from '../contract/membership.js';
import { gatewayPrefix, memberQueue, REPLY_PREFIX, replyQueue, workQueue } from '../contract/queues.js';
import { clientOptions } from './bus-options.js';
import { drainDeadLetters } from './dead-letters.js';
import type { NamespaceProvisioner } from './namespace-provisioner.js';
import type { MemberAddress, MemberPlaces, RelayHost } from './relay-provisioner.js';
import { mintToken, TOKEN_MS } from './sas.js';
import { ScopedCredential } from './scoped-credential.js';

/** A request lives 110 s; what a broken sender left without a time to live ends after five minutes. */
const WORK_OPTIONS: CreateQueueOptions = {
  lockDuration: 'PT30S',
  maxDeliveryCount: 3,
  defaultMessageTimeToLive: 'PT5M',
  deadLetteringOnMessageExpiration: false,
};

/** Answers are read at once; what waits an hour belongs to a replica that is gone, and so does its queue. */
const REPLY_OPTIONS: CreateQueueOptions = { defaultMessageTimeToLive: 'PT5M', autoDeleteOnIdle: 'PT1H' };

/** How long the management may take to answer before it counts as away. */
const PROBE_MS = 5_000;

/** The one cell there is so far, and its generation. */
export const CELL = 'c1';
export const CELL_EPOCH = 1;

/** Makes and removes queues of one namespace and mints tokens for it. Holds the only key with the Manage right. */
export class ServiceBusProvisioner implements NamespaceProvisioner {
  private readonly log = new Logger(ServiceBusProvisioner.name);
  private readonly administration: ServiceBusAdministrationClient;
  private receiving: ServiceBusClient | undefined;

  constructor(private readonly config: ServiceBusNamespace) {
    this.administration = new ServiceBusAdministrationClient(this.connectionString(config.keys.manage), {
      retryOptions: { maxRetries: 2, retryDelayInMs: 200, maxRetryDelayInMs: 2_000 },
    });
  }

  get name(): string {
    return this.config.name;
  }

  get regions(): readonly string[] {
    return this.config.regions;
  }

  /** Agents try 443 first and 5671 then; an address with a port of its own has no other. */
  get host(): RelayHost {
    const { hostname, port } = new URL(this.config.endpoint.replace(/^sb:/, 'https:'));
    return { name: hostname, ports: port === '' ? [443, 5671] : [Number(port)] };
  }

  async isReachable(): Promise<boolean> {
    try {
      // Not `queueExists`: that takes every failure for a no (7.9.5).
      await this.administration.getQueue(`${REPLY_PREFIX}/probe`, { abortSignal: AbortSignal.timeout(PROBE_MS) });
      return true;
    } catch (error) {
      // There is no such queue, and a refusal is an answer too.
      return statusOf(error) !== undefined || codeOf(error) === 'MessageEntityNotFoundError';
    }
  }

  async provision({ gatewayId, epoch, memberId }: MemberAddress): Promise<void> {
    await this.make(workQueue(gatewayId, epoch), WORK_OPTIONS);
    await this.make(memberQueue(gatewayId, epoch, memberId), WORK_OPTIONS);
  }

  async remove({ gatewayId, epoch, memberId }: { gatewayId: string; epoch: number; memberId?: string }): Promise<void> {
    if (memberId !== undefined) return this.delete(memberQueue(gatewayId, epoch, memberId));
    const prefix = `${gatewayPrefix(gatewayId, epoch)}/`;
    await this.guard(async () => {
      for await (const { name } of this.administration.listQueues()) {
        if (name.toLowerCase().startsWith(prefix)) await this.delete(name);
      }
    });
  }

  async access({ gatewayId, epoch, memberId }: MemberAddress): Promise<{ relay: RelayAccess; queues: MemberPlaces }> {
    const { agentsListen, agentsSend } = this.config.keys;
    const queues = { work: workQueue(gatewayId, epoch), member: memberQueue(gatewayId, epoch, memberId) };
    const relay: RelayAccess = {
      mode: 'tokens',
      host: this.config.endpoint.replace('sb://', ''),
      listenWork: this.token(agentsListen, `${queues.work}/`),
      listenMember: this.token(agentsListen, `${queues.member}/`),
      sendReplies: this.token(agentsSend, `${REPLY_PREFIX}/`),
    };
    return { relay, queues };
  }

  async drainDeadLetters(places?: readonly MemberAddress[]): Promise<number> {
    const queues = places ? placesOf(places) : await this.queuesWithDeadLetters();
    if (queues.length === 0) return 0;
    this.receiving ??= new ServiceBusClient(
      this.connectionString(this.config.keys.manage),
      clientOptions(this.config.transport),
    );
    return drainDeadLetters(this.receiving, queues, this.log);
  }

  async replyPlace(replicaId: string): Promise<string> {
    const queue = replyQueue(CELL, CELL_EPOCH, replicaId);
    await this.make(queue, REPLY_OPTIONS);
    return queue;
  }

  releaseReplyPlace(replicaId: string): Promise<void> {
    return this.delete(replyQueue(CELL, CELL_EPOCH, replicaId));
  }

  placeOf(purpose: string): string {
    return purpose;
  }

  client(replyPlace: string): ServiceBusClient {
    const { endpoint, keys, transport } = this.config;
    const credential = new ScopedCredential(endpoint, keys.controlPlane, replyPlace);
    return new ServiceBusClient(endpoint.replace('sb://', ''), credential, clientOptions(transport));
  }

  async close(): Promise<void> {
    await this.receiving?.close();
  }

  private token(key: RelayKey, audience: string): RelayToken {
    const expiresAt = new Date(Date.now() + TOKEN_MS);
    const token = mintToken(key, `${this.config.endpoint}/${audience}`, expiresAt);
    return { audience, token, expiresAt: expiresAt.toISOString() };
  }

  private make(queue: string, options: CreateQueueOptions): Promise<void> {
    return this.guard(async () => {
      try {
        await this.administration.createQueue(queue, options);
      } catch (error) {
        if (codeOf(error) !== 'MessageEntityAlreadyExistsError' && statusOf(error) !== 409) throw error;
      }
    });
  }

  private delete(queue: string): Promise<void> {
    return this.guard(async () => {
      try {
        await this.administration.deleteQueue(queue);
      } catch (error) {
        if (statusOf(error) !== 404) throw error;
      }
    });
  }

  private async queuesWithDeadLetters(): Promise<string[]> {
    const queues: string[] = [];
    await this.guard(async () => {
      for await (const queue of this.administration.listQueuesRuntimeProperties()) {
        if (queue.deadLetterMessageCount > 0) queues.push(queue.name);
      }
    });
    return queues;
  }

  private connectionString({ name, key }: RelayKey): string {
    return `Endpoint=${this.config.endpoint}/;SharedAccessKeyName=${name};SharedAccessKey=${key}`;
  }

  private async guard(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (cause) {
      if (cause instanceof DomainError) throw cause;
      throw new DomainError('BROKER_UNAVAILABLE', { namespace: this.name, reason: codeOf(cause) }, { cause });
    }
  }
}

function placesOf(members: readonly MemberAddress[]): string[] {
  const queues = members.flatMap(({ gatewayId, epoch, memberId }) => [
    workQueue(gatewayId, epoch),
    memberQueue(gatewayId, epoch, memberId),
  ]);
  return [...new Set(queues)];
}

function statusOf(error: unknown): number | undefined {
  const status = typeof error === 'object' && error !== null && 'statusCode' in error ? error.statusCode : undefined;
  return typeof status === 'number' ? status : undefined;
}

function codeOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : 'Unknown';
}
