import type { AmqpError } from './rhea-internals.js';
import type { QueueErrorCode } from './queue-options.js';

export const NOT_FOUND = 'amqp:not-found';
export const UNAUTHORIZED = 'amqp:unauthorized-access';
export const NOT_ALLOWED = 'amqp:not-allowed';
export const TOO_LARGE = 'amqp:link:message-size-exceeded';
export const LIMIT_EXCEEDED = 'amqp:resource-limit-exceeded';
export const DECODE_ERROR = 'amqp:decode-error';
export const NOT_IMPLEMENTED = 'amqp:not-implemented';
export const SESSION_LOCK_LOST = 'com.microsoft:session-lock-lost';
export const SESSION_CANNOT_BE_LOCKED = 'com.microsoft:session-cannot-be-locked';
export const TIMEOUT = 'com.microsoft:timeout';

export function amqpError(condition: string, description: string): AmqpError {
  return { condition, description };
}

/** The client tells a missing queue from other not-founds by these very words, name in the middle included. */
export function noSuchQueue(name: string): AmqpError {
  return amqpError(NOT_FOUND, `The messaging entity '${name}' could not be found.`);
}

/** What the peer hears of a refusal by the queue, with the status of a management reply. */
export const QUEUE_REFUSALS: Readonly<Record<QueueErrorCode, AmqpError & { readonly status: number }>> = {
  full: { condition: LIMIT_EXCEEDED, description: 'The queue is full.', status: 403 },
  'session-required': {
    condition: NOT_ALLOWED,
    description: 'The queue needs a session id on every message.',
    status: 400,
  },
  'not-found': {
    condition: 'com.microsoft:message-not-found',
    description: 'No such message in that state.',
    status: 404,
  },
  'lock-lost': {
    condition: 'com.microsoft:message-lock-lost',
    description: 'The lock on the message is lost.',
    status: 410,
  },
  'session-lock-lost': { condition: SESSION_LOCK_LOST, description: 'The session is not locked.', status: 410 },
};
