import type { AgentError } from '../contract/errors.js';
import { FrameKind, type FrameHeader, type OpenedFrame } from '../contract/frames.js';
import { isRead } from '../contract/operations.js';
import { controlSchema } from '../contract/replies.js';
import { Admission, type Place } from './admission/admission.js';
import { MAX_BUFFERED_MIB, MAX_PER_CONNECTION } from './admission/admission-limits.js';
import { BodyPlaces } from './admission/body-places.js';
import { ByteBudget } from './admission/byte-budget.js';
import type { DeadLetterReason, Delivery, LinkEvents } from './bus-link.js';
import { errorText, type Log } from './log.js';
import { parseJson } from './member-record.js';
import type { RequestObserver } from './observability/request-observer.js';
import { pause } from './pause.js';
import { ReplyWriter, type SendReply } from './reply-writer.js';
import { openSessionFrame, readRequest, type OpenedRequest } from './request-opening.js';
import { CLOCK_TOLERANCE_MS } from './journal.js';
import { RequestRun, type AbortCause } from './request-run.js';
import type { RequestRunner, RunResult } from './request-runner.js';
import { memberRefusal } from './run-failure.js';
import { SeenRequests } from './seen-requests.js';
import type { Session } from './session.js';
import type { WriteGate } from './write-gate.js';

export interface ListenerSettings {
  readonly runner: RequestRunner;
  readonly writes: WriteGate;
  readonly send: SendReply;
  /** The control plane has news: ask for them now. */
  readonly refresh: () => void;
  readonly log: Log;
  /** The control plane's time, as well as it is known here. */
  readonly now: () => number;
  readonly maxInFlight: number;
  readonly maxPerConnection?: number | undefined;
  /** Bytes that requests and answers may hold in memory. */
  readonly maxBufferedBytes?: number | undefined;
  /** Told of every request; must return at once. */
  readonly observer?: RequestObserver;
}

/** Takes messages from the bus, decides what they are, and settles each once. */
export class RequestListener {
  private readonly runs = new Map<string, RequestRun>();
  private readonly seen: SeenRequests;
  private readonly admission: Admission;
  private readonly budget: ByteBudget;
  private readonly bodies: BodyPlaces;
  /** Requests that wait for a place, by id. */
  private readonly waiting = new Map<string, AbortController>();
  private stopping = false;
  private held: string | undefined;
  private droppedFrames = 0;

  constructor(private readonly settings: ListenerSettings) {
    const { maxInFlight, maxPerConnection = MAX_PER_CONNECTION, maxBufferedBytes = MAX_BUFFERED_MIB * 1024 * 1024 } = settings; // prettier-ignore
    this.seen = new SeenRequests(settings.now);
    this.admission = new Admission({ maxInFlight, maxPerConnection });
    this.budget = new ByteBudget(maxBufferedBytes);
    this.bodies = new BodyPlaces(maxBufferedBytes);
  }

  get inFlight(): number {
    return this.runs.size;
  }

  /** Frames that could not be read or belonged to nothing. */
  get dropped(): number {
    return this.droppedFrames;
  }

  /** What a link of this session delivers. */
  eventsFor(session: Session): LinkEvents {
    return {
      work: async (delivery) => {
        const frame = openSessionFrame(session, delivery.body);
        if (frame?.header.kind !== FrameKind.Request) return this.setAside(delivery, 'UNREADABLE');
        await this.take(session, frame, delivery, false);
      },
      member: (delivery) => {
        const frame = openSessionFrame(session, delivery.body);
        if (frame) this.onMemberFrame(session, frame, delivery);
        else void this.setAside(delivery, 'UNREADABLE');
      },
    };
  }

  /** Takes no more, and lets what runs come to its end, for a while. */
  async stop(graceMs: number): Promise<void> {
    this.stopping = true;
    for (const waiting of this.waiting.values()) waiting.abort();
    await this.drained(graceMs);
    this.abortAll('stopping');
    await this.drained(1_000);
  }

  /** Refuses new requests for this reason, until it is told otherwise. */
  hold(reason: string | undefined): void {
    this.held = reason;
  }

  abortAll(why: AbortCause): void {
    for (const run of this.runs.values()) run.abort(why);
  }

  private async drained(ms: number): Promise<void> {
    const until = Date.now() + ms;
    const never = new AbortController().signal;
    while (this.runs.size > 0 && Date.now() < until) await pause(25, never);
  }

  private onMemberFrame(session: Session, frame: OpenedFrame, delivery: Delivery): void {
    switch (frame.header.kind) {
      case FrameKind.Request:
        void this.take(session, frame, delivery, true);
        return;
      case FrameKind.RequestPart:
        this.find(frame.header)?.part(frame.header.frame, frame.body, frame.header.last);
        void this.complete(delivery);
        return;
      case FrameKind.Control:
        this.onControl(session, frame, delivery);
        void this.complete(delivery);
        return;
      default:
        void this.setAside(delivery, 'UNREADABLE');
    }
  }

