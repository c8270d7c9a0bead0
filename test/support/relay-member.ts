import { ServiceBusClient, type ProcessErrorArgs, type ServiceBusReceivedMessage } from '@azure/service-bus';
import { envelopeSchema, type Envelope } from '../../src/contract/envelope.js';
import {
  FRAME_WINDOW,
  FrameKind,
  openFrame,
  readFrameHeader,
  sealFrame,
  type OpenedFrame,
} from '../../src/contract/frames.js';
import { controlSchema, type Control, type ReplyHead, type ReplyTrailer } from '../../src/contract/replies.js';

/** What a member in a test knows. */
export interface RelayMemberOptions {
  readonly client: ServiceBusClient;
  readonly gatewayId: string;
  readonly memberId: string;
  readonly epoch: number;
  readonly requestKey: Uint8Array;
  readonly replyKey: Uint8Array;
  readonly queues: { readonly work: string; readonly member: string };
}

/** One request as the member got it. */
export interface ReceivedRequest {
  readonly envelope: Envelope;
  readonly attempt: number;
  readonly frame: OpenedFrame;
  readonly replyTo: string;
  readonly member: RelayMember;
}

export type Behaviour = (request: ReceivedRequest) => Promise<void>;

interface Frame {
  readonly frame: number;
  readonly last: boolean;
  readonly head?: ReplyHead;
  readonly trailer?: ReplyTrailer;
  readonly body?: Uint8Array;
}

/** A member of a gateway that speaks the wire with the contract's own functions and does what a test tells it. */
export class RelayMember {
  readonly controls: { requestId: string; control: Control }[] = [];
  readonly requests: ReceivedRequest[] = [];
  readonly parts: OpenedFrame[] = [];
  behaviour: Behaviour = async (request) => this.answer(request, Buffer.from('[]'));
  /** Whether it still answers when asked if it is there. */
  isAlive = true;
  /** The epochs it came over to; answers to what was asked before stay with the first one. */
  private readonly later: RelayMemberOptions[] = [];
  private readonly upTo = new Map<string, number>();
  private readonly partListeners = new Map<string, (frame: OpenedFrame) => void>();

  constructor(readonly options: RelayMemberOptions) {}

  /** @param takes which queues it reads */
  listen(takes: readonly ('work' | 'member')[] = ['work', 'member'], options = this.options): void {
    const { client, queues } = options;
    for (const name of takes) {
      const receiver = client.createReceiver(queues[name], {
        receiveMode: 'receiveAndDelete',
        skipParsingBodyAsJson: true,
      });
      const processError = async (_args: ProcessErrorArgs): Promise<void> => undefined;
      receiver.subscribe(
        { processMessage: async (message) => this.take(message), processError },
        { maxConcurrentCalls: 500 },
      );
    }
  }

  /** Comes over to another epoch of its gateway. */
  moveTo(options: RelayMemberOptions): void {
    this.later.push(options);
    this.listen(['work', 'member'], options);
  }

  /** Sends a whole answer, in as many frames as it takes, never further than the window allows. */
  async answer(
    request: ReceivedRequest,
    body: Uint8Array,
    options: { frameBytes?: number; from?: number } = {},
  ): Promise<void> {
    const { frameBytes = 192 * 1024, from = 0 } = options;
    const { requestId } = request.envelope;
    const frames = Math.max(1, Math.ceil(body.length / frameBytes));
    for (let index = 0; index < frames; index += 1) {
      const frame = from + index;
      while (frame >= (this.upTo.get(requestId) ?? FRAME_WINDOW)) {
        if (this.isCancelled(requestId)) return;
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
      await this.reply(request, {
        frame,
        last: index === frames - 1,
        ...(index === 0 ? { head: { status: 'ok', mediaType: 'application/json' } } : {}),
        ...(index === frames - 1 ? { trailer: { timings: { totalMs: 1 } } } : {}),
        body: body.subarray(index * frameBytes, (index + 1) * frameBytes),
      });
    }
  }

  isCancelled(requestId: string): boolean {
    return this.controls.some((one) => one.requestId === requestId && one.control.type === 'cancel');
  }

  reply(
    { envelope, attempt, replyTo }: Pick<ReceivedRequest, 'envelope' | 'attempt' | 'replyTo'>,
    frame: Frame,
  ): Promise<void> {
    return this.send(replyTo, this.seal({ requestId: envelope.requestId, attempt, frame }));
  }

  seal(
    { requestId, attempt, frame }: { requestId: string; attempt: number; frame: Frame },
    key: Uint8Array = this.options.replyKey,
    memberId: string = this.options.memberId,
  ): Buffer {
    const { gatewayId, epoch } = this.options;
    const header = { kind: FrameKind.Reply, attempt, frame: frame.frame, last: frame.last, epoch, requestId, memberId };
    return sealFrame(key, gatewayId, header, {
      head: frame.head && JSON.stringify(frame.head),
      extra: frame.trailer && JSON.stringify(frame.trailer),
      body: frame.body,
    });
  }

  async bodyCredit({ envelope, attempt, replyTo }: ReceivedRequest, upTo: number): Promise<void> {
    const { gatewayId, epoch, memberId, replyKey } = this.options;
    const { requestId } = envelope;
    const header = { kind: FrameKind.BodyCredit, attempt, frame: upTo, last: true, epoch, requestId, memberId };
    await this.send(replyTo, sealFrame(replyKey, gatewayId, header, { head: JSON.stringify({ upTo }) }));
  }

  /** Calls back for every further part of a request's body. */
  onParts(requestId: string, listener: (frame: OpenedFrame) => void): void {
    this.partListeners.set(requestId, listener);
  }

  async send(queue: string, body: Buffer): Promise<void> {
    await this.sender(queue).sendMessages({ body });
  }

  private readonly senders = new Map<string, ReturnType<ServiceBusClient['createSender']>>();
  private sender(queue: string): ReturnType<ServiceBusClient['createSender']> {
    const known = this.senders.get(queue) ?? this.options.client.createSender(queue);
    this.senders.set(queue, known);
    return known;
  }

  private async take(message: ServiceBusReceivedMessage): Promise<void> {
    const bytes = message.body as Buffer;
    const { epoch } = readFrameHeader(bytes);
    const { requestKey, gatewayId } = this.later.find((one) => one.epoch === epoch) ?? this.options;
    const frame = openFrame(requestKey, gatewayId, bytes);
    const { kind, requestId, attempt } = frame.header;
    const replyTo = message.replyTo ?? '';
    if (kind === FrameKind.Control) {
      const control = controlSchema.parse(JSON.parse(frame.head.toString()));
      this.controls.push({ requestId, control });
      if (control.type === 'credit') this.upTo.set(requestId, control.upTo);
      if (control.type === 'probe' && this.isAlive) {
        await this.send(
          replyTo,
          this.seal({ requestId, attempt, frame: { frame: 0, last: true, head: { status: 'ok' } } }),
        );
      }
    } else if (kind === FrameKind.RequestPart) {
      this.parts.push(frame);
      this.partListeners.get(requestId)?.(frame);
    } else {
      const envelope = envelopeSchema.parse(JSON.parse(frame.head.toString()));
      const request = { envelope, attempt, frame, replyTo, member: this };
      this.requests.push(request);
      await this.behaviour(request);
    }
  }
}
