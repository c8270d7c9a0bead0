import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { DomainError } from '../../common/errors/domain-error.js';
import { ReplicaIdentity } from '../../common/keys/replica-identity.js';
import type { Envelope } from '../../contract/envelope.js';
import { MAX_FRAME_BODY_BYTES } from '../../contract/frames.js';
import { isRead } from '../../contract/operations.js';
import { CONTRACT_VERSION } from '../../contract/version.js';
import { RelayBroker, type GatewayLink, type RelayReply } from '../../relay-broker/relay-broker.js';
import type { ConnectionRoute } from '../connections/connections.types.js';
import { LinksService } from '../gateways/links.service.js';
import { agentFailure } from './agent-failure.js';
import { Deadlines } from './deadlines.js';
import { FlowBody } from './flow-body.js';
import { FlowCall } from './flow-call.js';
import type { FlowRecord } from './flow-record.js';
import type { FlowReply, FlowRequest } from './flow-requests.types.js';
import { candidatesFor, chooseWriter, type Candidates } from './member-choice.policy.js';
import { MemberWatchService, type Vigil } from './member-watch.service.js';
import { collectBody } from './whole-body.js';
import { WriteRecordsService, type WriteClaim } from './write-records.service.js';

/** A request that every rule let pass. */
export interface Admitted {
  readonly route: ConnectionRoute;
  readonly request: Pick<FlowRequest, 'operation' | 'body' | 'idempotencyKey' | 'signal'>;
  readonly record: FlowRecord;
}

/** One admitted request on its way. */
interface Delivery extends Admitted {
  readonly call: FlowCall;
  readonly link: GatewayLink;
  readonly candidates: Candidates;
}

/** Where one attempt goes, and what its envelope says beyond the request. */
interface Attempt {
  readonly number: number;
  readonly memberId: string | undefined;
  readonly claim?: WriteClaim;
}

/** A member that does not answer any more, before its answer began: a read may go to another one. */
class MemberLost extends Error {
  override readonly name = 'MemberLost';

  constructor(readonly dead: ReadonlySet<string>) {
    super('a member does not answer');
  }
}

/** Brings an admitted request to a member and the answer back: reads to whoever takes them, writes to one and only once. */
@Injectable()
export class DeliveryService implements OnApplicationShutdown {
  private readonly deadlines = new Deadlines();
  /** Writes under way, by member. */
  private readonly writing = new Map<string, number>();

  constructor(
    private readonly broker: RelayBroker,
    private readonly links: LinksService,
    private readonly identity: ReplicaIdentity,
    private readonly watch: MemberWatchService,
    private readonly writes: WriteRecordsService,
  ) {}

  onApplicationShutdown(): void {
    this.deadlines.stop();
  }

  /** @throws DomainError whatever went wrong on the way, at the member or at the source */
  async deliver(admitted: Admitted): Promise<FlowReply> {
    const { route, request } = admitted;
    const candidates = candidatesFor(route, request.operation.name, new Date());
    const link = await this.links.link(route.gateway);
    const call = new FlowCall(request.signal, this.deadlines, isRead(request.operation));
    const delivery: Delivery = { ...admitted, call, link, candidates };
    try {
      return await (call.isRead ? this.read(delivery) : this.write(delivery));
    } catch (error) {
      call.close();
      throw error;
    }
  }

  private async read(delivery: Delivery): Promise<FlowReply> {
    const { candidates, request } = delivery;
    const first = candidates.mayCompete ? undefined : candidates.all[0]?.id;
    try {
      return await this.attempt(delivery, { number: 1, memberId: first });
    } catch (error) {
      // A stream that was read once cannot be sent again.
      const isRepeatable = request.body === undefined || request.body instanceof Uint8Array;
      if (isRepeatable && this.wasLostOnTheWay(delivery, error)) {
        return this.attemptAgain(delivery, { number: 2, memberId: first });
      }
      if (!(error instanceof MemberLost)) throw error;
      const other = candidates.all.find(({ id }) => !error.dead.has(id));
      if (!other || !isRepeatable) throw this.offline(delivery, error.dead);
      return this.attemptAgain(delivery, { number: 2, memberId: other.id });
    }
  }

  /** The bus lost it and is back: the link broke while request or answer were on it. */
  private wasLostOnTheWay({ link }: Delivery, error: unknown): boolean {
    const isLoss = error instanceof DomainError && error.code === 'BROKER_UNAVAILABLE';
    return isLoss && error.outcome === 'not-executed' && this.broker.isReady(link.namespace);
  }

  private async attemptAgain(delivery: Delivery, attempt: Attempt): Promise<FlowReply> {
    try {
      return await this.attempt(delivery, attempt);
    } catch (error) {
      throw error instanceof MemberLost ? this.offline(delivery, error.dead) : error;
    }
  }

  private async write(delivery: Delivery): Promise<FlowReply> {
    const { route, request, record, candidates } = delivery;
    const chosen = chooseWriter(candidates, route.gateway.loadBalancing, (id) => this.writing.get(id) ?? 0);
    if (!chosen) throw this.offline(delivery, new Set());
    if (request.idempotencyKey === undefined) return this.writeTo(delivery, { number: 1, memberId: chosen.id });

    const body = request.body === undefined ? new Uint8Array() : await collectBody(request.body, MAX_FRAME_BODY_BYTES);
    const content = Buffer.concat([Buffer.from(`${JSON.stringify(request.operation)}\n`), body]);
    const { tenantId, callerId } = record;
    const write = { tenantId, callerId, connectionId: route.connection.id, key: request.idempotencyKey, content };
    const claim = await this.writes.claim(write, { requestId: record.requestId, memberId: chosen.id });
    if (!candidates.all.some(({ id }) => id === claim.memberId)) throw memberGone(claim);
    const whole = { ...delivery, request: { ...request, ...(request.body === undefined ? {} : { body }) } };
    return this.writeTo(whole, { number: 1, memberId: claim.memberId, claim });
  }

