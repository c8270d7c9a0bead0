import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { DomainError } from '../../common/errors/domain-error.js';
import { MAX_FRAME_BODY_BYTES } from '../../contract/frames.js';
import { isRead } from '../../contract/operations.js';
import { RelayBroker } from '../../relay-broker/relay-broker.js';
import type { RouteMember } from '../gateways/gateways.types.js';
import { assertHealthy } from '../gateways/health.policy.js';
import { LinksService } from '../gateways/links.service.js';
import { AttemptsService } from './attempts.service.js';
import { Deadlines } from './deadlines.js';
import { EpochMoved, MemberLost, offline, type Admitted, type Attempt, type Delivery } from './delivery.types.js';
import { FlowCall } from './flow-call.js';
import type { FlowReply } from './flow-requests.types.js';
import { GatewayMovesService } from './gateway-moves.service.js';
import { candidatesFor, chooseReader, chooseWriter } from './member-choice.policy.js';
import { MemberWatchService } from './member-watch.service.js';
import { collectBody } from './whole-body.js';
import { WriteRecordsService, type WriteClaim } from './write-records.service.js';

/** How often a read is sent at most: a member may be lost, and an epoch end, while it waits. */
const MAX_ATTEMPTS = 3;

/** Brings an admitted request to a member and the answer back: reads to whoever takes them, writes to one and only once. */
@Injectable()
export class DeliveryService implements OnApplicationShutdown {
  private readonly deadlines = new Deadlines();

  constructor(
    private readonly broker: RelayBroker,
    private readonly links: LinksService,
    private readonly watch: MemberWatchService,
    private readonly moves: GatewayMovesService,
    private readonly attempts: AttemptsService,
    private readonly writes: WriteRecordsService,
  ) {}

  onApplicationShutdown(): void {
    this.deadlines.stop();
  }

  /** @throws DomainError whatever went wrong on the way, at the member or at the source */
  async deliver(admitted: Admitted): Promise<FlowReply> {
    const { request } = admitted;
    const call = new FlowCall(request.signal, this.deadlines, isRead(request.operation));
    try {
      const delivery = await this.begin({ ...admitted, call });
      return await (call.isRead ? this.read(delivery) : this.write(delivery));
    } catch (error) {
      call.close();
      throw error;
    }
  }

  /** Nothing is sent yet: a route whose epoch is over is read again. */
  private async begin(admitted: Omit<Delivery, 'link' | 'candidates'>): Promise<Delivery> {
    try {
      return await this.linked(admitted);
    } catch (error) {
      if (!isPlaceGone(error)) throw error;
      return this.follow(admitted);
    }
  }

  private async linked(admitted: Omit<Delivery, 'link' | 'candidates'>): Promise<Delivery> {
    const { route, request } = admitted;
    const link = await this.links.link(route.gateway);
    const isLost = (member: RouteMember): boolean => this.watch.isLost(link, member);
    return { ...admitted, link, candidates: candidatesFor(route, request.operation.name, new Date(), isLost) };
  }

  /** The same request where its gateway is now. @throws DomainError GATEWAY_OFFLINE, GATEWAY_TOO_OLD, CONNECTION_NOT_FOUND */
  private async follow(admitted: Omit<Delivery, 'link' | 'candidates'>): Promise<Delivery> {
    const route = await this.moves.moved(admitted.route, admitted.reroute);
    assertHealthy(route.gateway, new Date());
    return this.linked({ ...admitted, route });
  }

  private async read(first: Delivery): Promise<FlowReply> {
    const { request, call } = first;
    let delivery = first;
    let attempt: Attempt = { number: 1, memberId: this.reader(first) };
    for (;;) {
      try {
        return await this.attempts.send(delivery, attempt);
      } catch (error) {
        const isLast = !isRepeatable(request) || attempt.number === MAX_ATTEMPTS || call.signal.aborted;
        const next = isLast ? undefined : await this.nextTry(delivery, attempt, error);
        if (!next) throw this.readFailure(delivery, error);
        [delivery, attempt] = next;
      }
    }
  }

