import { SourceError } from '../source-error.js';
import type { FailureContext, SqlFailures } from './dialect.js';
import type { SessionPool } from './session-pool.js';
import type { Row, RowMode, SqlField, SqlSession, SqlStream } from './sql-session.js';

/** Longest wait for a cancelled statement to say so, in milliseconds; then its session is cut. */
const CANCEL_GRACE_MS = 2000;

/** A session taken from its pool for one request, and what becomes of it. */
export class Lease {
  private isOver = false;

  constructor(
    readonly session: SqlSession,
    private readonly pool: SessionPool,
  ) {}

  /** Gives the session back for others. */
  release(): void {
    if (this.isOver) return;
    this.isOver = true;
    this.pool.give(this.session);
  }

  /** Gives the session back once a caller's own statement has left no trace on it. */
  async releaseReset(): Promise<void> {
    if (this.isOver) return;
    this.isOver = true;
    try {
      await this.session.reset();
      this.pool.give(this.session);
    } catch (error) {
      // A session that cannot be cleaned is not used again; the request itself has succeeded already.
      if (error instanceof Error) this.pool.drop(this.session);
      else throw error;
    }
  }

  /** Cuts the session. */
  discard(): void {
    if (this.isOver) return;
    this.isOver = true;
    this.pool.drop(this.session);
  }
}

/**
 * One statement under way. When the signal fires it is cancelled at the server: interrupted if it runs, cut off if the
 * server waits for us. Whoever starts it reads to the end, or calls `abandon`.
 */
export class RunningStatement {
  private readonly stream: SqlStream;
  private isCancelled = false;
  private grace: NodeJS.Timeout | undefined;
  private readonly onAbort = (): void => void this.cancel();

  constructor(
    private readonly lease: Lease,
    private readonly context: FailureContext & { readonly failures: SqlFailures },
    mode: RowMode,
    onRow?: (row: Row) => void,
  ) {
    this.stream = lease.session.run(context.statement, mode, onRow);
    context.signal.addEventListener('abort', this.onAbort, { once: true });
    if (context.signal.aborted) this.onAbort();
  }

  get fields(): readonly SqlField[] {
    return this.stream.fields;
  }

  get rowCount(): number {
    return this.stream.rowCount;
  }

  /** @throws SourceError; the session is gone or free again by then */
  async next(): Promise<readonly Row[] | undefined> {
    try {
      const rows = await this.stream.next();
      if (rows !== undefined) return rows;
      if (this.isCancelled) throw this.tooLate();
      this.settle();
      return undefined;
    } catch (error) {
      const wasCancelled = this.context.signal.aborted;
      this.settle();
      // A cancel request still on its way would hit the session's next user.
      if (!this.context.failures.isStatementError(error) || wasCancelled) this.lease.discard();
      throw this.context.failures.toSourceError(error, this.context);
    }
  }

  /** Goes on to the next set of rows; false when there is none. @throws SourceError */
  async nextSet(): Promise<boolean> {
    try {
      return (await this.stream.nextSet?.()) ?? false;
    } catch (error) {
      this.lease.discard();
      throw this.context.failures.toSourceError(error, this.context);
    }
  }

  get outputs(): SqlStream['outputs'] {
    return this.stream.outputs;
  }

  /** What passes the limit of the machine's operator. A write that is stopped there may have happened. */
  assertRows(count: number, maxRows: number | undefined): void {
    if (maxRows === undefined || count <= maxRows) return;
    throw new SourceError('POLICY_DENIED', `The answer has more than the ${maxRows} rows that are allowed here.`, {
      outcome: this.context.isWrite ? 'unknown' : 'not-executed',
      details: { maxRows },
    });
  }

  /** Reads all rows of a statement known to answer with few. */
  async all(): Promise<readonly Row[]> {
    const all: Row[] = [];
    for (let rows = await this.next(); rows; rows = await this.next()) all.push(...rows);
    return all;
  }

  /** Stops a statement whose rows nobody wants any more, or that failed in the middle of them. */
  async abandon(): Promise<void> {
    if (!this.stream.hasEnded && !this.stream.isWaitingForReader) await this.lease.session.cancel();
    this.settle();
    this.lease.discard();
  }

  /** The statement ended before the cancellation reached it. */
  private tooLate(): SourceError {
    return new SourceError('REQUEST_CANCELLED', 'The request was cancelled when the source had done it already.', {
      hop: 'source',
      outcome: this.context.isWrite ? 'executed' : 'not-executed',
    });
  }

  private settle(): void {
    clearTimeout(this.grace);
    this.context.signal.removeEventListener('abort', this.onAbort);
  }

  private async cancel(): Promise<void> {
    if (this.stream.hasEnded) return;
    if (this.stream.isWaitingForReader) {
      this.lease.discard();
      return;
    }
    this.isCancelled = true;
    this.stream.drop();
    this.grace = setTimeout(() => this.lease.discard(), CANCEL_GRACE_MS);
    await this.lease.session.cancel();
  }
}
