import type { MessageContent } from './amqp-codec.js';
import { withApplicationProperties } from './delivery-codec.js';
import { DueBuckets } from './due-buckets.js';
import { DuplicateWindow } from './duplicate-window.js';
import { newLockToken, tokenKey } from './lock-tokens.js';
import { MessageList } from './message-list.js';
import type { QueueLimits, QueueOptions } from './queue-options.js';
import { QueueError } from './queue-options.js';
import type { BusSession } from './session-table.js';
import { SessionTable } from './session-table.js';
import type { MessageLock, StoredMessage } from './stored-message.js';

export type Properties = Readonly<Record<string, unknown>>;

/** What a receiver may do with a message it has locked. */
export type Outcome =
  | { readonly kind: 'complete' }
  | { readonly kind: 'abandon' | 'defer' | 'dead-letter'; readonly properties: Properties };

/**
 * One queue, or the dead-letter queue inside one: messages and their states, locks, sessions, deadlines.
 * Knows no wire and no clock but the one it is given.
 */
export class Queue {
  /** Undefined in a dead-letter queue, which has none of its own. */
  readonly deadLetters: Queue | undefined;
  readonly sessions = new SessionTable();
  /** Called when a message became receivable, with its session where it has one. */
  onAvailable: (session: BusSession | undefined) => void = () => undefined;
  lastUsedAt: number;

  private readonly stored = new Map<number, StoredMessage>();
  private readonly waiting = new MessageList();
  private readonly locks = new Map<string, MessageLock>();
  private readonly lockDeadlines = new DueBuckets<MessageLock>();
  private readonly messageDeadlines = new DueBuckets<StoredMessage>();
  private readonly schedule = new DueBuckets<StoredMessage>();
  private readonly duplicates: DuplicateWindow;
  private nextSequence = 1;
  private nextOrder = 1;
  private storedBytes = 0;
  private readonly counts = { active: 0, locked: 0, deferred: 0, scheduled: 0, gone: 0 };

  constructor(
    readonly name: string,
    public options: QueueOptions,
    private readonly limits: QueueLimits,
    private readonly clock: () => number = Date.now,
    private readonly parent?: Queue,
  ) {
    this.lastUsedAt = clock();
    this.duplicates = new DuplicateWindow(options.duplicateWindowMs);
    this.deadLetters = parent ? undefined : new Queue(name, deadLetterOptions(options), limits, clock, this);
  }

  get isDeadLetter(): boolean {
    return this.parent !== undefined;
  }

  get bytes(): number {
    return this.storedBytes;
  }

  /** Messages that can be received or are being worked on. */
  get activeCount(): number {
    return this.counts.active + this.counts.locked;
  }

  get scheduledCount(): number {
    return this.counts.scheduled;
  }

  get size(): number {
    return this.stored.size;
  }

  /**
   * Takes messages in, all or none.
   *
   * @returns a sequence number each, for duplicates that of nothing stored (0)
   * @throws QueueError full, session-required
   */
  enqueue(contents: readonly MessageContent[]): number[] {
    const now = this.touch();
    const bytes = contents.reduce((sum, content) => sum + content.size, 0);
    const held = this.storedBytes + (this.deadLetters?.storedBytes ?? 0);
    const count = this.stored.size + (this.deadLetters?.stored.size ?? 0);
    if (held + bytes > this.limits.maxBytes || count + contents.length > this.limits.maxMessages)
      throw new QueueError('full');
    if (this.options.requiresSession) {
      for (const { sessionId } of contents) {
        if (sessionId === undefined) throw new QueueError('session-required');
        this.sessions.at(sessionId);
      }
    }
    return contents.map((content) => {
      if (this.options.requiresDuplicateDetection && !this.duplicates.admit(content.messageId, now)) return 0;
      return this.store(content, now);
    });
  }

  /** Locks the next message for a receiver; undefined when nothing is there for it. */
  lockNext(session?: BusSession): MessageLock | undefined {
    const message = this.takeNext(session);
    return message && this.lock(message, 'active', session);
  }

  /** Hands the next message over for good. */
  removeNext(session?: BusSession): StoredMessage | undefined {
    const message = this.takeNext(session);
    if (message) this.discard(message);
    return message;
  }

  /** @throws QueueError lock-lost */
  settle(token: Buffer, outcome: Outcome): void {
    const lock = this.unlock(this.lockBy(token));
    this.touch();
    const { message } = lock;
    if (outcome.kind === 'complete') return this.discard(message);
    if (outcome.kind === 'dead-letter') return this.deadLetter(message, outcome.properties);
    this.change(message, outcome.properties);
    if (outcome.kind === 'defer') this.setState(message, 'deferred');
    else this.giveBack(lock);
  }

  /** @returns the new end of the lock, milliseconds since 1970. @throws QueueError lock-lost */
  renew(token: Buffer): number {
    const lock = this.lockBy(token);
    this.lockDeadlines.remove(lock, lock.until);
    lock.until = this.clock() + this.options.lockDurationMs;
    this.lockDeadlines.add(lock, lock.until);
    return lock.until;
  }

