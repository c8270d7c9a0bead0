import { Injectable, Logger } from '@nestjs/common';
import { DomainError } from '../../common/errors/domain-error.js';
import { ReplicaIdentity } from '../../common/keys/replica-identity.js';
import type { Envelope } from '../../contract/envelope.js';
import { CONTRACT_VERSION } from '../../contract/version.js';
import { RelayBroker, type GatewayLink, type RelayReply } from '../../relay-broker/relay-broker.js';
import { LinksService } from '../gateways/links.service.js';
import { agentFailure } from './agent-failure.js';
import { EpochMoved, MemberLost, offline, type Attempt, type Delivery } from './delivery.types.js';
import { FlowBody } from './flow-body.js';
import type { FlowReply } from './flow-requests.types.js';
import { GatewayMovesService } from './gateway-moves.service.js';
import { MemberWatchService, type Vigil } from './member-watch.service.js';
import { WriteRecordsService } from './write-records.service.js';

/** Where a request under way is now. */
interface Place {
  /** Changes when the gateway begins another epoch. */
  link: GatewayLink;
}

/** Sends a request once and sees its answer through, whatever becomes of the member that gives it. */
@Injectable()
export class AttemptsService {
  private readonly log = new Logger(AttemptsService.name);
  /** Writes under way, by member. */
  private readonly writing = new Map<string, number>();

  constructor(
    private readonly broker: RelayBroker,
    private readonly identity: ReplicaIdentity,
    private readonly links: LinksService,
    private readonly watch: MemberWatchService,
    private readonly moves: GatewayMovesService,
    private readonly writes: WriteRecordsService,
  ) {}

  /** Writes that this replica has at a member. */
  underWay(memberId: string): number {
    return this.writing.get(memberId) ?? 0;
  }

  /** A write begins or ends at a member. */
  count(memberId: string, change: number): void {
    const count = (this.writing.get(memberId) ?? 0) + change;
    if (count > 0) this.writing.set(memberId, count);
    else this.writing.delete(memberId);
  }

  /** @throws MemberLost, EpochMoved while nobody has answered; DomainError whatever else went wrong */
  async send(delivery: Delivery, attempt: Attempt): Promise<FlowReply> {
    const { call, link, record, request } = delivery;
    call.signal.throwIfAborted();
    const stop = new AbortController();
    const onCallOver = (): void => stop.abort(call.signal.reason);
    call.signal.addEventListener('abort', onCallOver, { once: true });
    const sentAt = Date.now();
    const place: Place = { link };
    record.attempts = attempt.number;
    record.memberId = attempt.memberId ?? null;
    record.sentAt = performance.now();
    let lost: MemberLost | EpochMoved | undefined;
    const vigil: Vigil = {
      place,
      isRepeatable: call.isRead,
      members: () =>
        attempt.memberId === undefined ? delivery.candidates.readers.map(({ id }) => id) : [attempt.memberId],
      silentSince: () => sentAt,
      onLost: (dead) => {
        lost = new MemberLost(dead);
        stop.abort(offline(delivery, dead));
      },
      onUnreachable: (error) => stop.abort(new DomainError(error.code, error.details, { outcome: call.lostOutcome })),
    };
    this.watch.add(vigil);
    const stopFollowing = this.onMoved(delivery, place, (members) => {
      if (call.isRead) lost = new EpochMoved();
      else if (attempt.memberId === undefined || members.has(attempt.memberId)) return;
      stop.abort(offline(delivery, new Set(attempt.memberId === undefined ? [] : [attempt.memberId])));
    });
    try {
      const reply = await this.broker.dispatch({
        link,
        envelope: this.envelope(delivery, attempt),
        memberId: attempt.memberId,
        body: request.body,
        prove: call.isRead ? undefined : (bytes) => this.identity.prove(bytes),
        signal: stop.signal,
      });
      return this.answer(delivery, attempt, { reply, stop, place });
    } catch (error) {
      call.signal.removeEventListener('abort', onCallOver);
      throw lost ?? error;
    } finally {
      stopFollowing();
      this.watch.remove(vigil);
    }
  }

  private answer(
    delivery: Delivery,
    attempt: Attempt,
    { reply, stop, place }: { reply: RelayReply; stop: AbortController; place: Place },
  ): FlowReply {
    const { call, record } = delivery;
    record.headAt = performance.now();
    record.memberId = reply.memberId;
    if (reply.head.status === 'error') throw agentFailure(reply.head.error);
    const over = async (error: DomainError | undefined): Promise<void> => {
      call.close();
      stopFollowing();
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
    const stopFollowing = this.onMoved(delivery, place, (members) => {
      if (!members.has(reply.memberId)) stop.abort(offline(delivery, new Set([reply.memberId])));
    });
    const vigil: Vigil = {
      place,
      isRepeatable: false,
      members: () => [reply.memberId],
      silentSince: () => body.silentSince(),
      onLost: (dead) => stop.abort(offline(delivery, dead)),
      onUnreachable: (error) => stop.abort(new DomainError(error.code, error.details, { outcome: call.lostOutcome })),
    };
    this.watch.add(vigil);
    // A reader that never asks again must not keep the request open for ever.
    call.signal.addEventListener('abort', () => void body.end(call.signal.reason), { once: true });
    const { mediaType, http } = reply.head;
    return { traceId: record.traceId, mediaType, http, body, trailer: body.trailer };
  }

  /**
   * Tells when the gateway is in another epoch than the one a request was sent in, and who its members are then: what
   * somebody else answers is not taken any more. What goes on is reached there.
   *
   * @returns what ends the listening
   */
  private onMoved(
    { route, reroute, record }: Delivery,
    place: Place,
    moved: (members: ReadonlySet<string>) => void,
  ): () => void {
    let isOver = false;
    const look = async (): Promise<void> => {
      const { gateway } = await reroute();
      if (isOver || gateway.epoch <= place.link.epoch) return;
      moved(new Set(gateway.members.map(({ id }) => id)));
      const link = await this.links.link(gateway);
      if (isOver || link.epoch <= place.link.epoch) return;
      place.link = link;
      this.broker.follow(record.requestId, link);
    };
    const stop = this.moves.listen(route.gateway.id, () => {
      // Whoever deleted the connection meanwhile is found out elsewhere; the request goes on as it was admitted.
      look().catch((error: unknown) => this.log.debug({ event: 'route.unread', reason: String(error).slice(0, 300) }));
    });
    return () => {
      isOver = true;
      stop();
    };
  }

  private envelope({ route, request, record, call, link }: Delivery, { number, memberId, claim }: Attempt): Envelope {
    const { id, target, credentialType, encryption, credential, sealingKeyId: keyId } = route.connection;
    const sealedTo = { currentKeyId: route.gateway.sealingKeyId, ...(keyId === undefined ? {} : { keyId }) };
    return {
      contractVersion: CONTRACT_VERSION,
      requestId: record.requestId,
      attempt: number,
      traceId: record.traceId,
      ...(record.parentSpan && { parentSpan: record.parentSpan }),
      tenantId: record.tenantId,
      gatewayId: link.gatewayId,
      ...(memberId === undefined ? {} : { memberId }),
      expiresAt: new Date(call.expiresAtMs).toISOString(),
      connection: {
        id,
        target,
        credentialType,
        encryption,
        ...(credential === undefined ? {} : { credential, sealedTo }),
      },
      operation: request.operation,
      ...(claim ? { idempotencyHash: claim.idempotencyHash } : {}),
    };
  }
}
