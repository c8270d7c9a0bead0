import { randomUUID } from 'node:crypto';
import { Logger } from '@nestjs/common';
import { BoundedCache } from '../common/bounded-cache.js';
import { DomainError } from '../common/errors/domain-error.js';
import type { Outcome } from '../contract/errors.js';
import { FrameKind, MAX_FRAME_BODY_BYTES, sealFrame, type FrameHeader } from '../contract/frames.js';
import { isRead } from '../contract/operations.js';
import { memberQueue, workQueue } from '../contract/queues.js';
import type { Control } from '../contract/replies.js';
import { BodyPieces, piecesOf, type BodyPiece } from './body-pieces.js';
import { translateSendError } from './bus-error.js';
import { Exchange, type ExchangeWire } from './exchange.js';
import { NamespaceLink } from './namespace-link.js';
import type { NamespaceProvisioner } from './namespace-provisioner.js';
import { disableNagle } from './no-delay.js';
import { RelayBroker, type Dispatch, type GatewayLink, type RelayReply } from './relay-broker.js';
import { ABANDONED_MS, MAX_EXCHANGES, ReplyRouter } from './reply-router.js';

/** Most bytes of envelope, proof and body in one message: 256 KB less 16 KB for properties, header and seal. */
const MAX_CONTENT_BYTES = 240 * 1024;

/** Gateways whose latest link is remembered: of as many as may have requests under way. */
const MAX_LINKS = MAX_EXCHANGES;

/** How long a request waits for a lost link before it is refused. */
const HOLD_MS = 2_000;

/** A link that was lost this long fails what waits for it. One that came back gives its members as long to be heard. */
const LOST_MS = 5_000;

/** Word about a request that is read late says nothing any more. */
const CONTROL_MS = 30_000;

const SWEEP_MS = 1_000;

/** Request and answer over Service Bus: one plain reply queue a replica, answers paired by request id. */
export class ServiceBusBroker extends RelayBroker implements ExchangeWire {
  private readonly log = new Logger(ServiceBusBroker.name);
  private readonly links = new Map<string, NamespaceLink>();
  private readonly router = new ReplyRouter({
    onDrop: (reason, header, gatewayId) => {
      const { requestId, memberId, epoch } = header ?? {};
      this.log.debug({ event: 'frame.dropped', reason, requestId, memberId, gatewayId });
      if (gatewayId !== undefined && memberId !== undefined && epoch !== undefined)
        this.refused({ gatewayId, memberId, epoch, reason });
    },
    onUseless: (link, header, memberId) => {
      // Over the link that it listens on now: the queues of the one that it was asked over may be gone.
      const current = this.current.get(link.gatewayId) ?? link;
      if (!current.replyKeys.has(memberId)) return;
      this.sendControl(current, { ...header, memberId }, { type: 'cancel', reason: 'superseded' });
    },
  });
  /** The latest link of each gateway that was used here. */
  private readonly current = new BoundedCache<string, GatewayLink>(MAX_LINKS, ABANDONED_MS);
  private sweeping: NodeJS.Timeout | undefined;
  private controls = 0;

  constructor(provisioners: readonly NamespaceProvisioner[], replicaId: string) {
    super();
    for (const provisioner of provisioners) {
      const link = new NamespaceLink(provisioner, replicaId, {
        onMessage: (bytes) => this.router.accept(bytes),
        onRelinked: () => this.suspect(provisioner.name),
      });
      this.links.set(provisioner.name, link);
    }
  }

  /** Begins to listen in all namespaces; returns when they answer, or after a few seconds without those that do not. */
  async start(): Promise<void> {
    disableNagle();
    this.sweeping = setInterval(() => this.sweep(Date.now()), SWEEP_MS).unref();
    await Promise.all([...this.links.values()].map((link) => link.start()));
  }

  async stop(): Promise<void> {
    clearInterval(this.sweeping);
    const error = new DomainError('BROKER_UNAVAILABLE', { reason: 'stopping' }, { outcome: 'unknown' });
    for (const exchange of [...this.router.all()]) exchange.cancel('superseded', error);
    await Promise.all([...this.links.values()].map((link) => link.stop()));
  }

  isReady(namespace: string): boolean {
    return this.links.get(namespace)?.isReady ?? false;
  }

  lostSince(namespace: string): Date | undefined {
    const lostAt = this.links.get(namespace)?.lostAt;
    return lostAt === undefined ? undefined : new Date(lostAt);
  }

  /** Frames that were dropped since the start, by reason. */
  get dropped(): ReadonlyMap<string, number> {
    return this.router.dropped;
  }

