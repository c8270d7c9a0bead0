import type { MessageContent } from './amqp-codec.js';
import { compoundAt, skipValue, textAt } from './amqp-codec.js';
import { encodeValue } from './rhea-internals.js';

/** How the broker sees one message at the moment it hands it out. */
export interface DeliveryView {
  readonly content: MessageContent;
  readonly sequenceNumber: number;
  readonly enqueuedAt: number;
  readonly deliveryCount: number;
  readonly deadLetterSource: string | undefined;
  /** Milliseconds since 1970; absent in receive-and-delete. */
  readonly lockedUntil?: number | undefined;
  /** Only told when peeking: 0 active, 1 deferred, 2 scheduled. */
  readonly peekState?: number;
}

const LONG = 0x81;
const TIMESTAMP = 0x83;
const INT = 0x54;
const WIDE_STRING = 0xb1;

const SEQUENCE_NUMBER = key('x-opt-sequence-number', LONG);
const ENQUEUED_TIME = key('x-opt-enqueued-time', TIMESTAMP);
const LOCKED_UNTIL = key('x-opt-locked-until', TIMESTAMP);
const MESSAGE_STATE = key('x-opt-message-state', INT);
const DEAD_LETTER_SOURCE = key('x-opt-deadletter-source', WIDE_STRING);

/** Header with every field at its widest, annotation head, four fixed annotations. */
const FIXED_ROOM =
  20 + 12 + SEQUENCE_NUMBER.length + ENQUEUED_TIME.length + LOCKED_UNTIL.length + MESSAGE_STATE.length + 32;

/** Properties of a message may grow by what abandoners and dead-letterers add, up to the broker's 64 KB for headers. */
const MAX_APPLICATION_PROPERTIES = 65_536;

/** A message as it goes out: the broker's header and annotations in front of the sender's untouched rest. */
export function encodeDelivery(view: DeliveryView): Buffer {
  const { content } = view;
  const source = view.deadLetterSource === undefined ? undefined : Buffer.from(view.deadLetterSource);
  const room = FIXED_ROOM + content.annotations.length + (source ? DEAD_LETTER_SOURCE.length + 4 + source.length : 0);
  const rest = content.properties.length + content.applicationProperties.length + content.body.length;
  const out = Buffer.allocUnsafe(room + rest);
  let at = writeHeader(out, content, view.deliveryCount);

  out.set([0x00, 0x53, 0x72, 0xd1], at);
  const size = at + 4;
  at = size + 8;
  at += content.annotations.copy(out, at);
  let items = content.annotationItems + 4;
  at = writeLong(out, at, SEQUENCE_NUMBER, view.sequenceNumber);
  at = writeLong(out, at, ENQUEUED_TIME, view.enqueuedAt);
  if (view.lockedUntil !== undefined) {
    at = writeLong(out, at, LOCKED_UNTIL, view.lockedUntil);
    items += 2;
  }
  if (view.peekState !== undefined) {
    at += MESSAGE_STATE.copy(out, at);
    out[at++] = view.peekState;
    items += 2;
  }
  if (source) {
    at += DEAD_LETTER_SOURCE.copy(out, at);
    at = out.writeUInt32BE(source.length, at);
    at += source.copy(out, at);
    items += 2;
  }
  out.writeUInt32BE(at - size - 4, size);
  out.writeUInt32BE(items, size + 4);

  at += content.properties.copy(out, at);
  at += content.applicationProperties.copy(out, at);
  at += content.body.copy(out, at);
  return out.subarray(0, at);
}

/** The same message with application properties set or replaced; unchanged where they would outgrow 64 KB. */
export function withApplicationProperties(
  content: MessageContent,
  changes: Readonly<Record<string, unknown>>,
): MessageContent {
  const keys = Object.keys(changes);
  if (keys.length === 0) return content;
  const entries: Buffer[] = [];
  const raw = content.applicationProperties;
  if (raw.length > 0) {
    const { count, first } = compoundAt(raw, raw[1] === 0x53 ? 3 : 10);
    let at = first;
    for (let i = 0; i + 1 < count; i += 2) {
      const next = skipValue(raw, skipValue(raw, at));
      if (!keys.includes(textAt(raw, at) ?? '')) entries.push(raw.subarray(at, next));
      at = next;
    }
  }
  for (const name of keys) entries.push(Buffer.concat([encodeValue(name), encodeValue(changes[name])]));
  const pairs = Buffer.concat(entries);
  if (pairs.length > MAX_APPLICATION_PROPERTIES) return content;
  const head = Buffer.alloc(12);
  head.set([0x00, 0x53, 0x74, 0xd1]);
  head.writeUInt32BE(4 + pairs.length, 4);
  head.writeUInt32BE(entries.length * 2, 8);
  const applicationProperties = Buffer.concat([head, pairs]);
  return { ...content, applicationProperties, size: content.size + applicationProperties.length - raw.length };
}

function writeHeader(out: Buffer, content: MessageContent, deliveryCount: number): number {
  out.set([0x00, 0x53, 0x70, 0xc0, 0, 5, content.durable ? 0x41 : 0x42], 0);
  let at = 7;
  if (content.priority === undefined) out[at++] = 0x40;
  else at = out.writeUInt8(content.priority, out.writeUInt8(0x50, at));
  if (content.ttlMs === undefined) out[at++] = 0x40;
  else at = out.writeUInt32BE(content.ttlMs, out.writeUInt8(0x70, at));
  out[at++] = 0x40;
  at = out.writeUInt32BE(deliveryCount, out.writeUInt8(0x70, at));
  out[4] = at - 5;
  return at;
}

function writeLong(out: Buffer, start: number, annotation: Buffer, value: number): number {
  const at = start + annotation.copy(out, start);
  out.writeInt32BE(Math.floor(value / 2 ** 32), at);
  return out.writeUInt32BE(value % 2 ** 32, at + 4);
}

/** Symbol key and the type byte of its value. */
function key(name: string, type: number): Buffer {
  return Buffer.from([0xa3, name.length, ...Buffer.from(name), type]);
}