  private onControl(session: Session, { header, head }: OpenedFrame, delivery: Delivery): void {
    const control = controlSchema.safeParse(parseJson(head));
    // An unknown word of a newer control plane: nothing we could be missed for.
    if (!control.success) return;
    switch (control.data.type) {
      case 'probe':
        if (delivery.replyTo !== undefined) this.answerProbe(session, header, delivery.replyTo);
        return;
      case 'refresh':
        this.settings.refresh();
        return;
      case 'credit':
        this.find(header)?.reply.credit(control.data.upTo);
        return;
      case 'cancel':
        this.waiting.get(header.requestId)?.abort();
        this.find(header)?.abort(control.data.reason);
    }
  }

  private answerProbe(session: Session, header: FrameHeader, replyTo: string): void {
    const { requestId, attempt } = header;
    const reply = this.writer(session, { requestId, attempt, replyTo, expiresAt: 0 });
    void this.answering(
      reply.stream({ status: 'ok' }, nothing(), () => ({})),
      requestId,
    );
  }

  private find(header: FrameHeader): RequestRun | undefined {
    const run = this.runs.get(header.requestId);
    if (run?.request.envelope.attempt === header.attempt) return run;
    this.droppedFrames += 1;
    return undefined;
  }

  /** One request message, from wherever it came. Settles the message. Never throws. */
  private async take(session: Session, frame: OpenedFrame, delivery: Delivery, addressed: boolean): Promise<void> {
    try {
      const opening = readRequest(session, frame, delivery, this.settings.now());
      if (opening.kind === 'unreadable') return await this.setAside(delivery, 'UNREADABLE');
      if (opening.kind === 'refused') {
        const { header, replyTo, code, message } = opening;
        await this.refuse(session, { ...header, replyTo }, memberRefusal(code, message));
        return await (opening.deadLetter ? this.setAside(delivery, opening.deadLetter) : this.complete(delivery));
      }
      if (isRead(opening.request.envelope.operation))
        await this.takeRead(session, opening.request, delivery, addressed);
      else await this.takeWrite(session, opening.request, delivery, addressed);
    } catch (error) {
      this.settings.log.error({ event: 'listener-failed', reason: errorText(error) }, 'a message could not be handled');
    }
  }

  private async takeRead(
    session: Session,
    request: OpenedRequest,
    delivery: Delivery,
    addressed: boolean,
  ): Promise<void> {
    const { requestId, attempt } = request.envelope;
    if (!this.seen.add(`${requestId}.${attempt}`, request.expiresAt + CLOCK_TOLERANCE_MS))
      return this.complete(delivery);
    const place = await this.enter(request);
    if ('code' in place) {
      await this.refuse(session, { requestId, attempt, replyTo: request.replyTo }, place);
      return this.complete(delivery);
    }
    this.runs.get(requestId)?.abort('superseded');
    const run = this.begin(session, request);
    // What is ours alone no other member can take over: nothing is gained by keeping it locked.
    if (addressed) void this.complete(delivery);
    try {
      if (run.streamsBody) run.reply.accept();
      this.report(run, await this.settings.runner.run(run, false));
    } finally {
      this.release(run);
      place.leave();
    }
    if (!addressed) await this.complete(delivery);
  }

  private async takeWrite(
    session: Session,
    request: OpenedRequest,
    delivery: Delivery,
    addressed: boolean,
  ): Promise<void> {
    const { requestId, attempt } = request.envelope;
    const place = { requestId, attempt, replyTo: request.replyTo };
    const unsigned = await this.settings.writes.unsignedReason(request, addressed);
    if (unsigned) {
      this.settings.log.warn({ event: 'write-unsigned', requestId, reason: unsigned }, 'a write that nobody signed');
      await this.refuse(
        session,
        place,
        memberRefusal('REQUEST_UNSIGNED', 'The write was not signed by the control plane.'),
      );
      return this.complete(delivery);
    }
    const known = this.settings.writes.known(request);
    if (known.kind === 'silent') return this.complete(delivery);
    if (known.kind === 'repeated') {
      await this.complete(delivery);
      const result =
        known.storedUnder === undefined ? undefined : await this.settings.writes.storedResult(known.storedUnder);
      if (!result) return this.refuse(session, place, known.error);
      const reply = this.writer(session, { ...place, expiresAt: request.expiresAt });
      return this.answering(
        reply.stream(result.head, only(result.body), () => result.trailer),
        requestId,
      );
    }
    const room = this.settings.writes.fullReason() ?? (await this.enter(request));
    if ('code' in room) {
      await this.refuse(session, place, room);
      return this.complete(delivery);
    }
    const run = this.begin(session, request);
    try {
      const admitted = await this.settings.writes.admit(request, delivery);
      if (!admitted.ok) return await this.refuse(session, place, admitted.error);
      if (run.streamsBody) run.reply.accept();
      const keep = request.envelope.idempotencyHash !== undefined;
      const result = await this.settings.runner.run(run, keep);
      this.report(run, result);
      await this.settings.writes.finish(requestId, result);
    } finally {
      this.release(run);
      room.leave();
    }
  }

