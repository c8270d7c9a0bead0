import { randomBytes, randomUUID } from 'node:crypto';
import type { ServiceBusClient, ServiceBusReceiver, ServiceBusSender } from '@azure/service-bus';
import type { Envelope } from '../../src/contract/envelope.js';
import {
  FRAME_WINDOW,
  FrameKind,
  MAX_FRAME_BODY_BYTES,
  openFrame,
  readFrameHeader,
  sealFrame,
  type OpenedFrame,
} from '../../src/contract/frames.js';
import type { Operation } from '../../src/contract/operations.js';
import { replyQueue } from '../../src/contract/queues.js';
import {
  replyHeadSchema,
  replyTrailerSchema,
  type Control,
  type ReplyHead,
  type ReplyTrailer,
} from '../../src/contract/replies.js';
import type { AgentControlPlane } from './agent-control-plane.js';
import type { ServiceBusFixture } from './service-bus-fixture.js';
import { until } from './until.js';

export interface AskOptions {
  readonly operation?: Operation;
  readonly connection?: Partial<Envelope['connection']>;
  /** Addresses the member; needed for writes. */
  readonly addressed?: boolean;
  readonly signed?: boolean;
  readonly body?: Buffer;
  readonly attempt?: number;
  readonly requestId?: string;
  readonly expiresInMs?: number;
  readonly idempotencyHash?: string;
  /** Changes the envelope after it was made, to break it. */
  readonly change?: (envelope: Envelope) => unknown;
  /** Seals under another key, to forge. */
  readonly requestKey?: Buffer;
  /** Credit is given by hand. */
  readonly stingy?: boolean;
}

/** The replica's side of the wire, written from the protocol with the contract's own functions. */
export class AgentReplica {
  readonly frames = new Map<string, OpenedFrame[]>();
  private readonly senders = new Map<string, ServiceBusSender>();
  private readonly bodyCredit = new Map<string, number>();
  private readonly stingy = new Set<string>();
  private controls = 0;

  private constructor(
    private readonly plane: AgentControlPlane,
    private readonly bus: ServiceBusClient,
    private readonly receiver: ServiceBusReceiver,
    readonly replyTo: string,
  ) {}

  static async start(plane: AgentControlPlane, fixture: ServiceBusFixture): Promise<AgentReplica> {
    const emulator = plane.emulatorConnectionString !== undefined;
    const replyTo = emulator ? 'rp/emulator' : replyQueue('c1', 1, randomUUID());
    if (!emulator) await fixture.admin().createQueue(replyTo);
    const bus = emulator ? fixture.emulatorClient() : fixture.client();
    const receiver = bus.createReceiver(replyTo, { receiveMode: 'receiveAndDelete', skipParsingBodyAsJson: true });
    const replica = new AgentReplica(plane, bus, receiver, replyTo);
    receiver.subscribe(
      {
        processMessage: async ({ body }) => replica.onReply(body as Buffer),
        processError: () => Promise.resolve(),
      },
      { maxConcurrentCalls: 1000 },
    );
    return replica;
  }

  /** Sends a request. @returns its id */
  async ask(options: AskOptions = {}): Promise<string> {
    const { plane } = this;
    const requestId = options.requestId ?? randomUUID();
    const attempt = options.attempt ?? 1;
    const memberId = options.addressed ? plane.memberId : undefined;
    const body = options.body ?? Buffer.alloc(0);
    const envelope: Envelope = {
      contractVersion: 1,
      requestId,
      attempt,
      traceId: randomBytes(16).toString('hex'),
      tenantId: plane.tenantId,
      gatewayId: plane.gatewayId,
      ...(memberId === undefined ? {} : { memberId }),
      expiresAt: new Date(Date.now() + (options.expiresInMs ?? 60_000)).toISOString(),
      connection: {
        id: 'a3c4f0f2-7a0e-4c56-a7d0-7e7a9f1b2c3d',
        target: { kind: 'postgresql', server: 'db', port: 5432, database: 'd' },
        credentialType: 'Anonymous',
        encryption: 'NotEncrypted',
        ...options.connection,
      },
      operation: options.operation ?? { name: 'listTables' },
      ...(options.idempotencyHash === undefined ? {} : { idempotencyHash: options.idempotencyHash }),
    };
    const head = Buffer.from(JSON.stringify(options.change ? options.change(envelope) : envelope));
    const first = body.subarray(0, MAX_FRAME_BODY_BYTES);
    const whole = body.length <= MAX_FRAME_BODY_BYTES;
    const header = {
      kind: FrameKind.Request,
      attempt,
      frame: 0,
      last: whole,
      epoch: plane.keys.epoch,
      requestId,
      memberId,
    };
    const extra = options.addressed && options.signed !== false ? JSON.stringify(await plane.prove(head)) : undefined;
    const bytes = sealFrame(options.requestKey ?? plane.keys.requestKey, plane.gatewayId, header, {
      head,
      extra,
      body: first,
    });
    if (!this.frames.has(requestId)) this.frames.set(requestId, []);
    if (options.stingy) this.stingy.add(requestId);
    await this.send(
      options.addressed ? plane.queues.member : plane.queues.work,
      `${requestId}.${attempt}`,
      requestId,
      bytes,
    );
    if (!whole) await this.sendParts(requestId, attempt, body.subarray(MAX_FRAME_BODY_BYTES));
    return requestId;
  }

