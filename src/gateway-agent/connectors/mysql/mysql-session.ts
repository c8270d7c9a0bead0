import type { Socket } from 'node:net';
import type { Connection } from 'mysql2';
import type { Statement } from '../sql/fragment.js';
import type { RowMode, SessionMeans, SqlLogin, SqlSession, SqlStream } from '../sql/sql-session.js';
import { connectFailure, isTlsMissing } from './mysql-connect-failure.js';
import { MysqlStream } from './mysql-stream.js';

/** Longest wait for a server to let a session in, in milliseconds. */
const CONNECT_TIMEOUT_MS = 10_000;
/** Longest wait for a second session to ask for a cancellation, in milliseconds. It is a courtesy; cutting follows anyway. */
const CANCEL_TIMEOUT_MS = 1500;
/** Statements kept prepared on one session. */
const MAX_PREPARED = 200;

/**
 * Longest a statement may run at the server, in seconds: above every request's deadline of 110 s, so it acts only when
 * the agent that would have cancelled is gone. A reader may be as slow; the server would cut it off after 60 s.
 */
const SERVER_TIMEOUT_S = 120;

/**
 * What every session speaks: times in UTC, and values that do not fit are refused, not cut. Comments of the form that only
 * one of the two products reads hold what only that one knows.
 */
const SESSION_SETTINGS = `SET SESSION time_zone = '+00:00',
  sql_mode = 'STRICT_ALL_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION',
  net_write_timeout = ${SERVER_TIMEOUT_S}, autocommit = 1
  /*M! , max_statement_time = ${SERVER_TIMEOUT_S} */`;
/** MySQL's own, which MariaDB does not have. */
const MYSQL_SETTINGS = `SET SESSION max_execution_time = ${SERVER_TIMEOUT_S * 1000}`;

/** "Unknown system variable." */
const UNKNOWN_VARIABLE = 1193;

/** One signed-in link to a MySQL or MariaDB server. */
export class MysqlSession implements SqlSession {
  private isBroken = false;
  private running: MysqlStream | undefined;

  private constructor(
    private readonly connection: Connection,
    private readonly socket: Socket,
    private readonly login: SqlLogin,
    private readonly means: SessionMeans,
  ) {
    // A link that is lost under way is told to the connection, not to the statement.
    connection.on('error', (error: Error) => this.broke(error));
    connection.on('end', () => this.broke(new Error('The server closed the connection.')));
  }

  /** @throws SourceError SOURCE_UNREACHABLE, SOURCE_DENIED, POLICY_DENIED, REQUEST_CANCELLED */
  static async open(login: SqlLogin, means: SessionMeans): Promise<MysqlSession> {
    try {
      return await MysqlSession.connect(login, means, login.encryption !== 'NotEncrypted');
    } catch (error) {
      if (!isTlsMissing(error) || login.encryption !== 'Any') throw connectFailure(error, login, means.signal);
    }
    try {
      return await MysqlSession.connect(login, means, false);
    } catch (error) {
      throw connectFailure(error, login, means.signal);
    }
  }

  private static async connect(login: SqlLogin, means: SessionMeans, isEncrypted: boolean): Promise<MysqlSession> {
    // Loaded when first needed: an agent without such a source does not carry it in memory.
    const { createConnection } = await import('mysql2');
    const { host, port, user, password, database } = login;
    const limit = AbortSignal.any([means.signal, AbortSignal.timeout(CONNECT_TIMEOUT_MS)]);
    const socket = await means.egress.connect({ host, port, signal: limit, timeoutMs: CONNECT_TIMEOUT_MS });
    // Without a name of its own tls.connect would check the certificate of a server given by address against `localhost`.
    Object.assign(socket, { _host: host });
    const isChecked = login.encryption === 'Encrypted';
    const connection = createConnection({
      host,
      port,
      user,
      password,
      database,
      stream: () => socket,
      ...(isEncrypted && {
        ssl: {
          rejectUnauthorized: isChecked,
          verifyIdentity: isChecked,
          minVersion: 'TLSv1.2',
          ...(means.ca && { ca: means.ca }),
        },
      }),
      charset: 'UTF8MB4_UNICODE_CI',
      timezone: 'Z',
      rowsAsArray: true,
      supportBigNumbers: true,
      bigNumberStrings: true,
      dateStrings: true,
      jsonStrings: true,
      // Parsers are not made from text at run time.
      disableEval: true,
      multipleStatements: false,
      // No server may ask for a file of this machine; sets of rows may come from prepared calls.
      flags: ['-LOCAL_FILES', 'PS_MULTI_RESULTS'],
      maxPreparedStatements: MAX_PREPARED,
      connectTimeout: CONNECT_TIMEOUT_MS,
      connectAttributes: { program_name: 'tidegate' },
    });
    const session = new MysqlSession(connection, socket, login, means);
    const giveUp = (): void => void socket.destroy();
    limit.addEventListener('abort', giveUp, { once: true });
    try {
      await new Promise<void>((resolve, reject) => connection.connect((error) => (error ? reject(error) : resolve())));
      await session.configure();
      return session;
    } catch (error) {
      session.destroy();
      throw error;
    } finally {
      limit.removeEventListener('abort', giveUp);
    }
  }

  get isUsable(): boolean {
    return !this.isBroken;
  }

  run(statement: Statement, _mode: RowMode): SqlStream {
    this.running = new MysqlStream(this.connection, statement);
    return this.running;
  }

  async begin(kind: 'snapshot' | 'write'): Promise<void> {
    if (kind === 'write') return this.command('START TRANSACTION');
    await this.command('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ');
    await this.command('START TRANSACTION WITH CONSISTENT SNAPSHOT');
  }

  commit(): Promise<void> {
    return this.command('COMMIT');
  }

  async reset(): Promise<void> {
    await new Promise<void>((resolve, reject) => this.connection.reset((error) => (error ? reject(error) : resolve())));
    await this.configure();
  }

  /** By a session of its own: this one's link is busy with the statement. */
  async cancel(): Promise<void> {
    const id = this.connection.threadId;
    if (!Number.isSafeInteger(id)) return;
    const means = { ...this.means, signal: AbortSignal.timeout(CANCEL_TIMEOUT_MS) };
    try {
      const other = await MysqlSession.open(this.login, means);
      try {
        await other.command(`KILL QUERY ${id}`);
      } finally {
        other.destroy();
      }
    } catch (error) {
      // The server takes no more sessions, or the statement has ended: what is left is to cut this session.
      if (!(error instanceof Error)) throw error;
    }
  }

  async end(): Promise<void> {
    if (this.isBroken) return;
    this.isBroken = true;
    const timer = setTimeout(() => this.connection.destroy(), 1000);
    await new Promise<void>((resolve) => this.connection.end(() => resolve()));
    clearTimeout(timer);
    this.destroy();
  }

  destroy(): void {
    this.connection.destroy();
    this.socket.destroy();
    // The driver says nothing of a link that it cut itself.
    this.broke(new Error('The session was cut.'));
  }

  private broke(error: Error): void {
    this.isBroken = true;
    this.running?.cut(error);
  }

  private async configure(): Promise<void> {
    await this.command(SESSION_SETTINGS);
    try {
      await this.command(MYSQL_SETTINGS);
    } catch (error) {
      const isOther = error instanceof Error && 'errno' in error && error.errno === UNKNOWN_VARIABLE;
      if (!isOther) throw error;
    }
  }

  /** Runs a fixed command of our own that takes and returns nothing. */
  private command(sql: string): Promise<void> {
    return new Promise((resolve, reject) => this.connection.query(sql, (error) => (error ? reject(error) : resolve())));
  }
}
