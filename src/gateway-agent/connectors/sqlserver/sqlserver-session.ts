import type { Socket } from 'node:net';
import type { Connection, ConnectionConfiguration } from 'tedious';
import { SourceError } from '../source-error.js';
import type { SqlValue, Statement } from '../sql/fragment.js';
import type { RowMode, SessionMeans, SqlLogin, SqlSession, SqlStream } from '../sql/sql-session.js';
import { readValuesExactly } from './exact-values.js';
import { connectFailure, isTlsMissing, tlsMissing } from './sqlserver-connect-failure.js';
import { SqlServerStream } from './sqlserver-stream.js';

/** Longest wait for a server to let a session in, in milliseconds. */
const CONNECT_TIMEOUT_MS = 10_000;
/** Longest wait for a lock that another session holds, in milliseconds: above every request's deadline of 110 s. */
const LOCK_TIMEOUT_MS = 120_000;

type Driver = typeof import('tedious');

/** The part of the driver's connection that it keeps to itself. */
interface Negotiation {
  performTlsNegotiation(prelogin: { readonly encryptionString: string }, signal: AbortSignal): Promise<void>;
}

/** One signed-in link to a SQL Server. */
export class SqlServerSession implements SqlSession {
  private isBroken = false;
  private running: SqlServerStream | undefined;

  private constructor(
    private readonly driver: Driver,
    private readonly connection: Connection,
    private readonly socket: () => Socket | undefined,
  ) {
    connection.on('error', () => this.broke());
    connection.on('end', () => this.broke());
  }

  /** @throws SourceError SOURCE_UNREACHABLE, SOURCE_DENIED, POLICY_DENIED, REQUEST_CANCELLED */
  static async open(login: SqlLogin, means: SessionMeans): Promise<SqlServerSession> {
    try {
      return await SqlServerSession.connect(login, means, login.encryption !== 'NotEncrypted');
    } catch (error) {
      if (!isTlsMissing(error) || login.encryption !== 'Any') throw connectFailure(error, login, means.signal);
    }
    try {
      return await SqlServerSession.connect(login, means, false);
    } catch (error) {
      throw connectFailure(error, login, means.signal);
    }
  }

  private static async connect(login: SqlLogin, means: SessionMeans, isEncrypted: boolean): Promise<SqlServerSession> {
    // Loaded when first needed: an agent without such a source does not carry it in memory.
    const driver = await import('tedious');
    await readValuesExactly();
    const limit = AbortSignal.any([means.signal, AbortSignal.timeout(CONNECT_TIMEOUT_MS)]);
    let socket: Socket | undefined;
    let refusal: unknown;
    const connector = async (): Promise<Socket> => {
      const { host, port } = login;
      try {
        socket = await means.egress.connect({ host, port, signal: limit, timeoutMs: CONNECT_TIMEOUT_MS });
        return socket;
      } catch (error) {
        // The driver wraps it into words of its own.
        refusal = error;
        throw error;
      }
    };
    const connection = new driver.Connection(configuration(login, means, { isEncrypted, connector }));
    if (isEncrypted) demandTls(connection);
    const session = new SqlServerSession(driver, connection, () => socket);
    const giveUp = (): void => session.destroy();
    limit.addEventListener('abort', giveUp, { once: true });
    try {
      await new Promise<void>((resolve, reject) => {
        connection.connect((error) => (error ? reject(error) : resolve()));
        connection.once('end', () => reject(new Error('The server closed the connection.')));
      });
      await session.command(`SET LOCK_TIMEOUT ${LOCK_TIMEOUT_MS}`);
      return session;
    } catch (error) {
      session.destroy();
      throw refusal instanceof SourceError ? refusal : error;
    } finally {
      limit.removeEventListener('abort', giveUp);
    }
  }

  get isUsable(): boolean {
    return !this.isBroken;
  }

  run(statement: Statement, _mode: RowMode): SqlStream {
    const stream = new SqlServerStream();
    const request = new this.driver.Request(statement.text, stream.onDone);
    statement.values.forEach((value, index) => {
      const { type, plain } = this.typed(value);
      request.addParameter(String(index + 1), type, plain);
    });
    stream.follow(request);
    this.running = stream;
    this.connection.execSql(request);
    return stream;
  }

