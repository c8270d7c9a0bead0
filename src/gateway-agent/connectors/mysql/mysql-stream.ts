import type { Connection, FieldPacket } from 'mysql2';
import type { EventEmitter } from 'node:events';
import type { SqlValue, Statement } from '../sql/fragment.js';
import { FIRST_BATCH_ROWS, type Row, type SqlField, type SqlStream } from '../sql/sql-session.js';
import { cellReader, kindOfField, type CellReader } from './mysql-cells.js';

/** Above this many characters waiting, the socket is paused: a batch of few but huge rows must not fill the memory. */
const HIGH_WATER = 1024 * 1024;

/** "This command is not supported in the prepared statement protocol yet." */
const NOT_PREPARABLE = 1295;

/** What stands for a parameter that only comes back. */
export const OUT_PARAMETER = 'out';

/** A set of rows, or the part of one that has come and was not read. */
interface RowSet {
  readonly fields: readonly SqlField[];
  readonly readers: readonly CellReader[];
  rows: Row[];
  size: number;
  isComplete: boolean;
}

type Outputs = NonNullable<SqlStream['outputs']>;

/**
 * One statement on the wire, by the prepared protocol: what is bound never becomes text, and floats and times come in
 * full. A call with parameters that come back answers with one more set of one row, which is told only by being the last.
 */
export class MysqlStream implements SqlStream {
  rowCount = 0;
  outputs: Outputs | undefined;

  private readonly sets: RowSet[] = [];
  private readonly outCount: number;
  private held: RowSet | undefined;
  private current: RowSet | undefined;
  private isOver = false;
  private isPaused = false;
  private isDropping = false;
  private isFirst = true;
  private failure: Error | undefined;
  private wake: (() => void) | undefined;

  constructor(
    private readonly connection: Connection,
    private readonly statement: Statement,
  ) {
    this.outCount = statement.values.filter(isOut).length;
    this.listen(connection.execute({ sql: statement.text, values: statement.values.map(driverValue) }));
  }

  get fields(): readonly SqlField[] {
    return this.current?.fields ?? this.sets[0]?.fields ?? [];
  }

  get isWaitingForReader(): boolean {
    return this.isPaused;
  }

  get hasEnded(): boolean {
    return this.isOver;
  }

  async next(): Promise<readonly Row[] | undefined> {
    for (;;) {
      this.current ??= this.sets.shift();
      const set = this.current;
      if (set && this.isBatch(set)) {
        const rows = set.rows;
        set.rows = [];
        set.size = 0;
        this.isFirst = false;
        this.resume();
        return rows;
      }
      if (this.failure) throw this.failure;
      if (set?.isComplete || this.isOver) return undefined;
      this.resume();
      await new Promise<void>((resolve) => (this.wake = resolve));
    }
  }

  async nextSet(): Promise<boolean> {
    this.current = undefined;
    while (this.sets.length === 0 && !this.isOver) {
      this.resume();
      await new Promise<void>((resolve) => (this.wake = resolve));
    }
    if (this.failure) throw this.failure;
    return this.sets.length > 0;
  }

  drop(): void {
    this.isDropping = true;
    for (const set of [...this.sets, ...(this.current ? [this.current] : [])]) set.rows = [];
    this.resume();
  }

  /** The session is over: nothing more comes. */
  cut(error: Error): void {
    if (this.isOver) return;
    this.failure ??= error;
    this.end();
  }

  /** What has come is handed out at once, except that the first batch waits to be full: most answers end in it. */
  private isBatch({ rows, isComplete }: RowSet): boolean {
    if (rows.length === 0) return false;
    return (
      !this.isFirst || isComplete || this.isPaused || rows.length >= FIRST_BATCH_ROWS || this.failure !== undefined
    );
  }

  private listen(command: EventEmitter): void {
    let isSettled = false;
    command.on('fields', (fields: readonly FieldPacket[] | undefined) => {
      if (fields) this.begin(fields);
    });
    command.on('result', (row: unknown) => {
      if (Array.isArray(row)) this.take(row);
      else if (row !== null && typeof row === 'object' && 'affectedRows' in row)
        this.rowCount = Number(row.affectedRows);
    });
    command.on('error', (error: Error & { errno?: number }) => {
      if (isSettled) return;
      isSettled = true;
      if (error.errno === NOT_PREPARABLE && this.statement.values.length === 0) {
        this.listen(this.connection.query({ sql: this.statement.text }));
        return;
      }
      this.failure = error;
      this.end();
    });
    command.on('end', () => {
      if (isSettled) return;
      isSettled = true;
      this.end();
    });
  }

  private begin(fields: readonly FieldPacket[]): void {
    this.finish();
    const described = fields.map((field) => ({ name: field.name, type: kindOfField(field) }));
    const set = { fields: described, readers: fields.map(cellReader), rows: [], size: 0, isComplete: false };
    if (this.outCount > 0 && fields.length === this.outCount) this.held = set;
    else this.sets.push(set);
    this.settle();
  }

  private take(values: readonly unknown[]): void {
    if (this.isDropping) return;
    if (this.held && this.held.rows.length > 0) this.release();
    const set = this.held ?? this.sets.at(-1) ?? this.current;
    if (!set) return;
    const row = set.readers.map((read, index) => read(values[index]));
    for (const cell of row) set.size += cell?.length ?? 4;
    set.rows.push(row);
    const isFull = set.size > HIGH_WATER || (!this.isFirst && set.rows.length >= FIRST_BATCH_ROWS * 4);
    if (isFull && !this.isPaused && set !== this.held) {
      this.isPaused = true;
      this.connection.pause();
    }
    if (this.isBatch(set)) this.settle();
  }

  /** The set that began before has all its rows. */
  private finish(): void {
    if (this.held) this.release();
    const set = this.sets.at(-1) ?? this.current;
    if (set) set.isComplete = true;
  }

  /** What was taken for the parameters that come back is a set like others. */
  private release(): void {
    if (this.held) this.sets.push(this.held);
    this.held = undefined;
  }

  private end(): void {
    const [row, ...more] = this.held?.rows ?? [];
    if (this.held && row && more.length === 0 && !this.failure) {
      this.outputs = { fields: this.held.fields, row };
      this.held = undefined;
    }
    this.finish();
    this.resume();
    this.isOver = true;
    this.settle();
  }

  private resume(): void {
    if (!this.isPaused) return;
    this.isPaused = false;
    this.connection.resume();
  }

  private settle(): void {
    const wake = this.wake;
    this.wake = undefined;
    wake?.();
  }
}

function isOut(value: SqlValue): boolean {
  return value !== null && typeof value === 'object' && 'type' in value && value.type === OUT_PARAMETER;
}

function driverValue(value: SqlValue): string | number | boolean | Buffer | null {
  if (value !== null && typeof value === 'object') {
    if (!('type' in value)) return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
    return driverValue(value.value);
  }
  return value;
}
