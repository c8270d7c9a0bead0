import { createCipheriv, createDecipheriv, randomFillSync } from 'node:crypto';

/**
 * Frames: how bytes travel through the bus. Every frame is sealed with AES-256-GCM under a session key; its header is
 * readable (a router needs it) and bound in as additional data together with the gateway's id.
 *
 * Layout, in bytes, big-endian: version 1 · kind 1 · attempt 1 · flags 1 · frame number 4 · epoch 4 · request id 16 ·
 * member id 16 (zeros: any) · nonce 12 · ciphertext · tag 16. The plaintext is: head length 4 · extra length 4 · head
 * (JSON) · extra (JSON) · body.
 *
 * Random 96-bit nonces are safe for 2^32 frames under one key (NIST SP 800-38D, 8.3); an epoch's keys are replaced
 * long before.
 */

export const FrameKind = {
  /** Envelope and the first bytes of its body; under the key of all members. */
  Request: 1,
  /** More of a request's body; under the key of all members. */
  RequestPart: 2,
  /** Cancel, credit, probe; under the key of all members. */
  Control: 3,
  /** A part of the answer; under the member's own key. */
  Reply: 4,
  /** Credit for the request's body; under the member's own key. */
  BodyCredit: 5,
} as const;
export type FrameKind = (typeof FrameKind)[keyof typeof FrameKind];

/** Most body bytes in one frame: 192 KiB leaves room for head and headers in a 256 KB message of the Standard tier. */
export const MAX_FRAME_BODY_BYTES = 192 * 1024;

/** Frames that may be on the way before the receiver says that it has room for more. 32 × 192 KiB = 6 MiB at most in memory. */
export const FRAME_WINDOW = 32;

const VERSION = 1;
const HEADER_BYTES = 44;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const LAST = 1;
const ANY_MEMBER = '00000000-0000-0000-0000-000000000000';
const DOMAIN = Buffer.from('tidegate-frame/1');
const KINDS: ReadonlySet<number> = new Set(Object.values(FrameKind));

export interface FrameHeader {
  readonly kind: FrameKind;
  readonly attempt: number;
  /** From 0, without gaps within one request, attempt and direction. */
  readonly frame: number;
  readonly last: boolean;
  readonly epoch: number;
  readonly requestId: string;
  /** The member spoken to or speaking; undefined while any may take it. */
  readonly memberId?: string | undefined;
}

export interface FrameContent {
  /** JSON text of the frame's head; empty when it has none. */
  readonly head?: Uint8Array | string | undefined;
  /** A second JSON text: the proof of a write, the trailer of an answer. */
  readonly extra?: Uint8Array | string | undefined;
  readonly body?: Uint8Array | undefined;
}

export interface OpenedFrame {
  readonly header: FrameHeader;
  readonly head: Buffer;
  readonly extra: Buffer;
  readonly body: Buffer;
}

/** A frame that cannot be read or was not made by who it claims. Says no more on purpose. */
export class FrameError extends Error {
  override readonly name = 'FrameError';
}

/**
 * Seals one frame.
 *
 * @param key 32 bytes: the request key of the epoch, or the member's reply key
 */
export function sealFrame(key: Uint8Array, gatewayId: string, header: FrameHeader, content: FrameContent): Buffer {
  const head = toBuffer(content.head);
  const extra = toBuffer(content.extra);
  const body = content.body ?? Buffer.alloc(0);
  const prefix = Buffer.allocUnsafe(HEADER_BYTES + NONCE_BYTES);
  writeHeader(prefix, header);
  writeNonce(prefix, HEADER_BYTES);

  const lengths = Buffer.allocUnsafe(8);
  lengths.writeUInt32BE(head.length, 0);
  lengths.writeUInt32BE(extra.length, 4);
  const cipher = createCipheriv('aes-256-gcm', key, prefix.subarray(HEADER_BYTES));
  cipher.setAAD(additionalData(gatewayId, prefix.subarray(0, HEADER_BYTES)));
  const sealed = [
    prefix,
    cipher.update(lengths),
    cipher.update(head),
    cipher.update(extra),
    cipher.update(body),
    cipher.final(),
  ];
  return Buffer.concat([...sealed, cipher.getAuthTag()]);
}

