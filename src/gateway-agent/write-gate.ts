import type { AgentError } from '../contract/errors.js';
import type { Delivery } from './bus-link.js';
import type { Journal, WriteEntry } from './journal.js';
import { errorText, type Log } from './log.js';
import { endsWithin } from './pause.js';
import type { OpenedRequest } from './request-opening.js';
import type { RunResult } from './request-runner.js';
import type { ResultStore, StoredResult } from './result-store.js';
import { memberRefusal } from './run-failure.js';
import { TrustError } from './trust-error.js';
import type { Trust } from './trust.js';

/** A settlement in flight when its link dies stays open for a minute in the client; nobody waits for that. */
const COMPLETE_WITHIN_MS = 5_000;

/** A link that ends may have so many writes on it, and more. */
const MAX_DECLINED = 1_000;

/** What is known of a write that has just come in. */
export type KnownWrite =
  | { readonly kind: 'new' }
  /** The same message once more, while or after the first was answered. */
  | { readonly kind: 'silent' }
  | { readonly kind: 'repeated'; readonly error: AgentError; readonly storedUnder: string | undefined };

/**
 * Lets a write through at most once: signed by a replica, new to the journal, taken off the bus for good before it runs.
 */
export class WriteGate {
  /** Attempts that were declined, by request: the next one is sent because of it. */
  private readonly declined = new Map<string, number>();

  constructor(
    private readonly journal: Journal,
    private readonly results: ResultStore,
    private readonly trust: Trust,
    private readonly log: Log,
  ) {}

  /** Why the write is not believed; undefined when a replica signed it for this member. */
  async unsignedReason(request: OpenedRequest, addressed: boolean): Promise<string | undefined> {
    if (!addressed || request.envelope.memberId === undefined) return 'a write for no member';
    try {
      await this.trust.verifyWrite(request.envelopeBytes, request.proof);
      return undefined;
    } catch (error) {
      if (error instanceof TrustError) return error.message;
      throw error;
    }
  }

  known({ envelope }: OpenedRequest): KnownWrite {
    const same = this.journal.find(envelope.requestId);
    const declined = same?.state === 'declined' ? this.declined.get(envelope.requestId) : undefined;
    if (declined !== undefined && declined < envelope.attempt) return { kind: 'new' };
    if (same) return same.running || same.state === 'declined' ? { kind: 'silent' } : repeated(same);
    const key = repeatKey(envelope);
    const earlier = key === undefined ? undefined : this.journal.findRepeat(key);
    return earlier ? repeated(earlier) : { kind: 'new' };
  }

  storedResult(requestId: string): Promise<StoredResult | undefined> {
    return this.results.find(requestId);
  }

  fullReason(): AgentError | undefined {
    return this.journal.hasRoom() ? undefined : memberRefusal('GATEWAY_BUSY', 'The journal of writes is full.');
  }

  /** Journal first, then off the bus, then run: only a confirmed removal rules out that another delivery runs it too. */
  async admit(
    { envelope, expiresAt }: OpenedRequest,
    delivery: Delivery,
  ): Promise<{ ok: true } | { ok: false; error: AgentError }> {
    const { requestId } = envelope;
    try {
      await this.journal.accept(requestId, expiresAt, repeatKey(envelope));
    } catch (error) {
      this.log.error({ event: 'journal-failed', requestId, reason: errorText(error) }, 'the journal cannot be written');
      // Left on the bus it would come again at once; answered, its caller may choose.
      await endsWithin(delivery.complete(), COMPLETE_WITHIN_MS);
      return {
        ok: false,
        error: memberRefusal('AGENT_FAILED', 'The member cannot write its journal, so it runs no writes.'),
      };
    }
    if (await endsWithin(delivery.complete(), COMPLETE_WITHIN_MS)) return { ok: true };
    await this.noting(this.journal.decline(requestId), requestId);
    this.noteDeclined(requestId, envelope.attempt);
    return {
      ok: false,
      error: memberRefusal(
        'REQUEST_DECLINED',
        'The relay did not confirm that the write is ours alone; it was not run.',
      ),
    };
  }

  async finish(requestId: string, { outcome, result }: RunResult): Promise<void> {
    let stored = false;
    if (result) {
      try {
        await this.results.put(requestId, result);
        stored = true;
      } catch (error) {
        this.log.warn(
          { event: 'result-not-kept', requestId, reason: errorText(error) },
          'only the outcome is remembered',
        );
      }
    }
    await this.noting(this.journal.finish(requestId, outcome, stored), requestId);
  }

  /** Forgets writes that are past their time, and their answers. */
  async sweep(): Promise<void> {
    for (const requestId of this.journal.sweep()) await this.results.remove(requestId);
  }

  /** In memory alone: after a restart a further attempt is passed over, as the same one is. */
  private noteDeclined(requestId: string, attempt: number): void {
    this.declined.delete(requestId);
    this.declined.set(requestId, attempt);
    const [oldest] = this.declined.keys();
    if (this.declined.size > MAX_DECLINED && oldest !== undefined) this.declined.delete(oldest);
  }

  /** An outcome that is not on disk becomes `unknown` at the next start: worth a line, not a failure. */
  private async noting(writing: Promise<void>, requestId: string): Promise<void> {
    try {
      await writing;
    } catch (error) {
      this.log.error({ event: 'journal-failed', requestId, reason: errorText(error) }, 'the journal cannot be written');
    }
  }
}

/** Keys of different connections never meet, whatever the hash covers. */
function repeatKey(envelope: OpenedRequest['envelope']): string | undefined {
  return envelope.idempotencyHash === undefined ? undefined : `${envelope.connection.id}:${envelope.idempotencyHash}`;
}

function repeated(entry: WriteEntry): KnownWrite {
  const state = entry.running ? 'running' : entry.state === 'done' ? 'done' : 'interrupted';
  const error: AgentError = {
    code: 'REQUEST_REPEATED',
    hop: 'member',
    outcome: entry.outcome,
    message: MESSAGES[state],
    details: { state, requestId: entry.requestId },
  };
  return { kind: 'repeated', error, storedUnder: entry.stored ? entry.requestId : undefined };
}

const MESSAGES = {
  running: 'The same write is still being run.',
  done: 'The same write was run before; its answer is not kept any more.',
  interrupted: 'The same write was begun before and the agent was interrupted: look at the source.',
} as const;
