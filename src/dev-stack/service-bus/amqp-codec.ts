import { randomUUID } from 'node:crypto';

/** Section descriptors of an AMQP 1.0 message (OASIS AMQP 1.0 part 3, section 3.2). */
const HEADER = 0x70;
const DELIVERY_ANNOTATIONS = 0x71;
const MESSAGE_ANNOTATIONS = 0x72;
const PROPERTIES = 0x73;
const APPLICATION_PROPERTIES = 0x74;
const DATA = 0x75;
const FOOTER = 0x78;

const EMPTY = Buffer.alloc(0);
const GROUP_ID_FIELD = 10;

/** Bytes that are no AMQP message. */
export class MalformedMessageError extends Error {
  override readonly name = 'MalformedMessageError';
}

/** A message cut into the pieces the broker touches; `body` is never looked into. */
export interface MessageContent {
  readonly durable: boolean;
  readonly priority: number | undefined;
  readonly ttlMs: number | undefined;
  /** Key-value pairs of the sender's annotations, encoded, without those the broker owns. */
  readonly annotations: Buffer;
  readonly annotationItems: number;
  readonly properties: Buffer;
  readonly applicationProperties: Buffer;
  readonly body: Buffer;
  readonly messageId: string;
  readonly sessionId: string | undefined;
  /** Milliseconds since 1970, when the sender asked for a later enqueue. */
  readonly scheduledAt: number | undefined;
  /** Bytes as sent. */
  readonly size: number;
}

export interface Section {
  readonly code: number;
  readonly start: number;
  /** Where the section's value begins (its constructor byte). */
  readonly value: number;
  readonly end: number;
}

/** A list or map: `count` items from `first` to `end`. */
export interface Compound {
  readonly count: number;
  readonly first: number;
  readonly end: number;
}

/** Position behind the value at `at`. Described values inside values are legal, described descriptors are not needed. */
export function skipValue(raw: Buffer, at: number): number {
  let end: number;
  const code = byteAt(raw, at);
  if (code === 0x00) {
    if (byteAt(raw, at + 1) === 0x00) throw new MalformedMessageError('a descriptor may not be described');
    const value = skipValue(raw, at + 1);
    if (byteAt(raw, value) === 0x00) throw new MalformedMessageError('one descriptor per value');
    return skipValue(raw, value);
  }
  switch (code >>> 4) {
    case 0x4:
      end = at + 1;
      break;
    case 0x5:
      end = at + 2;
      break;
    case 0x6:
      end = at + 3;
      break;
    case 0x7:
      end = at + 5;
      break;
    case 0x8:
      end = at + 9;
      break;
    case 0x9:
      end = at + 17;
      break;
    case 0xa:
    case 0xc:
    case 0xe:
      end = at + 2 + byteAt(raw, at + 1);
      break;
    case 0xb:
    case 0xd:
    case 0xf:
      end = at + 5 + uintAt(raw, at + 1);
      break;
    default:
      throw new MalformedMessageError(`unknown type 0x${code.toString(16)}`);
  }
  if (end > raw.length) throw new MalformedMessageError('a value reaches past the end');
  return end;
}

/** Walks the sections of a message; body sections are skipped by their length. */
export function* sections(raw: Buffer): Generator<Section> {
  let at = 0;
  while (at < raw.length) {
    const start = at;
    if (byteAt(raw, at) !== 0x00) throw new MalformedMessageError('a section must be described');
    const kind = byteAt(raw, at + 1);
    let code: number;
    if (kind === 0x53) code = byteAt(raw, at + 2);
    else if (kind === 0x80) code = byteAt(raw, at + 9);
    else throw new MalformedMessageError('a section needs a numeric descriptor');
    const value = at + (kind === 0x53 ? 3 : 10);
    at = skipValue(raw, value);
    yield { code, start, value, end: at };
  }
}

/** Reads the head of a list or map. */
export function compoundAt(raw: Buffer, at: number): Compound {
  const code = byteAt(raw, at);
  if (code === 0x45) return { count: 0, first: at + 1, end: at + 1 };
  if (code === 0xc0 || code === 0xc1) return { count: byteAt(raw, at + 2), first: at + 3, end: skipValue(raw, at) };
  if (code === 0xd0 || code === 0xd1) return { count: uintAt(raw, at + 5), first: at + 9, end: skipValue(raw, at) };
  throw new MalformedMessageError('expected a list or a map');
}

/** The text of a string or symbol, undefined for any other type. */
export function textAt(raw: Buffer, at: number): string | undefined {
  const code = byteAt(raw, at);
  if (code === 0xa1 || code === 0xa3) return raw.toString('utf8', at + 2, at + 2 + byteAt(raw, at + 1));
  if (code === 0xb1 || code === 0xb3) return raw.toString('utf8', at + 5, at + 5 + uintAt(raw, at + 1));
  return undefined;
}

/** Encoded messages inside a batch (format 0x80013700): one data section each. */
export function splitBatch(raw: Buffer): Buffer[] {
  const messages: Buffer[] = [];
  for (const section of sections(raw)) {
    if (section.code !== DATA) continue;
    const wide = byteAt(raw, section.value) === 0xb0;
    messages.push(raw.subarray(section.value + (wide ? 5 : 2), section.end));
  }
  if (messages.length === 0) throw new MalformedMessageError('an empty batch');
  return messages;
}

/**
 * Cuts a message at its section borders.
 *
 * A message without id gets one: the client's lock renewer keys its timers on it.
 *
 * @throws MalformedMessageError
 */
