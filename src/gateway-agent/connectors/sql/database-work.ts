import type { Egress } from '../egress.js';
import { SourceError } from '../source-error.js';
import { lookup, tableMissing } from './catalog.js';
import type { CatalogTable } from './catalog-table.js';
import type { FailureContext, SqlDialect, SqlFailures } from './dialect.js';
import { compile, type Fragment, type Statement } from './fragment.js';
import type { LoginPool } from './login-pools.js';
import { Lease, RunningStatement } from './running-statement.js';
import type { Row, RowMode, SqlLogin, SqlSession } from './sql-session.js';

/** What a statement is for; decides how its failures read. */
export type Purpose = Omit<FailureContext, 'statement' | 'signal'>;

export const READ: Purpose = { badValue: 'FILTER_INVALID', isWrite: false, isNative: false };
export const READ_BY_KEY: Purpose = { badValue: 'ITEM_NOT_FOUND', isWrite: false, isNative: false };

/** A small answer. */
export interface SmallAnswer {
  readonly rows: readonly Row[];
  readonly rowCount: number;
}

/** Where one request's work is done. */
export interface WorkPlace {
  readonly dialect: SqlDialect;
  readonly pool: LoginPool;
  readonly login: SqlLogin;
  readonly egress: Egress;
  readonly ca: string[] | undefined;
  readonly signal: AbortSignal;
  /** Rows that one answer may hold; undefined: as many as there are. */
  readonly maxRows: number | undefined;
}

/** The means of one request at one database. */
export class DatabaseWork {
  readonly dialect: SqlDialect;
  readonly signal: AbortSignal;
  readonly maxRows: number | undefined;

  constructor(private readonly place: WorkPlace) {
    this.dialect = place.dialect;
    this.signal = place.signal;
    this.maxRows = place.maxRows;
  }

  /** A session of its own, signed in anew. */
  open(): Promise<SqlSession> {
    const { login, egress, ca, signal } = this.place;
    return this.dialect.open(login, { egress, ca, signal });
  }

  async lease(): Promise<Lease> {
    const { sessions } = this.place.pool;
    return new Lease(await sessions.take(() => this.open(), this.signal), sessions);
  }

  run(lease: Lease, statement: Statement, purpose: Purpose, mode: RowMode): RunningStatement {
    return new RunningStatement(lease, this.contextOf(statement, purpose), mode);
  }

  /** Runs a statement with a small answer, whose rows are looked at while they come. */
  runEarly(lease: Lease, statement: Statement, purpose: Purpose, onRow: (row: Row) => void): RunningStatement {
    return new RunningStatement(lease, this.contextOf(statement, purpose), 'at-once', onRow);
  }

  /** Runs a statement with a small answer in one round trip. */
  async query(statement: Statement, purpose: Purpose): Promise<SmallAnswer> {
    const lease = await this.lease();
    try {
      return await this.small(lease, statement, purpose);
    } finally {
      lease.release();
    }
  }

  /** Runs statements that happen together or not at all. */
  async together<T>(
    work: (query: (statement: Statement, purpose: Purpose) => Promise<SmallAnswer>) => Promise<T>,
  ): Promise<T> {
    const lease = await this.lease();
    try {
      await this.command(lease, 'begin');
      const result = await work((statement, purpose) => this.small(lease, statement, purpose));
      await this.command(lease, 'commit');
      lease.release();
      return result;
    } catch (error) {
      if (lease.session.isUsable) await lease.releaseReset();
      else lease.release();
      throw error;
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
    const { tables } = this.place.pool;
    const known = tables.find(name);
    try {
      return await work(known ?? (await this.describe(name)), true);
    } catch (error) {
      if (!(error instanceof SourceError) || !this.isWorthRepeating(error, known !== undefined, isRead)) throw error;
      tables.drop(name);
      return work(await this.describe(name), false);
    }
  }

  /** Runs a read of the catalogue; a session that the server dropped meanwhile is replaced. */
  async read(fragment: Fragment): Promise<readonly Row[]> {
    const statement = compile(this.dialect.compiler, fragment, true);
    try {
      return (await this.query(statement, READ)).rows;
    } catch (error) {
      if (!this.isDeadSession(error)) throw error;
      return (await this.query({ ...statement, isRepeated: false }, READ)).rows;
    }
  }

  private contextOf(statement: Statement, purpose: Purpose): FailureContext & { readonly failures: SqlFailures } {
    return { ...purpose, statement, signal: this.signal, failures: this.dialect.failures };
  }

  private async small(lease: Lease, statement: Statement, purpose: Purpose): Promise<SmallAnswer> {
    const running = this.run(lease, statement, purpose, 'at-once');
    return { rows: await running.all(), rowCount: running.rowCount };
  }

  /** A commit whose word was lost may have happened. */
  private async command(lease: Lease, which: 'begin' | 'commit'): Promise<void> {
    const statement = { text: which, values: [], columns: [], isRepeated: false };
    const context: FailureContext = {
      ...{ statement, signal: this.signal, badValue: 'VALIDATION_FAILED', isNative: false },
      isWrite: which === 'commit',
    };
    try {
      await (which === 'begin' ? lease.session.begin('write') : lease.session.commit());
    } catch (error) {
      throw this.dialect.failures.toSourceError(error, context);
    }
  }

  private isWorthRepeating(error: SourceError, wasKnown: boolean, isRead: boolean): boolean {
    if (this.signal.aborted) return false;
    if (error.code === 'COLUMN_UNKNOWN') return wasKnown;
    if (this.dialect.failures.isOutdated(error)) return true;
    return isRead && this.isDeadSession(error);
  }

  /** A link lost under way, not one that could not be made: that one tells its place. Others of its age are dead, too. */
  private isDeadSession(error: unknown): boolean {
    const isLost =
      error instanceof SourceError && error.code === 'SOURCE_UNREACHABLE' && error.details['server'] === undefined;
    if (isLost) this.place.pool.sessions.dropIdle();
    return isLost && !this.signal.aborted;
  }

  private async describe(name: string): Promise<CatalogTable> {
    const { catalog, compiler } = this.dialect;
    const fragment = lookup(
      name,
      () => tableMissing(name),
      (candidates) => catalog.describeTable(candidates),
    );
    const { rows } = await this.query(compile(compiler, fragment, true), READ);
    const table = catalog.readTable(rows);
    if (!table) throw tableMissing(name);
    this.place.pool.tables.keep(name, table);
    return table;
  }
}
