import { z } from 'zod';
import { envelopeSchema, type Envelope } from '../contract/envelope.js';
import type { AgentErrorCode } from '../contract/errors.js';
import {
  FrameError,
  FrameKind,
  openFrame,
  readFrameHeader,
  type FrameHeader,
  type OpenedFrame,
} from '../contract/frames.js';
import { operationSchema } from '../contract/operations.js';
import { REPLY_PREFIX } from '../contract/queues.js';
import { CONTRACT_VERSION } from '../contract/version.js';
import type { DeadLetterReason, Delivery } from './bus-link.js';
import { CLOCK_TOLERANCE_MS } from './journal.js';
import { parseJson } from './member-record.js';
import type { Session } from './session.js';

/** Longest life a request may claim: ids must be remembered as long, and no caller waits longer. */
const MAX_LIFE_MS = 15 * 60 * 1000;
const MAX_QUEUE_NAME = 260;

export interface OpenedRequest {
  readonly envelope: Envelope;
  readonly envelopeBytes: Buffer;
  readonly proof: Buffer;
  readonly replyTo: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
  readonly body: Buffer;
  /** No more of the body follows. */
  readonly whole: boolean;
}

/** What a message turned out to be. */
export type Opening =
  | { readonly kind: 'request'; readonly request: OpenedRequest }
  /** Made by the control plane, but not for us to run: answered, so that nobody waits for it. */
  | {
      readonly kind: 'refused';
      readonly header: FrameHeader;
      readonly replyTo: string;
      readonly code: AgentErrorCode;
      readonly message: string;
      readonly deadLetter: DeadLetterReason | undefined;
    }
  /** Nothing that can be read or believed: set aside, never answered. */
  | { readonly kind: 'unreadable' };

const versionSchema = z.object({ contractVersion: z.int() });
const operationNameSchema = z.object({ operation: z.object({ name: z.string() }) });
const KNOWN_OPERATIONS: ReadonlySet<string> = new Set(operationSchema.options.map((option) => option.shape.name.value));
const UNREADABLE: Opening = { kind: 'unreadable' };

/** Opens a frame of this session; undefined for one that was not made for it. */
export function openSessionFrame(session: Session, bytes: Buffer | undefined): OpenedFrame | undefined {
  if (!bytes) return undefined;
  try {
    const header = readFrameHeader(bytes);
    if (header.epoch !== session.epoch) return undefined;
    if (header.memberId !== undefined && header.memberId !== session.memberId) return undefined;
    return openFrame(session.requestKey, session.gatewayId, bytes);
  } catch (error) {
    if (error instanceof FrameError) return undefined;
    throw error;
  }
}

/** Reads a request frame whose seal has been checked. */
export function readRequest(session: Session, frame: OpenedFrame, delivery: Delivery, now: number): Opening {
  const replyTo = delivery.replyTo;
  if (!replyTo?.startsWith(`${REPLY_PREFIX}/`) || replyTo.length > MAX_QUEUE_NAME) return UNREADABLE;
  const { header } = frame;
  if (header.kind !== FrameKind.Request || header.frame !== 0) return UNREADABLE;

  const refused = (code: AgentErrorCode, message: string, deadLetter?: DeadLetterReason): Opening => ({
    kind: 'refused',
    header,
    replyTo,
    code,
    message,
    deadLetter,
  });
  const json = parseJson(frame.head);
  const version = versionSchema.safeParse(json);
  if (!version.success) return UNREADABLE;
  if (version.data.contractVersion !== CONTRACT_VERSION) {
    return refused('CONTRACT_UNSUPPORTED', 'The member does not speak this version of the contract.', 'CONTRACT_UNSUPPORTED'); // prettier-ignore
  }
  const parsed = envelopeSchema.safeParse(json);
  if (!parsed.success) {
    const named = operationNameSchema.safeParse(json);
    return named.success && !KNOWN_OPERATIONS.has(named.data.operation.name)
      ? refused('OPERATION_UNSUPPORTED', 'The member does not know this operation: update its agent.')
      : refused('VALIDATION_FAILED', 'The request does not follow the contract.', 'UNREADABLE');
  }
  const envelope = parsed.data;
  if (!isFor(envelope, header, session)) return UNREADABLE;

  const expiresAt = Date.parse(envelope.expiresAt);
  if (expiresAt + CLOCK_TOLERANCE_MS <= now) return refused('REQUEST_EXPIRED', 'The request came too late to be run.');
  if (expiresAt > now + MAX_LIFE_MS) return refused('VALIDATION_FAILED', 'The request claims too long a life.');
  const { head: envelopeBytes, extra: proof, body } = frame;
  return {
    kind: 'request',
    request: { envelope, envelopeBytes, proof, replyTo, expiresAt, body, whole: header.last },
  };
}

/** Header and envelope say the same, and mean this member. */
function isFor(envelope: Envelope, header: FrameHeader, session: Session): boolean {
  return (
    envelope.requestId.toLowerCase() === header.requestId &&
    envelope.attempt === header.attempt &&
    envelope.gatewayId.toLowerCase() === session.gatewayId.toLowerCase() &&
    envelope.tenantId.toLowerCase() === session.tenantId.toLowerCase() &&
    envelope.memberId === header.memberId
  );
}
