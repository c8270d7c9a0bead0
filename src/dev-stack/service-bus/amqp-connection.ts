import type { BusLink } from './bus-link.js';
import { putToken } from './cbs.js';
import { Claims } from './claims.js';
import { amqpError, LIMIT_EXCEEDED, NOT_ALLOWED, noSuchQueue, UNAUTHORIZED } from './conditions.js';
import { EgressLink } from './egress-link.js';
import { IngressLink } from './ingress-link.js';
import type { BusNamespace } from './namespace.js';
import { answerManagement } from './request-link.js';
import type { Address } from './resource-path.js';
import { parseAddress } from './resource-path.js';
import type { AmqpError, Connection, Context, Link, Receiver, RequestMessage, Sender } from './rhea-internals.js';
import { attachToSession, SESSION_FILTER } from './session-attach.js';
import { guardSession } from './session-guard.js';
import type { Right } from './token.js';

const CBS = '$cbs';

/** Links of one connection, as reported for the real service. */
const MAX_LINKS = 4999;

/** Requests a client may have under way on `$cbs` or `$management`. */
const REQUEST_CREDIT = 100;

/** The broker's side of one client connection: who may attach what, and where it leads. */
export class AmqpConnection {
  private readonly claims = new Claims();
  private readonly links = new Map<Link, BusLink>();
  /** Reply links by the name under which requests ask for their answers. */
  private readonly replyLinks = new Map<string, Sender>();
  private readonly pendingAttaches = new Map<Link, () => void>();

  constructor(
    private readonly connection: Connection,
    private readonly namespace: BusNamespace,
  ) {
    connection.on('session_open', ({ session }) => {
      if (session) guardSession(session, (link) => this.ingressAt(link));
    });
    connection.on('sender_open', ({ sender }) => sender && this.attachOutgoing(sender));
    connection.on('receiver_open', ({ receiver }) => receiver && this.attachIncoming(receiver));
    connection.on('sender_close', ({ sender }) => sender && this.detached(sender));
    connection.on('receiver_close', ({ receiver }) => receiver && this.detached(receiver));
    connection.on('session_close', ({ session }) => {
      for (const link of [...this.links.keys(), ...this.pendingAttaches.keys(), ...this.replyLinks.values()])
        if (link.session === session) this.detached(link);
    });
  }

  /** Detaches links whose tokens have run out. */
  checkTokens(now: number): void {
    for (const link of this.links.values()) {
      if (link.rights.some((right) => this.claims.allow(link.path, right, now))) continue;
      link.refuse(amqpError(UNAUTHORIZED, 'The token has expired.'));
    }
  }

  /** Goes on handing out messages after the socket has taken what was waiting. */
  resume(): void {
    for (const link of this.links.values()) if (link instanceof EgressLink) link.pump();
  }

  /** Lets go of everything; called once the socket is closed. */
  dispose(): void {
    for (const link of [...this.links.keys(), ...this.pendingAttaches.keys()]) this.detached(link);
    this.replyLinks.clear();
  }

  /** The client receives: from a queue, or its answers. */
  private attachOutgoing(link: Sender): void {
    const text = link.source?.address ?? '';
    const address = parseAddress(text);
    if (text === CBS || address.management) {
      const refusal = text === CBS ? undefined : this.refusalFor(address, ['Listen', 'Send']);
      if (refusal) return link.close(refusal);
      if (this.replyLinks.size >= MAX_LINKS) return link.close(amqpError(LIMIT_EXCEEDED, 'Too many links.'));
      link.set_source({ address: text });
      link.set_target({ address: link.target?.address });
      this.replyLinks.set(link.name, link);
      return;
    }
    const refusal = this.refusalFor(address, ['Listen']);
    const dispatch = this.namespace.dispatchAt(address);
    if (refusal || !dispatch) return link.close(refusal ?? noSuchQueue(address.queue));
    const wantsSession = Object.hasOwn(link.source?.filter ?? {}, SESSION_FILTER);
    if (wantsSession !== dispatch.queue.options.requiresSession)
      return link.close(amqpError(NOT_ALLOWED, `The queue ${wantsSession ? 'has no' : 'needs a'} session.`));

    const egress = new EgressLink(link, { dispatch, path: address.path }, this.namespace.events);
    link.set_source({ address: text });
    link.set_target({ address: link.target?.address });
    this.register(link, egress);
    if (!wantsSession) return;
    const stopWaiting = attachToSession(link, egress, dispatch, this.namespace.clock());
    if (stopWaiting) this.pendingAttaches.set(link, stopWaiting);
  }