  /** Where a read goes after this error; undefined: nowhere. */
  private async nextTry(
    delivery: Delivery,
    { number, memberId }: Attempt,
    error: unknown,
  ): Promise<readonly [Delivery, Attempt] | undefined> {
    const isGone = number === 1 && isPlaceGone(error);
    if (error instanceof EpochMoved || (isGone && (await this.mayHaveMoved(delivery, error)))) {
      const moved = await this.follow(delivery);
      return [moved, { number: number + 1, memberId: this.reader(moved) }];
    }
    if (number > 1) return undefined;
    if (this.wasLostOnTheWay(delivery, error)) return [delivery, { number: 2, memberId }];
    if (!(error instanceof MemberLost)) return undefined;
    const other = delivery.candidates.all.find(({ id }) => !error.dead.has(id));
    return other && [delivery, { number: 2, memberId: other.id }];
  }

  /** A place that is gone is one whose epoch ends. A bus that is away is waited for no longer than it was already. */
  private async mayHaveMoved({ link, reroute }: Delivery, { code }: DomainError): Promise<boolean> {
    if (code === 'GATEWAY_OFFLINE') return true;
    const { gateway } = await reroute();
    return gateway.epoch !== link.epoch || gateway.namespace !== link.namespace;
  }

  private reader({ candidates, route }: Delivery): string | undefined {
    return chooseReader(candidates, route.gateway.loadBalancing)?.id;
  }

  private readFailure(delivery: Delivery, error: unknown): unknown {
    if (error instanceof MemberLost) return offline(delivery, error.dead);
    return error instanceof EpochMoved ? offline(delivery, new Set()) : error;
  }

  /** The bus lost it and is back: the link broke while request or answer were on it. */
  private wasLostOnTheWay({ link }: Delivery, error: unknown): boolean {
    const isLoss = error instanceof DomainError && error.code === 'BROKER_UNAVAILABLE';
    return isLoss && error.outcome === 'not-executed' && this.broker.isReady(link.namespace);
  }

  private async write(delivery: Delivery): Promise<FlowReply> {
    const { route, request, record, candidates } = delivery;
    const chosen = chooseWriter(candidates, route.gateway.loadBalancing, (id) => this.attempts.underWay(id));
    if (!chosen) throw offline(delivery, new Set());
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
    this.attempts.count(attempt.memberId, 1);
    try {
      return await this.attemptWrite(delivery, attempt);
    } catch (error) {
      const known = error instanceof MemberLost ? offline(delivery, error.dead) : error;
      this.attempts.count(attempt.memberId, -1);
      if (attempt.claim)
        await this.writes.settle(attempt.claim, known instanceof DomainError ? known.outcome : 'unknown');
      throw known;
    }
  }

  /** What was not sent, or not run, because the epoch was over is sent to the same member in the next one. */
  private async attemptWrite(delivery: Delivery, attempt: Attempt): Promise<FlowReply> {
    try {
      return await this.attempts.send(delivery, attempt);
    } catch (error) {
      const isUntouched = isPlaceGone(error) || isDeclined(error);
      if (!isUntouched || !isRepeatable(delivery.request) || delivery.call.signal.aborted) throw error;
      if (!(await this.mayHaveMoved(delivery, error))) throw error;
      const moved = await this.follow(delivery);
      const isThere = moved.candidates.all.some(({ id }) => id === attempt.memberId);
      if (!isThere || moved.link.epoch === delivery.link.epoch) throw error;
      return this.attempts.send(moved, { ...attempt, number: attempt.number + 1 });
    }
  }
}

/** A stream that was read once cannot be sent again. */
function isRepeatable({ body }: Admitted['request']): boolean {
  return body === undefined || body instanceof Uint8Array;
}

/** The place that it was to be sent to is not there, or the bus is not: nothing was sent. */
function isPlaceGone(error: unknown): error is DomainError {
  if (!(error instanceof DomainError) || error.outcome !== 'not-sent') return false;
  return error.code === 'GATEWAY_OFFLINE' || error.code === 'BROKER_UNAVAILABLE';
}

/** The member could not take it off its queue for good, which is what happens when the queue goes: it did not run it. */
function isDeclined(error: unknown): error is DomainError {
  return error instanceof DomainError && error.code === 'REQUEST_DECLINED' && error.outcome === 'not-executed';
}

/** The member that has the result is away: what is known is told, the result itself is not to be had. */
function memberGone({ memberId, known }: WriteClaim): DomainError {
  return new DomainError(
    'GATEWAY_OFFLINE',
    { memberId },
    { hop: 'member', outcome: known ?? 'not-sent', message: 'The member that ran this request before is not online.' },
  );
}