  private async writeTo(delivery: Delivery, attempt: Attempt & { memberId: string }): Promise<FlowReply> {
    this.count(attempt.memberId, 1);
    try {
      return await this.attempt(delivery, attempt);
    } catch (error) {
      const known = error instanceof MemberLost ? this.offline(delivery, error.dead) : error;
      this.count(attempt.memberId, -1);
      if (attempt.claim)
        await this.writes.settle(attempt.claim, known instanceof DomainError ? known.outcome : 'unknown');
      throw known;
    }
  }

  private async attempt(delivery: Delivery, attempt: Attempt): Promise<FlowReply> {
    const { call, link, record, request } = delivery;
    call.signal.throwIfAborted();
    const stop = new AbortController();
    const onCallOver = (): void => stop.abort(call.signal.reason);
    call.signal.addEventListener('abort', onCallOver, { once: true });
    const sentAt = Date.now();
    record.attempts = attempt.number;
    record.memberId = attempt.memberId ?? null;
    record.sentAt = performance.now();
    let lost: MemberLost | undefined;
    const vigil: Vigil = {
      link,
      members: () =>
        attempt.memberId === undefined ? delivery.candidates.readers.map(({ id }) => id) : [attempt.memberId],
      silentSince: () => sentAt,
      onLost: (dead) => {
        lost = new MemberLost(dead);
        stop.abort(this.offline(delivery, dead));
      },
      onUnreachable: (error) => stop.abort(new DomainError(error.code, error.details, { outcome: call.lostOutcome })),
    };
    this.watch.add(vigil);
    try {
      const reply = await this.broker.dispatch({
        link,
        envelope: this.envelope(delivery, attempt),
        memberId: attempt.memberId,
        body: request.body,
        prove: call.isRead ? undefined : (bytes) => this.identity.prove(bytes),
        signal: stop.signal,
      });
      return this.answer(delivery, attempt, reply, stop);
    } catch (error) {
      call.signal.removeEventListener('abort', onCallOver);
      throw lost ?? error;
    } finally {
      this.watch.remove(vigil);
    }
  }

  private answer(delivery: Delivery, attempt: Attempt, reply: RelayReply, stop: AbortController): FlowReply {
    const { call, link, record } = delivery;
    record.headAt = performance.now();
    record.memberId = reply.memberId;
    if (reply.head.status === 'error') throw agentFailure(reply.head.error);
    const over = async (error: DomainError | undefined): Promise<void> => {
      call.close();
      this.watch.remove(vigil);
      if (!call.isRead) this.count(reply.memberId, -1);
      if (attempt.claim) await this.writes.settle(attempt.claim, error?.outcome ?? 'executed');
    };
    const body = new FlowBody(reply, {
      onBytes: (count) => (record.replyBytes += count),
      onWhole: async (trailer) => {
        await over(undefined);
        record.succeed(trailer);
      },
      onBroken: async (error) => {
        await over(error);
        record.fail(error);
      },
    });
    const vigil: Vigil = {
      link,
      members: () => [reply.memberId],
      silentSince: () => body.silentSince(),
      onLost: (dead) => stop.abort(this.offline(delivery, dead)),
      onUnreachable: (error) => stop.abort(new DomainError(error.code, error.details, { outcome: call.lostOutcome })),
    };
    this.watch.add(vigil);
    // A reader that never asks again must not keep the request open for ever.
    call.signal.addEventListener('abort', () => void body.end(call.signal.reason), { once: true });
    const { mediaType, http } = reply.head;
    return { traceId: record.traceId, mediaType, http, body, trailer: body.trailer };
  }

  private envelope({ route, request, record, call, link }: Delivery, { number, memberId, claim }: Attempt): Envelope {
    const { id, target, credentialType, encryption, credential } = route.connection;
    return {
      contractVersion: CONTRACT_VERSION,
      requestId: record.requestId,
      attempt: number,
      traceId: record.traceId,
      tenantId: record.tenantId,
      gatewayId: link.gatewayId,
      ...(memberId === undefined ? {} : { memberId }),
      expiresAt: new Date(call.expiresAtMs).toISOString(),
      connection: { id, target, credentialType, encryption, ...(credential === undefined ? {} : { credential }) },
      operation: request.operation,
      ...(claim ? { idempotencyHash: claim.idempotencyHash } : {}),
    };
  }

  private offline({ route, call }: Delivery, dead: ReadonlySet<string>): DomainError {
    const details = { gatewayId: route.gateway.id, members: [...dead].join(', ') };
    return new DomainError('GATEWAY_OFFLINE', details, { hop: 'member', outcome: call.lostOutcome });
  }

  private count(memberId: string, change: number): void {
    const count = (this.writing.get(memberId) ?? 0) + change;
    if (count > 0) this.writing.set(memberId, count);
    else this.writing.delete(memberId);
  }
}

/** The member that has the result is away: what is known is told, the result itself is not to be had. */
function memberGone({ memberId, known }: WriteClaim): DomainError {
  return new DomainError(
    'GATEWAY_OFFLINE',
    { memberId },
    { hop: 'member', outcome: known ?? 'not-sent', message: 'The member that ran this request before is not online.' },
  );
}