  /** Requests that wait for an answer, or for its end. */
  get pending(): number {
    return this.router.size;
  }

  async dispatch(dispatch: Dispatch): Promise<RelayReply> {
    const { body, signal } = dispatch;
    this.use(dispatch.link);
    const link = await this.readyLink(dispatch.link);
    const head = Buffer.from(JSON.stringify(dispatch.envelope));
    const extra = dispatch.prove ? JSON.stringify(dispatch.prove(head)) : '';
    const room = Math.min(MAX_FRAME_BODY_BYTES, MAX_CONTENT_BYTES - head.length - extra.length);
    if (room < 0) throw new DomainError('PAYLOAD_TOO_LARGE', { maxBytes: MAX_CONTENT_BYTES - extra.length });

    const isSmall = body === undefined || (body instanceof Uint8Array && body.length <= room);
    const pieces = isSmall ? undefined : new BodyPieces(body instanceof Uint8Array ? piecesOf(body) : body);
    const first: BodyPiece = pieces ? await pieces.next(room) : { bytes: body as Uint8Array, last: true };
    signal.throwIfAborted();

    const exchange = new Exchange(dispatch, this, first.last ? undefined : pieces);
    this.router.add(exchange);
    this.sendRequest(link, exchange, { head, extra, first });
    return exchange.reply;
  }

  follow(requestId: string, link: GatewayLink): void {
    this.use(link);
    this.router.find(requestId)?.follow(link);
  }

  async notify(link: GatewayLink, memberIds: readonly string[]): Promise<void> {
    for (const memberId of memberIds) {
      this.sendControl(link, { requestId: randomUUID(), attempt: 1, memberId }, { type: 'refresh' });
    }
  }

  async probe(link: GatewayLink, memberIds: readonly string[], timeoutMs: number): Promise<ReadonlySet<string>> {
    const alive = new Set<string>();
    const asked = memberIds.map((memberId) => ({ memberId, requestId: randomUUID() }));
    const all = new Promise<boolean>((resolve) => {
      if (asked.length === 0) resolve(true);
      for (const { memberId, requestId } of asked) {
        const onAnswer = (): void => {
          alive.add(memberId);
          if (alive.size === asked.length) resolve(true);
        };
        this.router.addProbe(requestId, { link, memberId, onAnswer });
        this.sendControl(link, { requestId, attempt: 1, memberId }, { type: 'probe' });
      }
    });
    try {
      const pinged = (await this.readyLink(link)).ping(timeoutMs);
      let timer: NodeJS.Timeout | undefined;
      const time = new Promise<boolean>((resolve) => (timer = setTimeout(() => resolve(false), timeoutMs)));
      await Promise.race([all, time]);
      clearTimeout(timer);
      // A member's answer proves the bus as well as our own message would.
      if (alive.size === 0 && asked.length > 0 && !(await pinged))
        throw this.unavailable(link.namespace, 'not-executed');
      return alive;
    } finally {
      for (const { requestId } of asked) this.router.removeProbe(requestId);
    }
  }

  control(exchange: Exchange, memberId: string, control: Control): void {
    const { requestId, attempt, link } = exchange;
    this.sendControl(link, { requestId, attempt, memberId }, control);
  }

  sendPart(exchange: Exchange, memberId: string, frame: number, { bytes, last }: BodyPiece): void {
    const { requestId, attempt, link } = exchange;
    const { epoch } = link;
    const header = { kind: FrameKind.RequestPart, attempt, frame, last, epoch, requestId, memberId };
    this.links.get(link.namespace)?.send(memberQueue(link.gatewayId, epoch, memberId), {
      message: {
        body: sealFrame(link.requestKey, link.gatewayId, header, { body: bytes }),
        messageId: `${requestId}.${attempt}.${frame}`,
        correlationId: requestId,
        timeToLive: remainingMs(exchange.dispatch.envelope.expiresAt),
      },
      onFailed: (error) => exchange.cancel('superseded', this.sendFailure(exchange, error)),
    });
  }

  aborted(exchange: Exchange): void {
    const reason: unknown = exchange.dispatch.signal.reason;
    const error =
      reason instanceof DomainError
        ? reason
        : new DomainError(
            isTimeout(reason) ? 'GATEWAY_TIMEOUT' : 'REQUEST_CANCELLED',
            { requestId: exchange.requestId },
            { cause: reason },
          );
    exchange.cancel(error.code === 'GATEWAY_TIMEOUT' ? 'deadline' : 'caller-gone', error);
  }

  finished(exchange: Exchange): void {
    this.router.remove(exchange);
    // Somebody else than who answered may still be at it.
    if (!exchange.isWhole || exchange.attempt > 1) this.router.abandon(exchange);
  }

