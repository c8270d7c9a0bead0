import { DatabaseError } from 'pg';
import { SourceError } from '../source-error.js';
import type { CatalogTable } from './catalog-table.js';
import { describeTableStatement, readTable, tableMissing } from './catalog.js';
import type { FailureContext } from './database-failure.js';
import type { LoginPool } from './login-pools.js';
import type { Row, RowMode } from './row-stream.js';
import { Lease, RunningStatement } from './running-statement.js';
import { Session, type SessionOptions } from './session.js';
import type { Statement } from './statement.js';

/** What a statement is for; decides how its failures read. */
export type Purpose = Omit<FailureContext, 'statement' | 'signal'>;

export const READ: Purpose = { badValue: 'FILTER_INVALID', isWrite: false, isNative: false };
export const READ_BY_KEY: Purpose = { badValue: 'ITEM_NOT_FOUND', isWrite: false, isNative: false };

/** Errors by which a prepared plan or a remembered description turns out to be old: relation, column, result type, statement. */
const OUTDATED: ReadonlySet<string> = new Set(['42P01', '42703', '0A000', '26000']);

/** The means of one request at one database. */
export class DatabaseWork {
  constructor(
    private readonly pool: LoginPool,
    private readonly options: SessionOptions,
    readonly signal: AbortSignal,
  ) {}

  async lease(): Promise<Lease> {
    const session = await this.pool.sessions.take(() => Session.open(this.options, this.signal), this.signal);
    return new Lease(session, this.pool.sessions);
  }

  run(lease: Lease, statement: Statement, purpose: Purpose, mode: RowMode): RunningStatement {
    const context: FailureContext = { ...purpose, statement, signal: this.signal };
    return new RunningStatement(lease, context, mode);
  }

  /** Runs a statement with a small answer in one round trip. */
  async query(statement: Statement, purpose: Purpose): Promise<{ rows: readonly Row[]; rowCount: number }> {
    const lease = await this.lease();
    try {
      const running = this.run(lease, statement, purpose, 'at-once');
      return { rows: await running.all(), rowCount: running.rowCount };
    } finally {
      lease.release();
    }
  }

  /**
   * Runs work that rests on a table's description. When the description or a prepared plan proves old, or a pooled
   * session proves dead under a read, it is done once more on fresh ground; a statement that the server refused left nothing behind.
   *
   * @param work is told whether its statements may use plans prepared before
   */
  async withTable<T>(
    name: string,
    isRead: boolean,
    work: (table: CatalogTable, mayReuse: boolean) => Promise<T>,
  ): Promise<T> {
    const known = this.pool.tables.find(name);
    try {
      return await work(known ?? (await this.describe(name)), true);
    } catch (error) {
      if (!(error instanceof SourceError) || !this.isWorthRepeating(error, known !== undefined, isRead)) throw error;
      this.pool.tables.drop(name);
      return work(await this.describe(name), false);
    }
  }

  /** Runs a read that rests on no table; a session that the server dropped meanwhile is replaced. */
  async read(statement: Statement): Promise<readonly Row[]> {
    try {
      return (await this.query(statement, READ)).rows;
    } catch (error) {
      if (!this.isDeadSession(error)) throw error;
      return (await this.query({ ...statement, isRepeated: false }, READ)).rows;
    }
  }

  private isWorthRepeating(error: SourceError, wasKnown: boolean, isRead: boolean): boolean {
    if (this.signal.aborted) return false;
    if (error.code === 'COLUMN_UNKNOWN') return wasKnown;
    if (error.cause instanceof DatabaseError && OUTDATED.has(error.cause.code ?? '')) return true;
    return isRead && this.isDeadSession(error);
  }

  /** A link lost under way, not one that could not be made: that one tells its place. Others of its age are dead, too. */
  private isDeadSession(error: unknown): boolean {
    const isLost =
      error instanceof SourceError && error.code === 'SOURCE_UNREACHABLE' && error.details['server'] === undefined;
    if (isLost) this.pool.sessions.dropIdle();
    return isLost && !this.signal.aborted;
  }

  private async describe(name: string): Promise<CatalogTable> {
    const { rows } = await this.query(describeTableStatement(name), READ);
    const table = readTable(rows);
    if (!table) throw tableMissing(name);
    this.pool.tables.keep(name, table);
    return table;
  }
}
