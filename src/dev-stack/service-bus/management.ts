import type { MessageContent } from './amqp-codec.js';
import { readMessage } from './amqp-codec.js';
import type { BusEvents } from './bus-events.js';
import { encodeDelivery } from './delivery-codec.js';
import { swapGuid } from './lock-tokens.js';
import { readList, readNumber, readText, RequestError } from './management-values.js';
import type { Outcome, Properties, Queue } from './queue.js';
import type { Typed } from './rhea-internals.js';
import { amqp } from './rhea-internals.js';
import type { Right } from './token.js';

/** Longs and timestamps in arrays are written by type code. */
const LONG = 0x81;
const TIMESTAMP = 0x83;

/** Most messages and bytes in one peek answer. */
const MAX_PEEKED = 250;
const MAX_PEEKED_BYTES = 1024 * 1024;

/** Session state is a message's worth on the Standard tier. */
const MAX_SESSION_STATE_BYTES = 262_144;

const NO_CONTENT = 204;

export type Body = Readonly<Record<string, unknown>>;
type Reply = Readonly<Record<string, unknown>> | typeof NO_CONTENT;

/** What one operation may touch. */
export interface ManagementTarget {
  readonly queue: Queue;
  readonly maxMessageBytes: number;
  readonly events: BusEvents;
}

interface Operation {
  readonly right: Right;
  readonly run: (target: ManagementTarget, body: Body) => Reply;
}

/** Operations of `<queue>/$management`, each with the right it needs. */
export const MANAGEMENT_OPERATIONS: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ['com.microsoft:renew-lock', { right: 'Listen', run: renewLock }],
  ['com.microsoft:renew-session-lock', { right: 'Listen', run: renewSessionLock }],
  ['com.microsoft:peek-message', { right: 'Listen', run: peek }],
  ['com.microsoft:schedule-message', { right: 'Send', run: schedule }],
  ['com.microsoft:cancel-scheduled-message', { right: 'Send', run: cancelScheduled }],
  ['com.microsoft:receive-by-sequence-number', { right: 'Listen', run: receiveDeferred }],
  ['com.microsoft:update-disposition', { right: 'Listen', run: updateDisposition }],
  ['com.microsoft:set-session-state', { right: 'Listen', run: setSessionState }],
  ['com.microsoft:get-session-state', { right: 'Listen', run: getSessionState }],
  ['com.microsoft:get-message-sessions', { right: 'Listen', run: listSessions }],
]);

function renewLock({ queue }: ManagementTarget, body: Body): Reply {
  const until = lockTokens(body).map((token) => queue.renew(token));
  return { expirations: amqp.types.wrap_array(until, TIMESTAMP) };
}

function renewSessionLock({ queue }: ManagementTarget, body: Body): Reply {
  return { expiration: amqp.types.wrap_timestamp(queue.renewSession(readText(body, 'session-id'))) };
}

function peek({ queue, events }: ManagementTarget, body: Body): Reply {
  const from = readNumber(body['from-sequence-number']);
  const limit = Math.min(readNumber(body['message-count']), MAX_PEEKED);
  const session = typeof body['session-id'] === 'string' ? body['session-id'] : undefined;
  const messages: { message: Typed }[] = [];
  let bytes = 0;
  for (const message of queue.peek(from, limit, session)) {
    bytes += message.content.size;
    if (messages.length > 0 && bytes > MAX_PEEKED_BYTES) break;
    const peekState = message.state === 'deferred' ? 1 : message.state === 'scheduled' ? 2 : 0;
    const raw = encodeDelivery({ ...message, peekState });
    events.tap('out', queue.name, raw);
    messages.push({ message: amqp.types.wrap_binary(raw) });
  }
  return messages.length === 0 ? NO_CONTENT : { messages };
}