/**
 * Reads the header without opening the frame: for routing only, nothing in it is proven yet.
 *
 * @throws FrameError
 */
export function readFrameHeader(bytes: Buffer): FrameHeader {
  const kind = bytes[1];
  if (
    bytes.length < HEADER_BYTES + NONCE_BYTES + 8 + TAG_BYTES ||
    bytes[0] !== VERSION ||
    kind === undefined ||
    !KINDS.has(kind)
  ) {
    throw new FrameError('not a frame of this version');
  }
  const memberId = formatUuid(bytes, 28);
  return {
    kind: kind as FrameKind,
    attempt: bytes.readUInt8(2),
    last: (bytes.readUInt8(3) & LAST) !== 0,
    frame: bytes.readUInt32BE(4),
    epoch: bytes.readUInt32BE(8),
    requestId: formatUuid(bytes, 12),
    ...(memberId === ANY_MEMBER ? {} : { memberId }),
  };
}

/**
 * Opens a frame and proves that a holder of the key made it for this gateway, request, attempt and place in the stream.
 *
 * @throws FrameError
 */
export function openFrame(key: Uint8Array, gatewayId: string, bytes: Buffer): OpenedFrame {
  const header = readFrameHeader(bytes);
  const tagAt = bytes.length - TAG_BYTES;
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(HEADER_BYTES, HEADER_BYTES + NONCE_BYTES));
  decipher.setAAD(additionalData(gatewayId, bytes.subarray(0, HEADER_BYTES)));
  decipher.setAuthTag(bytes.subarray(tagAt));
  const plain = decipher.update(bytes.subarray(HEADER_BYTES + NONCE_BYTES, tagAt));
  try {
    decipher.final();
  } catch (cause) {
    throw new FrameError('the frame does not open under this key', { cause });
  }
  const headEnd = 8 + plain.readUInt32BE(0);
  const extraEnd = headEnd + plain.readUInt32BE(4);
  if (extraEnd > plain.length) throw new FrameError('lengths inside the frame do not fit');
  return {
    header,
    head: plain.subarray(8, headEnd),
    extra: plain.subarray(headEnd, extraEnd),
    body: plain.subarray(extraEnd),
  };
}

/** Nonces drawn ahead: one call into the random generator for a thousand frames, each used once. */
const nonces = Buffer.alloc(NONCE_BYTES * 1024);
let nextNonce = nonces.length;

function writeNonce(target: Buffer, at: number): void {
  if (nextNonce === nonces.length) {
    randomFillSync(nonces);
    nextNonce = 0;
  }
  nonces.copy(target, at, nextNonce, nextNonce + NONCE_BYTES);
  nextNonce += NONCE_BYTES;
}

function writeHeader(target: Buffer, header: FrameHeader): void {
  target.writeUInt8(VERSION, 0);
  target.writeUInt8(header.kind, 1);
  target.writeUInt8(header.attempt, 2);
  target.writeUInt8(header.last ? LAST : 0, 3);
  target.writeUInt32BE(header.frame, 4);
  target.writeUInt32BE(header.epoch, 8);
  writeUuid(target, 12, header.requestId);
  writeUuid(target, 28, header.memberId ?? ANY_MEMBER);
}

function additionalData(gatewayId: string, header: Buffer): Buffer {
  const data = Buffer.allocUnsafe(DOMAIN.length + 16 + HEADER_BYTES);
  DOMAIN.copy(data);
  writeUuid(data, DOMAIN.length, gatewayId);
  header.copy(data, DOMAIN.length + 16);
  return data;
}

function writeUuid(target: Buffer, at: number, id: string): void {
  const hex = id.replaceAll('-', '');
  if (hex.length !== 32 || target.write(hex, at, 16, 'hex') !== 16)
    throw new FrameError('an id in a frame is not a UUID');
}

function formatUuid(bytes: Buffer, at: number): string {
  const hex = bytes.toString('hex', at, at + 16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

function toBuffer(text: Uint8Array | string | undefined): Uint8Array {
  if (text === undefined) return Buffer.alloc(0);
  return typeof text === 'string' ? Buffer.from(text) : text;
}
