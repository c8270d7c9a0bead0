import type { MessageContent } from './amqp-codec.js';

export type MessageState = 'active' | 'locked' | 'deferred' | 'scheduled' | 'gone';

/** What a message can leave. */
export interface MessageHolder {
  remove(message: StoredMessage): void;
}

/** One message in a queue. The list links belong to `MessageList`. */
export interface StoredMessage {
  content: MessageContent;
  readonly sequenceNumber: number;
  /** Place among those that wait; kept when a delivery fails, so that the message does not lose its turn. */
  order: number;
  enqueuedAt: number;
  /** Milliseconds since 1970, Infinity when it never expires. */
  expiresAt: number;
  deliveryCount: number;
  state: MessageState;
  readonly deadLetterSource: string | undefined;
  list?: MessageHolder | undefined;
  previous?: StoredMessage | undefined;
  next?: StoredMessage | undefined;
}

/** A receiver's claim on one message. */
export interface MessageLock {
  /** Delivery tag and lock token in one: 16 random bytes. */
  readonly token: Buffer;
  readonly message: StoredMessage;
  /** Where the message goes back to when the claim ends without an outcome. */
  readonly from: 'active' | 'deferred';
  until: number;
}
