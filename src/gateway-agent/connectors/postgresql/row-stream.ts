import type { Connection, Submittable } from 'pg';
import { SourceError } from '../source-error.js';
import type { MessageSplitter, RowSink } from './message-splitter.js';
import { readRow } from './row-reader.js';
import { FIRST_BATCH_ROWS, type Row, type RowMode, type SqlField, type SqlStream } from '../sql/sql-session.js';

/**
 * Size that later batches aim at, in bytes. Four times as much takes 10 MiB more of memory in a long answer: its rows live
 * long enough to be moved to where garbage is collected rarely.
 */
const BATCH_SIZE = 128 * 1024;
const MAX_BATCH_ROWS = 20_000;
/** Above this many bytes waiting, the socket is paused: a batch of few but huge rows must not fill the memory. */
const HIGH_WATER = 1024 * 1024;

/** A column of a result as pg hands it on. */
interface WireField {
  readonly name: string;
  readonly dataTypeID: number;
}

/** A statement as it goes onto the wire. */
export interface WireStatement {
  readonly text: string;
  readonly values: readonly (string | null)[];
  /** A prepared statement's name; empty for one that is not kept. */
  readonly name: string;
}

/** The parts of pg's connection that its published types leave out. */
type Wire = Connection & { readonly parsedStatements: Record<string, string | undefined> };

/**
 * One statement on the wire, its rows read at the reader's pace. pg's own query object collects all rows and its cursor
 * module can neither reuse prepared statements nor size its batches; this is both, over the same protocol messages.
 */
export class RowStream implements Submittable, SqlStream, RowSink {
  fields: readonly SqlField[] = [];
  /** Rows affected, from the command's tag. */
  rowCount = 0;

  private rows: Row[] = [];
  private size = 0;
  private rowsSeen = 0;
  private sizeSeen = 0;
  private state: 'running' | 'suspended' | 'ended' = 'running';
  private isPaused = false;
  private failure: Error | undefined;
  private connection: Wire | undefined;
  private wake: (() => void) | undefined;
  private syncSent = false;
  private isDropping = false;

  /** Read by pg's client, too. */
  readonly text: string;
  readonly name: string;

  constructor(
    private readonly statement: WireStatement,
    private readonly splitter: MessageSplitter,
    private readonly mode: RowMode,
    private readonly onRow?: (row: Row) => void,
  ) {
    ({ text: this.text, name: this.name } = statement);
  }

  /** Nothing is running at the server: it waits for us. */
  get isWaitingForReader(): boolean {
    return this.state === 'suspended' || this.isPaused;
  }

  get hasEnded(): boolean {
    return this.state === 'ended';
  }

  /** The rows that have come, at least one; undefined after the last. */
  async next(): Promise<readonly Row[] | undefined> {
    while (this.rows.length === 0) {
      if (this.failure) throw this.failure;
      if (this.state === 'ended') return undefined;
      this.proceed();
      await new Promise<void>((resolve) => (this.wake = resolve));
    }
    const rows = this.rows;
    this.rows = [];
    this.size = 0;
    this.proceed();
    return rows;
  }

  /** Throws away what comes from now on: nobody wants it, and the server's last word must not wait behind it. */
  drop(): void {
    this.isDropping = true;
    this.rows = [];
    this.resume();
  }

  private proceed(): void {
    this.resume();
    if (this.state === 'suspended') {
      this.state = 'running';
      this.connection?.execute({ portal: '', rows: String(this.batchRows()) }, true);
      this.connection?.flush();
    }
  }

  private resume(): void {
    if (!this.isPaused) return;
    this.isPaused = false;
    this.connection?.stream.resume();
  }

  private batchRows(): number {
    const perRow = Math.max(1, this.sizeSeen / Math.max(1, this.rowsSeen));
    return Math.min(MAX_BATCH_ROWS, Math.max(1, Math.floor(BATCH_SIZE / perRow)));
  }

  private settle(): void {
    const wake = this.wake;
    this.wake = undefined;
    wake?.();
  }

  private sync(): void {
    if (this.syncSent) return;
    this.syncSent = true;
    this.connection?.sync();
  }

  submit(connection: Connection): void {
    const wire = connection as Wire;
    this.connection = wire;
    this.splitter.sink = this;
    wire.stream.cork();
    try {
      if (this.name === '' || wire.parsedStatements[this.name] === undefined) {
        wire.parse({ name: this.name, text: this.text, types: [] }, true);
      }
      wire.bind({ portal: '', statement: this.name, values: [...this.statement.values] }, true);
      wire.describe({ type: 'P', name: '' }, true);
      if (this.mode === 'at-once') {
        wire.execute({ portal: '' }, true);
        this.sync();
      } else {
        wire.execute({ portal: '', rows: String(FIRST_BATCH_ROWS) }, true);
        wire.flush();
      }
    } finally {
      wire.stream.uncork();
    }
  }

  handleRowDescription(message: { readonly fields: readonly WireField[] }): void {
    this.fields = message.fields.map(({ name, dataTypeID }) => ({ name, type: dataTypeID }));
  }

  takeRow(bytes: Buffer, start: number, end: number): void {
    if (this.isDropping || this.failure) return;
    try {
      const row = readRow(bytes, start, end);
      this.rows.push(row);
      this.onRow?.(row);
    } catch (error) {
      // A row that cannot be read is no reason for the program to end: the statement fails, and its session goes.
      if (!(error instanceof Error)) throw error;
      this.fail(error);
      return;
    }
    // In bytes, and so no less than in characters.
    this.size += end - start;
    this.rowsSeen += 1;
    this.sizeSeen += end - start;
    if (this.size > HIGH_WATER && !this.isPaused) {
      this.isPaused = true;
      this.connection?.stream.pause();
      this.settle();
    }
  }

  handlePortalSuspended(): void {
    if (this.isDropping) {
      this.sync();
      return;
    }
    this.state = 'suspended';
    this.settle();
  }

  handleCommandComplete(message: { readonly text: string }): void {
    this.rowCount = Number(/ (\d+)$/.exec(message.text)?.[1] ?? 0);
    this.sync();
    // What a read saw is settled now; what a write did is settled with the commit that answers the sync.
    if (this.mode === 'cursor') this.end();
  }

  handleReadyForQuery(): void {
    this.leave();
    this.end();
  }

  handleEmptyQuery(): void {
    this.sync();
  }

  handleError(error: Error): void {
    this.leave();
    this.fail(error);
  }

  handleCopyInResponse(connection: Connection & { sendCopyFail(message: string): void }): void {
    connection.sendCopyFail('there is no data to copy from');
  }

  handleCopyData(): void {
    this.failure ??= new SourceError('OPERATION_UNSUPPORTED', 'COPY does not answer with rows.');
  }

  private fail(error: Error): void {
    if (this.state === 'ended') return;
    this.failure ??= error;
    this.sync();
    this.end();
  }

  /** No more rows are ours. */
  private leave(): void {
    if (this.splitter.sink === this) this.splitter.sink = undefined;
  }

  private end(): void {
    this.resume();
    this.state = 'ended';
    this.settle();
  }
}