  async control(requestId: string, control: Control, attempt = 1): Promise<void> {
    const { plane } = this;
    this.controls += 1;
    const { memberId } = plane;
    const header = {
      kind: FrameKind.Control,
      attempt,
      frame: this.controls,
      last: true,
      epoch: plane.keys.epoch,
      requestId,
      memberId,
    };
    const bytes = sealFrame(plane.keys.requestKey, plane.gatewayId, header, { head: JSON.stringify(control) });
    await this.send(plane.queues.member, `${requestId}.c${this.controls}`, requestId, bytes);
  }

  /** Waits for the whole answer. */
  async answer(
    requestId: string,
    timeoutMs = 20_000,
  ): Promise<{ head: ReplyHead; body: Buffer; trailer: ReplyTrailer }> {
    const frames = await until('the whole answer', () => {
      const seen = this.frames.get(requestId) ?? [];
      return seen.at(-1)?.header.last ? seen : undefined;
    }, timeoutMs); // prettier-ignore
    const real = frames.filter((frame) => !isAccepted(frame));
    const head = replyHeadSchema.parse(JSON.parse(real[0]?.head.toString() ?? ''));
    const extra = frames.at(-1)?.extra.toString() ?? '';
    return {
      head,
      body: Buffer.concat(real.map(({ body }) => body)),
      trailer: extra === '' ? {} : replyTrailerSchema.parse(JSON.parse(extra)),
    };
  }

  /** Sends bytes as they are, to any of the member's places. */
  async send(queue: string, messageId: string, correlationId: string, body: Buffer): Promise<void> {
    let sender = this.senders.get(queue);
    if (!sender) this.senders.set(queue, (sender = this.bus.createSender(queue)));
    await sender.sendMessages({ body, messageId, correlationId, replyTo: this.replyTo, timeToLive: 60_000 });
  }

  async stop(): Promise<void> {
    await this.receiver.close();
    await this.bus.close();
  }

  private async sendParts(requestId: string, attempt: number, rest: Buffer): Promise<void> {
    const { plane } = this;
    await until('the word that the request was taken', () => (this.frames.get(requestId)?.length ?? 0) > 0);
    const count = Math.ceil(rest.length / MAX_FRAME_BODY_BYTES);
    for (let index = 0; index < count; index += 1) {
      const frame = index + 1;
      await until('room for more of the body', () => frame < (this.bodyCredit.get(requestId) ?? FRAME_WINDOW));
      const last = frame === count;
      const { memberId } = plane;
      const header = {
        kind: FrameKind.RequestPart,
        attempt,
        frame,
        last,
        epoch: plane.keys.epoch,
        requestId,
        memberId,
      };
      const body = rest.subarray(index * MAX_FRAME_BODY_BYTES, frame * MAX_FRAME_BODY_BYTES);
      const bytes = sealFrame(plane.keys.requestKey, plane.gatewayId, header, { body });
      await this.send(plane.queues.member, `${requestId}.p${frame}`, requestId, bytes);
    }
  }

  private async onReply(bytes: Buffer): Promise<void> {
    const { epoch } = readFrameHeader(bytes);
    const frame = openFrame(this.plane.keysOf(epoch).replyKey, this.plane.gatewayId, bytes);
    const { requestId, kind, attempt } = frame.header;
    if (kind === FrameKind.BodyCredit) {
      const { upTo } = JSON.parse(frame.head.toString()) as { upTo: number };
      this.bodyCredit.set(requestId, upTo);
      return;
    }
    const seen = this.frames.get(requestId) ?? [];
    this.frames.set(requestId, seen);
    seen.push(frame);
    const gap = seen.some(({ header }, index) => header.attempt === attempt && header.frame !== index);
    if (gap && attempt === 1) throw new Error('a gap in an answer');
    const half = FRAME_WINDOW / 2;
    if (!this.stingy.has(requestId) && !frame.header.last && (frame.header.frame + 1) % half === 0) {
      await this.control(requestId, { type: 'credit', upTo: frame.header.frame + 1 + FRAME_WINDOW }, attempt);
    }
  }
}

function isAccepted({ head }: OpenedFrame): boolean {
  return head.length > 0 && (JSON.parse(head.toString()) as { status: string }).status === 'accepted';
}