  /** Takes a deferred message by its number, locked unless `forGood`. @throws QueueError not-found */
  receiveDeferred(sequenceNumber: number, forGood: boolean): MessageLock | StoredMessage {
    const message = this.stored.get(sequenceNumber);
    if (message?.state !== 'deferred') throw new QueueError('not-found');
    this.touch();
    if (!forGood) return this.lock(message, 'deferred', undefined);
    this.discard(message);
    return message;
  }

  /** Messages in any state from a sequence number on, lowest first; not yet expired ones only. */
  peek(from: number, limit: number, sessionId?: string): StoredMessage[] {
    const now = this.touch();
    const found: StoredMessage[] = [];
    for (const message of this.stored.values())
      if (
        message.sequenceNumber >= from &&
        (message.expiresAt > now || message.state !== 'active') &&
        (sessionId === undefined || message.content.sessionId === sessionId)
      )
        found.push(message);
    return found.sort((a, b) => a.sequenceNumber - b.sequenceNumber).slice(0, limit);
  }

  /** @throws QueueError not-found */
  cancelScheduled(sequenceNumber: number): void {
    const message = this.stored.get(sequenceNumber);
    if (message?.state !== 'scheduled') throw new QueueError('not-found');
    this.touch();
    this.schedule.remove(message, message.content.scheduledAt ?? 0);
    this.discard(message);
  }

  /** Takes a session, or the next one with a message. */
  acquireSession(id: string | undefined, holder: object): BusSession | undefined {
    this.touch();
    return this.sessions.acquire(id, holder, this.clock() + this.options.lockDurationMs);
  }

  /** @returns the new end, milliseconds since 1970. @throws QueueError session-lock-lost */
  renewSession(id: string): number {
    const session = this.sessions.find(id);
    if (!session?.holder) throw new QueueError('session-lock-lost');
    this.sessions.renew(session, this.clock() + this.options.lockDurationMs);
    return session.lockedUntil;
  }

  /** Ends a claim on a session; what its holder had in hand goes back. */
  releaseSession(session: BusSession): void {
    session.releasing = true;
    for (const lock of lastFirst([...session.locks])) this.giveBack(this.unlock(lock));
    session.releasing = false;
    this.sessions.release(session);
    if (session.waiting.size > 0) this.onAvailable(session);
  }

  /** Notices every deadline that has passed. @returns holders whose session lock ran out */
  sweep(): object[] {
    const now = this.clock();
    this.deadLetters?.sweep();
    for (const lock of lastFirst(this.lockDeadlines.takeDue(now))) this.giveBack(this.unlock(lock));
    for (const message of this.messageDeadlines.takeDue(now)) if (message.state === 'active') this.expire(message);
    for (const message of this.schedule.takeDue(now)) this.activate(message, now);
    const holders: object[] = [];
    for (const session of this.sessions.takeExpired(now)) {
      if (session.holder) holders.push(session.holder);
      this.releaseSession(session);
    }
    return holders;
  }

  /** Takes new options; what is under way keeps its deadlines. */
  configure(options: QueueOptions): void {
    this.options = options;
    this.deadLetters?.configure(deadLetterOptions(options));
    this.touch();
  }

  isIdle(): boolean {
    return this.clock() - this.lastUsedAt >= this.options.autoDeleteOnIdleMs;
  }

  private store(content: MessageContent, now: number): number {
    const message: StoredMessage = {
      content,
      sequenceNumber: this.nextSequence++,
      order: 0,
      enqueuedAt: now,
      expiresAt: Infinity,
      deliveryCount: 0,
      state: 'gone',
      deadLetterSource: undefined,
    };
    this.keep(message);
    if (content.scheduledAt !== undefined && content.scheduledAt > now) {
      this.setState(message, 'scheduled');
      this.schedule.add(message, content.scheduledAt);
    } else this.activate(message, now);
    return message.sequenceNumber;
  }

  /** Starts a message's life as receivable: its time to live counts from here. */
  private activate(message: StoredMessage, now: number): void {
    message.enqueuedAt = now;
    message.order = this.nextOrder++;
    message.expiresAt = now + Math.min(this.ttlOf(message), this.options.defaultTimeToLiveMs);
    this.messageDeadlines.add(message, message.expiresAt);
    this.makeAvailable(message);
  }

  /** Dead letters have no time to live: neither the queue's nor the message's own. */
  private ttlOf(message: StoredMessage): number {
    return this.isDeadLetter ? Infinity : (message.content.ttlMs ?? Infinity);
  }

  private makeAvailable(message: StoredMessage): void {
    this.setState(message, 'active');
    if (!this.options.requiresSession) {
      this.waiting.insert(message);
      this.onAvailable(undefined);
      return;
    }
    const session = this.sessions.at(message.content.sessionId ?? '');
    session.waiting.insert(message);
    this.sessions.refresh(session);
    if (!session.releasing) this.onAvailable(session);
  }