  private use(link: GatewayLink): void {
    const known = this.current.get(link.gatewayId);
    if (known === undefined || known.epoch <= link.epoch) this.current.set(link.gatewayId, link);
  }

  private sendRequest(link: NamespaceLink, exchange: Exchange, content: RequestContent): void {
    const { requestId, attempt, dispatch } = exchange;
    const { memberId, envelope } = dispatch;
    const { gatewayId, epoch, requestKey } = dispatch.link;
    const { head, extra, first } = content;
    const header = { kind: FrameKind.Request, attempt, frame: 0, last: first.last, epoch, requestId, memberId };
    const queue = memberId === undefined ? workQueue(gatewayId, epoch) : memberQueue(gatewayId, epoch, memberId);
    link.send(queue, {
      message: {
        body: sealFrame(requestKey, gatewayId, header, { head, extra, body: first.bytes }),
        messageId: `${requestId}.${attempt}`,
        correlationId: requestId,
        replyTo: link.replyPlace,
        timeToLive: remainingMs(envelope.expiresAt),
      },
      onFailed: (error) => exchange.fail(this.sendFailure(exchange, error)),
    });
  }

  private sendControl(
    link: GatewayLink,
    to: Pick<FrameHeader, 'requestId' | 'attempt'> & { memberId: string },
    control: Control,
  ): void {
    const { gatewayId, epoch, requestKey } = link;
    const { requestId, attempt, memberId } = to;
    this.controls = (this.controls + 1) >>> 0;
    const frame = this.controls;
    const header = { kind: FrameKind.Control, attempt, frame, last: true, epoch, requestId, memberId };
    const bus = this.links.get(link.namespace);
    bus?.send(memberQueue(gatewayId, epoch, memberId), {
      message: {
        body: sealFrame(requestKey, gatewayId, header, { head: JSON.stringify(control) }),
        messageId: `${requestId}.${attempt}.c${frame}`,
        correlationId: requestId,
        replyTo: bus.replyPlace,
        timeToLive: CONTROL_MS,
      },
      onFailed: (error) =>
        this.log.debug({
          event: 'control.not-sent',
          type: control.type,
          requestId,
          reason: translateSendError(error, { gatewayId, isWrite: false }).code,
        }),
    });
  }

  /** @throws DomainError BROKER_UNAVAILABLE, GATEWAY_BUSY */
  private async readyLink({ namespace }: GatewayLink): Promise<NamespaceLink> {
    const link = this.links.get(namespace);
    if (!link) throw this.unavailable(namespace, 'not-sent');
    if (!link.isReady && !(await link.ready(HOLD_MS))) throw this.unavailable(namespace, 'not-sent');
    if (this.router.size >= MAX_EXCHANGES) {
      throw new DomainError(
        'GATEWAY_BUSY',
        { underWay: this.router.size },
        { hop: 'control-plane', outcome: 'not-sent', retryAfterSeconds: 1 },
      );
    }
    return link;
  }

  private sendFailure(exchange: Exchange, error: unknown): DomainError {
    const { link, envelope } = exchange.dispatch;
    return translateSendError(error, { gatewayId: link.gatewayId, isWrite: !isRead(envelope.operation) });
  }

  private suspect(namespace: string): void {
    const now = Date.now();
    for (const exchange of this.router.all()) {
      if (exchange.dispatch.link.namespace === namespace) exchange.suspectSince ??= now;
    }
  }

  private sweep(now: number): void {
    this.router.sweep(now);
    for (const link of this.links.values()) link.sweep(now);
    for (const exchange of [...this.router.all()]) {
      const { namespace } = exchange.dispatch.link;
      const since = this.links.get(namespace)?.lostAt ?? exchange.suspectSince;
      if (since === undefined || now - Math.max(since, exchange.heardAt) < LOST_MS || !exchange.waitsForMember)
        continue;
      const outcome = isRead(exchange.dispatch.envelope.operation) ? 'not-executed' : 'unknown';
      exchange.cancel('superseded', this.unavailable(namespace, outcome));
    }
  }

  private unavailable(namespace: string, outcome: Outcome): DomainError {
    return new DomainError('BROKER_UNAVAILABLE', { namespace }, { outcome });
  }
}

interface RequestContent {
  readonly head: Buffer;
  readonly extra: string;
  readonly first: BodyPiece;
}

function remainingMs(expiresAt: string): number {
  return Math.max(1, Date.parse(expiresAt) - Date.now());
}

function isTimeout(reason: unknown): boolean {
  return reason instanceof Error && reason.name === 'TimeoutError';
}