export function readMessage(bytes: Buffer): MessageContent {
  // A small message may be a view of a 64 KB socket read, which it would keep alive for as long as it waits.
  const raw = bytes.buffer.byteLength > 2 * bytes.length ? Buffer.from(bytes) : bytes;
  let header: Header = NO_HEADER;
  let annotations: Annotations = NO_ANNOTATIONS;
  let properties: Properties | undefined;
  let applicationProperties: Buffer = EMPTY;
  let body: Buffer = EMPTY;
  for (const section of sections(raw)) {
    if (section.code === HEADER) header = readHeader(raw, section.value);
    else if (section.code === MESSAGE_ANNOTATIONS) annotations = readAnnotations(raw, section.value);
    else if (section.code === PROPERTIES) properties = readProperties(raw, section);
    else if (section.code === APPLICATION_PROPERTIES) applicationProperties = raw.subarray(section.start, section.end);
    else if (section.code >= DATA && section.code <= FOOTER) {
      body = raw.subarray(section.start);
      break;
    } else if (section.code !== DELIVERY_ANNOTATIONS) throw new MalformedMessageError('unknown section');
  }
  return {
    ...header,
    ...annotations,
    ...(properties ?? newProperties()),
    applicationProperties,
    body,
    size: raw.length,
  };
}

interface Header {
  readonly durable: boolean;
  readonly priority: number | undefined;
  readonly ttlMs: number | undefined;
}
const NO_HEADER: Header = { durable: false, priority: undefined, ttlMs: undefined };

function readHeader(raw: Buffer, at: number): Header {
  const { count, first } = compoundAt(raw, at);
  let { durable, priority, ttlMs } = NO_HEADER;
  let field = first;
  for (let i = 0; i < Math.min(count, 3); i++) {
    const code = byteAt(raw, field);
    if (i === 0) durable = code === 0x41 || (code === 0x56 && byteAt(raw, field + 1) === 1);
    else if (i === 1 && code === 0x50) priority = byteAt(raw, field + 1);
    else if (i === 2) ttlMs = unsignedAt(raw, field);
    field = skipValue(raw, field);
  }
  return { durable, priority, ttlMs };
}

interface Annotations {
  readonly annotations: Buffer;
  readonly annotationItems: number;
  readonly scheduledAt: number | undefined;
}
const NO_ANNOTATIONS: Annotations = { annotations: EMPTY, annotationItems: 0, scheduledAt: undefined };

/** Annotations that only the broker may write; a forwarded message carries those of its former life. */
const BROKER_OWNED = new Set([
  'x-opt-sequence-number',
  'x-opt-enqueued-time',
  'x-opt-locked-until',
  'x-opt-deadletter-source',
  'x-opt-message-state',
  'x-opt-enqueue-sequence-number',
]);

function readAnnotations(raw: Buffer, at: number): Annotations {
  const { count, first } = compoundAt(raw, at);
  if (count === 0) return NO_ANNOTATIONS;
  const kept: Buffer[] = [];
  let scheduledAt: number | undefined;
  let key = first;
  for (let i = 0; i + 1 < count; i += 2) {
    const value = skipValue(raw, key);
    const next = skipValue(raw, value);
    const name = textAt(raw, key) ?? '';
    if (name === 'x-opt-scheduled-enqueue-time' && byteAt(raw, value) === 0x83)
      scheduledAt = Number(raw.readBigInt64BE(value + 1));
    if (!BROKER_OWNED.has(name)) kept.push(raw.subarray(key, next));
    key = next;
  }
  return { annotations: Buffer.concat(kept), annotationItems: kept.length * 2, scheduledAt };
}

interface Properties {
  readonly properties: Buffer;
  readonly messageId: string;
  readonly sessionId: string | undefined;
}

function readProperties(raw: Buffer, section: Section): Properties {
  const { count, first, end } = compoundAt(raw, section.value);
  let messageId: string | undefined;
  let sessionId: string | undefined;
  let field = first;
  let afterId = first;
  for (let i = 0; i < Math.min(count, GROUP_ID_FIELD + 1); i++) {
    const next = skipValue(raw, field);
    if (i === 0) {
      afterId = next;
      if (byteAt(raw, field) !== 0x40) messageId = textAt(raw, field) ?? raw.toString('hex', field, next);
    } else if (i === GROUP_ID_FIELD) sessionId = textAt(raw, field);
    field = next;
  }
  if (messageId !== undefined) return { properties: raw.subarray(section.start, section.end), messageId, sessionId };
  const made = newProperties(Math.max(count, 1), raw.subarray(afterId, end));
  return { ...made, sessionId };
}

/** A properties section with a fresh message id in front of the other fields. */
function newProperties(count = 1, others: Buffer = EMPTY): Properties {
  const messageId = randomUUID().replaceAll('-', '');
  const head = Buffer.alloc(14);
  head.set([0x00, 0x53, PROPERTIES, 0xd0]);
  head.writeUInt32BE(4 + 2 + messageId.length + others.length, 4);
  head.writeUInt32BE(count, 8);
  head.set([0xa1, messageId.length], 12);
  return { properties: Buffer.concat([head, Buffer.from(messageId), others]), messageId, sessionId: undefined };
}

/** An unsigned number of up to 32 bits, undefined for null or another type. */
function unsignedAt(raw: Buffer, at: number): number | undefined {
  const code = byteAt(raw, at);
  if (code === 0x43) return 0;
  if (code === 0x52) return byteAt(raw, at + 1);
  return code === 0x70 ? uintAt(raw, at + 1) : undefined;
}

function byteAt(raw: Buffer, at: number): number {
  const value = raw[at];
  if (value === undefined) throw new MalformedMessageError('the message ends early');
  return value;
}

function uintAt(raw: Buffer, at: number): number {
  if (at + 4 > raw.length) throw new MalformedMessageError('the message ends early');
  return raw.readUInt32BE(at);
}