  /** Where the database keeps no versions of rows, a count and its rows may differ: locks would stand in others' way. */
  async begin(kind: 'snapshot' | 'write'): Promise<void> {
    const versions = `IF (SELECT snapshot_isolation_state FROM sys.databases WHERE database_id = DB_ID()) = 1
      SET TRANSACTION ISOLATION LEVEL SNAPSHOT; `;
    await this.command(`${kind === 'snapshot' ? versions : ''}BEGIN TRANSACTION`);
  }

  commit(): Promise<void> {
    return this.command('COMMIT TRANSACTION; SET TRANSACTION ISOLATION LEVEL READ COMMITTED');
  }

  async reset(): Promise<void> {
    await this.command('IF @@TRANCOUNT > 0 ROLLBACK TRANSACTION');
    await new Promise<void>((resolve, reject) => this.connection.reset((error) => (error ? reject(error) : resolve())));
    await this.command(`SET LOCK_TIMEOUT ${LOCK_TIMEOUT_MS}`);
  }

  /** By a signal on the same link: the server looks for it while it works. */
  cancel(): Promise<void> {
    this.connection.cancel();
    return Promise.resolve();
  }

  async end(): Promise<void> {
    if (this.isBroken) return;
    const timer = setTimeout(() => this.destroy(), 1000);
    await new Promise<void>((resolve) => {
      this.connection.once('end', () => resolve());
      this.connection.close();
    });
    clearTimeout(timer);
    this.broke();
  }

  destroy(): void {
    this.broke();
    this.connection.close();
    this.socket()?.destroy();
  }

  private broke(): void {
    this.isBroken = true;
    this.running?.cut();
  }

  /** Runs a fixed batch of our own that takes and returns nothing. */
  private command(sql: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.connection.execSqlBatch(new this.driver.Request(sql, (error) => (error ? reject(error) : resolve())));
    });
  }

  /** Text unless told otherwise: casts in the statement say what it stands for, and lose no digit of it. */
  private typed(value: SqlValue): {
    type: Parameters<InstanceType<Driver['Request']>['addParameter']>[1];
    plain: unknown;
  } {
    const { TYPES } = this.driver;
    if (value instanceof Uint8Array) return { type: TYPES.VarBinary, plain: Buffer.from(value) };
    if (value === null || typeof value !== 'object') {
      return { type: TYPES.NVarChar, plain: value === null ? null : String(value) };
    }
    const { type, value: plain } = value;
    if (type === 'varbinary') {
      return { type: TYPES.VarBinary, plain: plain instanceof Uint8Array ? Buffer.from(plain) : null };
    }
    if (type === 'bigint') return { type: TYPES.BigInt, plain: String(plain) };
    if (type === 'float') return { type: TYPES.Float, plain };
    if (type === 'bit') return { type: TYPES.Bit, plain };
    return { type: TYPES.NVarChar, plain: plain === null ? null : String(plain) };
  }
}

function configuration(
  login: SqlLogin,
  { ca }: SessionMeans,
  link: { readonly isEncrypted: boolean; readonly connector: () => Promise<Socket> },
): ConnectionConfiguration {
  const { host, port, database, user, password, domain } = login;
  return {
    server: host,
    authentication:
      domain === undefined
        ? { type: 'default', options: { userName: user, password } }
        : { type: 'ntlm', options: { domain, userName: user, password } },
    options: {
      port,
      database,
      connector: link.connector,
      encrypt: link.isEncrypted,
      trustServerCertificate: login.encryption !== 'Encrypted',
      cryptoCredentialsDetails: { minVersion: 'TLSv1.2', ...(ca && { ca }) },
      appName: 'tidegate',
      connectTimeout: CONNECT_TIMEOUT_MS,
      // Requests have deadlines of their own.
      requestTimeout: 0,
      cancelTimeout: 2000,
      maxRetriesOnTransientErrors: 0,
      useColumnNames: false,
      rowCollectionOnDone: false,
      rowCollectionOnRequestCompletion: false,
      lowerCaseGuids: true,
      useUTC: true,
    },
  };
}

/**
 * The driver goes on in the clear when a server, or whoever answers in its place, says that it has no TLS, and would send
 * the password so. Cause: tedious 19.2.2, performTlsNegotiation; a test plays such a server.
 */
function demandTls(connection: Connection): void {
  const own = connection as unknown as Negotiation;
  const negotiate = own.performTlsNegotiation.bind(connection);
  own.performTlsNegotiation = async (prelogin, signal) => {
    if (prelogin.encryptionString !== 'ON' && prelogin.encryptionString !== 'REQ') throw tlsMissing();
    await negotiate(prelogin, signal);
  };
}
