import type { AgentError, Outcome } from '../contract/errors.js';
import { OPERATIONS_BY_KIND } from '../contract/capabilities.js';
import type { ReplyTrailer } from '../contract/replies.js';
import type { SourceKind } from '../contract/targets.js';
import type { Connector, ConnectorAnswer } from './connectors/connector.js';
import type { CredentialCache } from './credential-cache.js';
import { errorText, type Log } from './log.js';
import type { Passage, PolicyGate } from './policy/policy-gate.js';
import type { OkHead } from './reply-writer.js';
import type { RequestRun } from './request-run.js';
import { MAX_RESULT_BYTES, type StoredResult } from './result-store.js';
import { describeRunFailure, isDefect, memberRefusal } from './run-failure.js';

/** How a run ended, for the journal. */
export interface RunResult {
  readonly outcome: Outcome;
  readonly failure: AgentError | undefined;
  /** The answer, when it was asked to be kept and is small enough. */
  readonly result: StoredResult | undefined;
}

/** Opens the credential, asks the connector, passes the answer on, forgets the credential. Never throws for a failed request. */
export class RequestRunner {
  constructor(
    private readonly connectors: ReadonlyMap<SourceKind, Connector>,
    private readonly credentials: CredentialCache,
    private readonly log: Log,
    /** What the operator of the machine allows; everything without it. */
    private readonly policy?: Pick<PolicyGate, 'admit'>,
  ) {}

  /** @param keep whether a small answer is handed back, to be given again later */
  async run(run: RequestRun, keep: boolean): Promise<RunResult> {
    const { envelope } = run.request;
    const { kind } = envelope.connection.target;
    const connector = this.connectors.get(kind);
    if (!connector || !OPERATIONS_BY_KIND[kind].includes(envelope.operation.name)) {
      const message = `The member cannot do ${envelope.operation.name} on a source of kind ${kind}.`;
      return this.fail(run, memberRefusal('OPERATION_UNSUPPORTED', message));
    }
    let begun = false;
    let passage: Passage | undefined;
    try {
      passage = this.policy?.admit(envelope, run.isRead);
      const timings = { credentialMs: 0, sourceMs: 0 };
      using secret = await this.credentials.secretFor(envelope.connection);
      run.signal.throwIfAborted();
      timings.credentialMs = elapsed(run.startedAt);
      run.progress.credentialOpened();
      begun = true;
      const asked = performance.now();
      run.progress.asked();
      const answer = await connector.execute({
        operation: passage?.operation ?? envelope.operation,
        target: envelope.connection.target,
        credentialType: envelope.connection.credentialType,
        encryption: envelope.connection.encryption,
        connectionId: envelope.connection.id,
        secret,
        body: passage ? passage.body(run.body) : run.body,
        signal: run.signal,
        ...(passage && { limits: passage.limits }),
      });
      secret[Symbol.dispose]();
      timings.sourceMs = elapsed(asked);
      run.progress.answered();
      return await this.passOn(run, passage ? passage.answer(answer) : answer, timings, keep);
    } catch (error) {
      const failure = describeRunFailure(passage?.refusal ?? error, run, begun);
      if (isDefect(failure)) {
        const { traceId, requestId } = envelope;
        this.log.error({ event: 'request-failed', traceId, requestId, reason: errorText(error), err: stackOf(error) }, 'a defect'); // prettier-ignore
      }
      return this.fail(run, failure);
    }
  }

  private async passOn(
    run: RequestRun,
    answer: ConnectorAnswer,
    timings: { credentialMs: number; sourceMs: number },
    keep: boolean,
  ): Promise<RunResult> {
    const head: OkHead = {
      status: 'ok',
      ...(answer.mediaType === undefined ? {} : { mediaType: answer.mediaType }),
      ...(answer.http === undefined ? {} : { http: { status: answer.http.status, headers: [...answer.http.headers] } }),
    };
    const recorder = keep ? new Recorder() : undefined;
    let trailer: ReplyTrailer = {};
    const finish = () => {
      trailer = { ...answer.trailer?.(), timings: { ...timings, totalMs: elapsed(run.startedAt) } };
      return trailer;
    };
    await run.reply.stream(head, recorder ? recorder.watch(answer.body) : answer.body, finish);
    const body = recorder?.content();
    return {
      outcome: 'executed',
      failure: undefined,
      result: body === undefined ? undefined : { head, trailer, body },
    };
  }

  private async fail(run: RequestRun, failure: AgentError): Promise<RunResult> {
    try {
      await run.reply.fail(failure);
    } catch (error) {
      const { traceId, requestId } = run.request.envelope;
      this.log.warn(
        { event: 'reply-lost', traceId, requestId, reason: errorText(error) },
        'the answer could not be sent',
      );
    }
    return { outcome: failure.outcome, failure, result: undefined };
  }
}

/** Keeps a copy of an answer as it passes, as long as it is small. */
class Recorder {
  private chunks: Uint8Array[] | undefined = [];
  private size = 0;
  private whole = false;

  async *watch(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, void> {
    for await (const chunk of body) {
      this.size += chunk.length;
      if (this.size > MAX_RESULT_BYTES) this.chunks = undefined;
      this.chunks?.push(chunk);
      yield chunk;
    }
    this.whole = true;
  }

  content(): Buffer | undefined {
    return this.whole && this.chunks ? Buffer.concat(this.chunks) : undefined;
  }
}

function elapsed(since: number): number {
  return Math.round((performance.now() - since) * 100) / 100;
}

function stackOf(error: unknown): string | undefined {
  return error instanceof Error ? error.stack?.slice(0, 4000) : undefined;
}