  /** The client sends: messages to a queue, or requests. */
  private attachIncoming(link: Receiver): void {
    const text = link.target?.address ?? '';
    const address = parseAddress(text);
    if (text === CBS || address.management) {
      const refusal = text === CBS ? undefined : this.refusalFor(address, ['Listen', 'Send']);
      if (refusal) return link.close(refusal);
      link.set_target({ address: text });
      link.set_source({ address: link.source?.address });
      link.on('message', (context) => this.answer(context, text === CBS ? undefined : address));
      link.add_credit(REQUEST_CREDIT);
      return;
    }
    const refusal = this.refusalFor(address, ['Send']);
    const dispatch = this.namespace.dispatchAt(address);
    if (refusal || !dispatch) return link.close(refusal ?? noSuchQueue(address.queue));
    if (address.deadLetter) return link.close(amqpError(NOT_ALLOWED, 'Nothing is sent to a dead-letter queue.'));
    link.set_target({ address: text });
    link.set_source({ address: link.source?.address });
    link.local.attach.snd_settle_mode = link.snd_settle_mode;
    link.local.attach.rcv_settle_mode = link.rcv_settle_mode;
    const { maxMessageBytes, events } = this.namespace;
    this.register(link, new IngressLink(link, { queue: dispatch.queue, path: address.path, maxMessageBytes }, events));
  }

  /** Permission comes before existence, so that names cannot be probed without a token. */
  private refusalFor(address: Address, rights: readonly Right[]): AmqpError | undefined {
    if (!rights.some((right) => this.may(address, right)))
      return amqpError(UNAUTHORIZED, `Unauthorized access: '${rights.join(' or ')}' is required for this entity.`);
    if (!this.namespace.find(address.queue)) return noSuchQueue(address.queue);
    return this.links.size >= MAX_LINKS ? amqpError(LIMIT_EXCEEDED, 'Too many links.') : undefined;
  }

  private may(address: Address, right: Right): boolean {
    return this.claims.allow(address.path, right, this.namespace.clock());
  }

  private answer({ message, delivery, receiver }: Context, address: Address | undefined): void {
    const request = message as RequestMessage;
    const reply = address
      ? answerManagement(request, this.managementTarget(address), (right) => this.may(address, right))
      : { application_properties: putToken(request, this.claims, this.namespace), body: '' };
    delivery?.accept();
    if (receiver && receiver.credit < REQUEST_CREDIT / 2) receiver.add_credit(REQUEST_CREDIT - receiver.credit);
    this.replyLinks.get(request.reply_to ?? '')?.send({ correlation_id: request.message_id, ...reply });
  }

  private managementTarget(address: Address) {
    const { maxMessageBytes, events } = this.namespace;
    const dispatch = this.namespace.dispatchAt(address);
    return dispatch && { queue: dispatch.queue, maxMessageBytes, events };
  }

  private register(link: Link, busLink: BusLink): void {
    this.links.set(link, busLink);
    this.namespace.find(busLink.queue)?.links.add(busLink);
  }

  private detached(link: Link): void {
    const stopWaiting = this.pendingAttaches.get(link);
    this.pendingAttaches.delete(link);
    stopWaiting?.();
    const busLink = this.links.get(link);
    if (busLink) {
      this.links.delete(link);
      this.namespace.find(busLink.queue)?.links.delete(busLink);
      busLink.dispose();
    }
    if (this.replyLinks.get(link.name) === link) this.replyLinks.delete(link.name);
  }

  private ingressAt(link: Link): IngressLink | undefined {
    const busLink = this.links.get(link);
    return busLink instanceof IngressLink ? busLink : undefined;
  }
}
