import type { Request } from 'tedious';
import { FIRST_BATCH_ROWS, type Row, type SqlField, type SqlStream } from '../sql/sql-session.js';
import { floatText } from '../sql/value-texts.js';
import { OUTPUTS_MARK } from './sqlserver-native.js';
import { kindOfDriverType } from './sqlserver-types.js';

/** Above this many characters waiting, the driver is told to wait: a batch of few but huge rows must not fill the memory. */
const HIGH_WATER = 1024 * 1024;
/** Bytes of `real`, whose digits a double would show too many of. */
const REAL_BYTES = 4;

/** What the driver tells of a column. */
interface ColumnMetadata {
  readonly colName: string;
  readonly dataLength?: number | undefined;
  readonly type: { readonly name: string };
}

interface RowSet {
  readonly fields: readonly SqlField[];
  readonly isOutputs: boolean;
  rows: Row[];
  size: number;
  isComplete: boolean;
}

type Outputs = NonNullable<SqlStream['outputs']>;

/** One statement on the wire, its rows read at the reader's pace. */
export class SqlServerStream implements SqlStream {
  rowCount = 0;
  outputs: Outputs | undefined;

  private readonly sets: RowSet[] = [];
  private filling: RowSet | undefined;
  private current: RowSet | undefined;
  private request: Request | undefined;
  private isOver = false;
  private isPaused = false;
  private isDropping = false;
  private isFirst = true;
  private failure: Error | undefined;
  private wake: (() => void) | undefined;

  /** What the driver calls when the statement is done. */
  readonly onDone = (error: Error | null | undefined, rowCount?: number): void => {
    if (this.isOver) return;
    if (error) this.failure ??= error;
    this.rowCount = rowCount ?? 0;
    this.end();
  };

  /** Reads what the request gives. Called once, before it is put on the wire. */
  follow(request: Request): void {
    this.request = request;
    request.on('columnMetadata', (columns) => this.begin(columns as readonly ColumnMetadata[]));
    request.on('row', (cells: unknown) => this.take(cells as readonly { value: unknown; metadata: ColumnMetadata }[]));
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
        const { rows } = set;
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

  /** The session was cut: nothing more comes. */
  cut(): void {
    this.onDone(new Error('The session was cut.'));
  }

  /** The first batch waits to be full: most answers end in it. */
  private isBatch({ rows, isComplete }: RowSet): boolean {
    if (rows.length === 0) return false;
    return (
      !this.isFirst || isComplete || this.isPaused || rows.length >= FIRST_BATCH_ROWS || this.failure !== undefined
    );
  }

  private begin(columns: readonly ColumnMetadata[]): void {
    this.finish();
    const fields = columns.map(({ colName, type }) => ({ name: colName, type: kindOfDriverType(type.name) }));
    const isOutputs = columns[0]?.colName === OUTPUTS_MARK;
    this.filling = { fields, isOutputs, rows: [], size: 0, isComplete: false };
    if (!isOutputs) this.sets.push(this.filling);
    this.settle();
  }

  private take(cells: readonly { value: unknown; metadata: ColumnMetadata }[]): void {
    const set = this.filling;
    if (this.isDropping || !set) return;
    const row = cells.map(({ value, metadata }) => cellText(value, metadata));
    for (const cell of row) set.size += cell?.length ?? 4;
    set.rows.push(row);
    const isFull = set.size > HIGH_WATER || (!this.isFirst && set.rows.length >= FIRST_BATCH_ROWS * 4);
    if (isFull && !this.isPaused && !set.isOutputs) {
      this.isPaused = true;
      this.request?.pause();
    }
    if (this.isBatch(set)) this.settle();
  }

  private finish(): void {
    const set = this.filling;
    if (!set) return;
    set.isComplete = true;
    const [row] = set.rows;
    if (set.isOutputs && row) this.outputs = { fields: set.fields.slice(1), row: row.slice(1) };
    this.filling = undefined;
  }

  private end(): void {
    this.finish();
    this.isPaused = false;
    this.isOver = true;
    this.settle();
  }

  private resume(): void {
    if (!this.isPaused) return;
    this.isPaused = false;
    this.request?.resume();
  }

  private settle(): void {
    const wake = this.wake;
    this.wake = undefined;
    wake?.();
  }
}

/** Numbers and times that a double or a date would round come as text already: see exact-values.ts. */
function cellText(value: unknown, { type, dataLength }: ColumnMetadata): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? '1' : '0';
  if (Buffer.isBuffer(value)) return value.toString('base64');
  if (value instanceof Date) return value.toISOString();
  if (typeof value !== 'number') return JSON.stringify(value);
  const isReal = type.name === 'Real' || (type.name === 'FloatN' && dataLength === REAL_BYTES);
  return isReal ? floatText(value) : String(value);
}