  private busyReason(request: OpenedRequest): AgentError | undefined {
    if (this.stopping) return memberRefusal('GATEWAY_BUSY', 'The member is being stopped.');
    if (this.held !== undefined) return memberRefusal('GATEWAY_BUSY', this.held);
    const streaming = [...this.runs.values()].filter((run) => run.streamsBody).map((run) => run.request.envelope.connection.id); // prettier-ignore
    if (!request.whole && !this.bodies.hasRoom(request.envelope.connection.id, streaming)) {
      return memberRefusal('GATEWAY_BUSY', 'The member is taking as many large bodies as it may.');
    }
    return undefined;
  }

  /** A place to run in, or why there is none. What changes during the wait counts. */
  private async enter(request: OpenedRequest): Promise<Place | AgentError> {
    const { requestId, connection } = request.envelope;
    const busy = this.busyReason(request);
    if (busy) return busy;
    const given = new AbortController();
    this.waiting.set(requestId, given);
    const place = await this.admission.enter(connection.id, given.signal);
    if (this.waiting.get(requestId) === given) this.waiting.delete(requestId);
    if (!place) return memberRefusal('GATEWAY_BUSY', 'The member has as many requests under way as it may.');
    const since = given.signal.aborted ? memberRefusal('REQUEST_CANCELLED', 'The caller went away before the request was run.') : this.busyReason(request); // prettier-ignore
    if (since) place.leave();
    return since ?? place;
  }

  private begin(session: Session, request: OpenedRequest): RequestRun {
    const account = this.budget.accountOf(request.envelope.connection.id);
    return this.register(new RequestRun(request, session, this.settings.send, { now: this.settings.now(), account }));
  }

  private register(run: RequestRun): RequestRun {
    const { envelope } = run.request;
    run.progress.onAsked = () => this.settings.observer?.asked?.({ envelope, progress: run.progress });
    this.runs.set(run.requestId, run);
    return run;
  }

  private release(run: RequestRun): void {
    run.end();
    if (this.runs.get(run.requestId) === run) this.runs.delete(run.requestId);
  }

  private report(run: RequestRun, { outcome, failure }: RunResult): void {
    run.progress.ended();
    const { progress, bytesIn, request } = run;
    this.settings.observer?.ended?.({ envelope: request.envelope, progress, failure, bytesIn, bytesOut: run.reply.bytesSent }); // prettier-ignore
    const { traceId, requestId, connection, operation } = run.request.envelope;
    const ms = Math.round(performance.now() - run.startedAt);
    const line = { event: 'request', traceId, requestId, connectionId: connection.id, operation: operation.name, outcome, ms, frames: run.reply.framesSent }; // prettier-ignore
    if (failure) this.settings.log.warn({ ...line, code: failure.code, hop: failure.hop }, 'request failed');
    else this.settings.log.info(line, 'request done');
  }

  private writer(
    session: Session,
    place: { requestId: string; attempt: number; replyTo: string; expiresAt: number },
  ): ReplyWriter {
    return new ReplyWriter({ session, ...place }, this.settings.send, new AbortController().signal);
  }

  private async refuse(
    session: Session,
    { requestId, attempt, replyTo }: { requestId: string; attempt: number; replyTo: string },
    error: AgentError,
  ): Promise<void> {
    this.settings.log.warn({ event: 'request-refused', requestId, code: error.code }, 'request refused');
    this.settings.observer?.refused?.(error.code);
    await this.answering(this.writer(session, { requestId, attempt, replyTo, expiresAt: 0 }).fail(error), requestId);
  }

  private async answering(sending: Promise<void>, requestId: string): Promise<void> {
    try {
      await sending;
    } catch (error) {
      this.settings.log.warn(
        { event: 'reply-lost', requestId, reason: errorText(error) },
        'the answer could not be sent',
      );
    }
  }

  private async complete(delivery: Delivery): Promise<void> {
    try {
      await delivery.complete();
    } catch (error) {
      // The lock was lost with its link: the message comes again and is recognised.
      this.settings.log.debug({ event: 'settle-failed', reason: errorText(error) }, 'a message could not be settled');
    }
  }

  private async setAside(delivery: Delivery, reason: DeadLetterReason): Promise<void> {
    this.droppedFrames += 1;
    this.settings.log.warn(
      { event: 'message-unreadable', reason, bytes: delivery.body?.length ?? 0 },
      'a message was set aside',
    );
    try {
      await delivery.deadLetter(reason);
    } catch (error) {
      this.settings.log.debug({ event: 'settle-failed', reason: errorText(error) }, 'a message could not be settled');
    }
  }
}

async function* only(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, void> {
  yield bytes;
}

async function* nothing(): AsyncGenerator<Uint8Array, void, void> {
  // An empty answer.
}