  private takeNext(session: BusSession | undefined): StoredMessage | undefined {
    const now = this.clock();
    const list = session ? session.waiting : this.waiting;
    for (let message = list.first(); message; message = list.first()) {
      if (message.expiresAt <= now) {
        this.expire(message);
        continue;
      }
      this.lastUsedAt = now;
      list.remove(message);
      return message;
    }
    return undefined;
  }

  private lock(message: StoredMessage, from: MessageLock['from'], session: BusSession | undefined): MessageLock {
    const until = session ? session.lockedUntil : this.clock() + this.options.lockDurationMs;
    const lock: MessageLock = { token: newLockToken(), message, from, until };
    this.locks.set(tokenKey(lock.token), lock);
    // Inside a session the session's own lock decides.
    if (session) session.locks.add(lock);
    else this.lockDeadlines.add(lock, until);
    this.setState(message, 'locked');
    return lock;
  }

  private lockBy(token: Buffer): MessageLock {
    const lock = this.locks.get(tokenKey(token));
    if (!lock) throw new QueueError('lock-lost');
    const session = this.options.requiresSession ? this.sessions.find(lock.message.content.sessionId ?? '') : undefined;
    const until = session?.locks.has(lock) ? session.lockedUntil : lock.until;
    if (until <= this.clock()) throw new QueueError('lock-lost');
    return lock;
  }

  private unlock(lock: MessageLock): MessageLock {
    this.locks.delete(tokenKey(lock.token));
    this.lockDeadlines.remove(lock, lock.until);
    if (this.options.requiresSession) this.sessions.find(lock.message.content.sessionId ?? '')?.locks.delete(lock);
    return lock;
  }

  /** Ends a delivery that came to nothing. */
  private giveBack({ message, from }: MessageLock): void {
    message.deliveryCount++;
    if (message.deliveryCount >= this.options.maxDeliveryCount)
      return this.deadLetter(message, {
        DeadLetterReason: 'MaxDeliveryCountExceeded',
        DeadLetterErrorDescription: `Message could not be consumed after ${this.options.maxDeliveryCount} delivery attempts.`,
      });
    if (from === 'deferred') return this.setState(message, 'deferred');
    if (message.expiresAt <= this.clock()) return this.expire(message);
    this.makeAvailable(message);
  }

  private expire(message: StoredMessage): void {
    message.list?.remove(message);
    if (!this.options.deadLetterOnExpiration || this.isDeadLetter) return this.discard(message);
    this.deadLetter(message, {
      DeadLetterReason: 'TTLExpiredException',
      DeadLetterErrorDescription: 'The message expired and was dead lettered.',
    });
  }

  private deadLetter(message: StoredMessage, properties: Properties): void {
    if (!this.deadLetters) {
      // A dead letter dead-lettered again stays where it is.
      return this.makeAvailable(message);
    }
    this.discard(message);
    this.deadLetters.adopt(message, properties);
  }

  private adopt(from: StoredMessage, properties: Properties): void {
    const content = withApplicationProperties(from.content, properties);
    const message: StoredMessage = { ...from, content, deadLetterSource: this.name, list: undefined, state: 'gone' };
    this.keep(message);
    this.activate(message, this.clock());
  }

  private change(message: StoredMessage, properties: Properties): void {
    this.storedBytes -= message.content.size;
    message.content = withApplicationProperties(message.content, properties);
    this.storedBytes += message.content.size;
  }

  private keep(message: StoredMessage): void {
    this.stored.set(message.sequenceNumber, message);
    this.storedBytes += message.content.size;
  }

  private discard(message: StoredMessage): void {
    this.stored.delete(message.sequenceNumber);
    this.storedBytes -= message.content.size;
    this.messageDeadlines.remove(message, message.expiresAt);
    this.setState(message, 'gone');
    if (this.options.requiresSession) {
      const session = this.sessions.find(message.content.sessionId ?? '');
      if (session) this.sessions.refresh(session);
    }
  }

  private setState(message: StoredMessage, state: StoredMessage['state']): void {
    this.counts[message.state]--;
    this.counts[state]++;
    message.state = state;
  }

  private touch(): number {
    this.lastUsedAt = this.clock();
    return this.lastUsedAt;
  }
}

/** Highest place first: each goes back in front of the one before, so that a thousand lost locks cost a thousand steps. */
function lastFirst(locks: MessageLock[]): MessageLock[] {
  return locks.sort((a, b) => b.message.order - a.message.order);
}

function deadLetterOptions(options: QueueOptions): QueueOptions {
  return {
    ...options,
    defaultTimeToLiveMs: Infinity,
    maxDeliveryCount: Infinity,
    requiresSession: false,
    requiresDuplicateDetection: false,
  };
}
