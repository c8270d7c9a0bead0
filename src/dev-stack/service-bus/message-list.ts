import type { StoredMessage } from './stored-message.js';

/**
 * Messages waiting for a receiver, by order. A linked list: the head is taken, an abandoned message
 * goes back to its old place near the head, and an expired one leaves from anywhere, all without moving others.
 */
export class MessageList {
  private head: StoredMessage | undefined;
  private tail: StoredMessage | undefined;
  private count = 0;

  get size(): number {
    return this.count;
  }

  first(): StoredMessage | undefined {
    return this.head;
  }

  /** Puts a message at its place by `order`: new ones at the end at once, returned ones after a short walk from the front. */
  insert(message: StoredMessage): void {
    let before = this.tail;
    if (before && before.order > message.order) {
      before = undefined;
      for (let at = this.head; at && at.order < message.order; at = at.next) before = at;
    }
    const after = before ? before.next : this.head;
    message.previous = before;
    message.next = after;
    if (before) before.next = message;
    else this.head = message;
    if (after) after.previous = message;
    else this.tail = message;
    message.list = this;
    this.count++;
  }

  remove(message: StoredMessage): void {
    if (message.previous) message.previous.next = message.next;
    else this.head = message.next;
    if (message.next) message.next.previous = message.previous;
    else this.tail = message.previous;
    message.previous = undefined;
    message.next = undefined;
    message.list = undefined;
    this.count--;
  }
}
