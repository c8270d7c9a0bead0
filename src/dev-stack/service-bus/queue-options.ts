/** What an administrator sets on a queue. Durations in milliseconds, Infinity for "never". */
export interface QueueOptions {
  readonly lockDurationMs: number;
  readonly defaultTimeToLiveMs: number;
  readonly maxDeliveryCount: number;
  readonly autoDeleteOnIdleMs: number;
  readonly deadLetterOnExpiration: boolean;
  readonly requiresSession: boolean;
  readonly requiresDuplicateDetection: boolean;
  readonly duplicateWindowMs: number;
}

/** The defaults of Azure Service Bus for a queue made without options. */
export const DEFAULT_QUEUE_OPTIONS: QueueOptions = {
  lockDurationMs: 60_000,
  defaultTimeToLiveMs: Infinity,
  maxDeliveryCount: 10,
  autoDeleteOnIdleMs: Infinity,
  deadLetterOnExpiration: false,
  requiresSession: false,
  requiresDuplicateDetection: false,
  duplicateWindowMs: 600_000,
};

/** What the broker as a whole allows each queue. */
export interface QueueLimits {
  readonly maxBytes: number;
  readonly maxMessages: number;
}

export type QueueErrorCode = 'full' | 'session-required' | 'not-found' | 'lock-lost' | 'session-lock-lost';

/** An expected refusal of the queue; the link layer turns it into an AMQP condition. */
export class QueueError extends Error {
  override readonly name = 'QueueError';

  constructor(readonly code: QueueErrorCode) {
    super(code);
  }
}