function schedule({ queue, events, maxMessageBytes }: ManagementTarget, body: Body): Reply {
  if (queue.isDeadLetter) throw new RequestError(400, 'amqp:not-allowed', 'Nothing is sent to a dead-letter queue.');
  const contents = readList(body, 'messages').map((entry): MessageContent => {
    const raw = (entry as Body)['message'];
    if (!Buffer.isBuffer(raw)) throw new RequestError(400, 'amqp:invalid-field', 'A message must be bytes.');
    if (raw.length > maxMessageBytes)
      throw new RequestError(403, 'amqp:link:message-size-exceeded', `A message may have ${maxMessageBytes} bytes.`);
    events.tap('in', queue.name, raw);
    return readMessage(raw);
  });
  return { 'sequence-numbers': amqp.types.wrap_array(queue.enqueue(contents), LONG) };
}

function cancelScheduled({ queue }: ManagementTarget, body: Body): Reply {
  for (const number of readList(body, 'sequence-numbers')) queue.cancelScheduled(readNumber(number));
  return {};
}

function receiveDeferred({ queue, events }: ManagementTarget, body: Body): Reply {
  const forGood = readNumber(body['receiver-settle-mode']) === 0;
  const messages = readList(body, 'sequence-numbers').map((number) => {
    const taken = queue.receiveDeferred(readNumber(number), forGood);
    const lock = 'token' in taken ? taken : undefined;
    const message = 'token' in taken ? taken.message : taken;
    const raw = encodeDelivery({ ...message, lockedUntil: lock?.until });
    events.tap('out', queue.name, raw);
    return {
      message: amqp.types.wrap_binary(raw),
      ...(lock ? { 'lock-token': amqp.types.wrap_uuid(swapGuid(lock.token)) } : {}),
    };
  });
  return { messages };
}

function updateDisposition({ queue }: ManagementTarget, body: Body): Reply {
  const outcome = outcomeOf(body);
  for (const token of lockTokens(body)) queue.settle(token, outcome);
  return {};
}

function outcomeOf(body: Body): Outcome {
  const properties = (body['properties-to-modify'] ?? {}) as Properties;
  switch (body['disposition-status']) {
    case 'completed':
      return { kind: 'complete' };
    case 'abandoned':
      return { kind: 'abandon', properties };
    case 'defered':
      return { kind: 'defer', properties };
    case 'suspended':
      return {
        kind: 'dead-letter',
        properties: {
          ...properties,
          ...(body['deadletter-reason'] == null ? {} : { DeadLetterReason: body['deadletter-reason'] }),
          ...(body['deadletter-description'] == null
            ? {}
            : { DeadLetterErrorDescription: body['deadletter-description'] }),
        },
      };
    default:
      throw new RequestError(400, 'amqp:invalid-field', 'Unknown disposition status.');
  }
}

function setSessionState({ queue }: ManagementTarget, body: Body): Reply {
  const session = queue.sessions.find(readText(body, 'session-id'));
  if (!session?.holder) throw new RequestError(410, 'com.microsoft:session-lock-lost', 'The session is not locked.');
  const state = body['session-state'];
  if (state != null && !Buffer.isBuffer(state))
    throw new RequestError(400, 'amqp:invalid-field', 'Session state must be bytes.');
  if (state && state.length > MAX_SESSION_STATE_BYTES)
    throw new RequestError(403, 'amqp:link:message-size-exceeded', 'The session state is too large.');
  session.state = state ? Buffer.from(state) : undefined;
  return {};
}

function getSessionState({ queue }: ManagementTarget, body: Body): Reply {
  const session = queue.sessions.find(readText(body, 'session-id'));
  if (!session?.holder) throw new RequestError(410, 'com.microsoft:session-lock-lost', 'The session is not locked.');
  return { 'session-state': session.state ? amqp.types.wrap_binary(session.state) : null };
}

function listSessions({ queue }: ManagementTarget, body: Body): Reply {
  const skip = readNumber(body['skip']);
  const ids = queue.sessions.ids().slice(skip, skip + readNumber(body['top']));
  return ids.length === 0 ? NO_CONTENT : { 'sessions-ids': ids, skip: amqp.types.wrap_int(skip + ids.length) };
}

function lockTokens(body: Body): Buffer[] {
  return readList(body, 'lock-tokens').map((token) => {
    if (!Buffer.isBuffer(token) || token.length !== 16)
      throw new RequestError(400, 'amqp:invalid-field', 'A lock token must be a UUID.');
    return swapGuid(token);
  });
}
