import type { Connection } from 'oracledb';
import { SourceError } from '../source-error.js';
import type { Statement } from '../sql/fragment.js';
import type { RowMode, SessionMeans, SqlLogin, SqlSession, SqlStream } from '../sql/sql-session.js';
import { OracleStream } from './oracle-stream.js';
import type { OracleDriver } from './oracle-values.js';

/** Longest wait for a server to let a session in, in seconds. */
const CONNECT_TIMEOUT_S = 10;
/** Longest that one round trip may take, in milliseconds: above every request's deadline of 110 s. */
const CALL_TIMEOUT_MS = 120_000;

/** Times in UTC, and text forms that do not depend on anybody's country. */
const SESSION_SETTINGS = `ALTER SESSION SET TIME_ZONE = '+00:00' NLS_NUMERIC_CHARACTERS = '.,' NLS_DATE_FORMAT = 'YYYY-MM-DD"T"HH24:MI:SS'
  NLS_TIMESTAMP_FORMAT = 'YYYY-MM-DD"T"HH24:MI:SS.FF' NLS_TIMESTAMP_TZ_FORMAT = 'YYYY-MM-DD"T"HH24:MI:SS.FFTZH:TZM'`;

/** What may stand in a descriptor without ending a part of it. */
const SERVICE = /^[\w.$#-]{1,128}$/;

/** Codes by which the server refuses the login, or knows no such service. */
const REFUSALS: ReadonlySet<number> = new Set([1017, 1045, 28_000, 28_001, 28_002, 28_009, 12_505, 12_514]);

/** One signed-in link to an Oracle database, by the driver's thin mode: no libraries of Oracle's are loaded. */
export class OracleSession implements SqlSession {
  private isBroken = false;
  private running: OracleStream | undefined;
  private isInTransaction = false;

  private constructor(
    private readonly driver: OracleDriver,
    private readonly connection: Connection,
  ) {}

  /** @throws SourceError SOURCE_UNREACHABLE, SOURCE_DENIED, POLICY_DENIED, REQUEST_CANCELLED, VALIDATION_FAILED */
  static async open(login: SqlLogin, { egress, signal }: SessionMeans): Promise<OracleSession> {
    if (!SERVICE.test(login.database)) {
      throw new SourceError('VALIDATION_FAILED', 'The service holds a character that no name of one has.');
    }
    // The driver opens its socket itself: to the address that was checked, and to no other that the name may have.
    const address = await egress.resolve({ host: login.host, port: login.port });
    if (signal.aborted) throw cancelled();
    // Loaded when first needed: an agent without such a source does not carry it in memory.
    const driver = (await import('oracledb')).default;
    try {
      const opening = driver.getConnection({
        user: login.user,
        password: login.password,
        connectString: descriptor(login, address),
        connectTimeout: CONNECT_TIMEOUT_S,
      });
      const session = new OracleSession(driver, await untilAborted(opening, signal));
      session.connection.callTimeout = CALL_TIMEOUT_MS;
      await session.connection.execute(SESSION_SETTINGS);
      return session;
    } catch (error) {
      throw connectFailure(error, login, signal);
    }
  }

  get isUsable(): boolean {
    return !this.isBroken && this.connection.isHealthy();
  }

  run(statement: Statement, mode: RowMode): SqlStream {
    const options = { mode, commits: !this.isInTransaction };
    this.running = new OracleStream(this.driver, this.connection, statement, options);
    return this.running;
  }

  async begin(kind: 'snapshot' | 'write'): Promise<void> {
    // A write begins a transaction by itself; reads see one state only where they are told to.
    if (kind === 'snapshot') await this.connection.execute('SET TRANSACTION READ ONLY');
    this.isInTransaction = true;
  }

  async commit(): Promise<void> {
    this.isInTransaction = false;
    await this.connection.commit();
  }

  /** Settings, roles and state of packages stay with a session: one that ran a caller's own statement is not used again. */
  async reset(): Promise<void> {
    await this.connection.rollback();
    throw new Error('A session of this database cannot be made as it was.');
  }

  async cancel(): Promise<void> {
    try {
      await this.connection.break();
    } catch (error) {
      // The link is gone already.
      if (!(error instanceof Error)) throw error;
    }
  }

  async end(): Promise<void> {
    if (this.isBroken) return;
    this.isBroken = true;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, 1000)));
    await Promise.race([this.close(), late]);
    clearTimeout(timer);
  }

  destroy(): void {
    this.isBroken = true;
    this.running?.cut();
    void this.close();
  }

  private async close(): Promise<void> {
    try {
      await this.connection.close({ drop: true });
    } catch (error) {
      // There is nothing left to close.
      if (!(error instanceof Error)) throw error;
    }
  }
}

/** A literal IPv6 address has no colon that the descriptor would take for an end. */
function descriptor({ database, encryption, port }: SqlLogin, address: string): string {
  const isEncrypted = encryption === 'Encrypted';
  const place = `(ADDRESS=(PROTOCOL=${isEncrypted ? 'tcps' : 'tcp'})(HOST=${address})(PORT=${port}))`;
  const security = isEncrypted ? '(SECURITY=(SSL_SERVER_DN_MATCH=ON))' : '';
  return `(DESCRIPTION=(RETRY_COUNT=0)(TRANSPORT_CONNECT_TIMEOUT=${CONNECT_TIMEOUT_S})${place}(CONNECT_DATA=(SERVICE_NAME=${database}))${security})`;
}

/** A session that comes too late is closed again. */
async function untilAborted(opening: Promise<Connection>, signal: AbortSignal): Promise<Connection> {
  let onAbort = (): void => undefined;
  const aborted = new Promise<never>((_resolve, reject) => (onAbort = () => reject(cancelled())));
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([opening, aborted]);
  } catch (error) {
    void opening.then(
      (late) => late.close({ drop: true }).catch(() => undefined),
      () => undefined,
    );
    throw error;
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

function cancelled(): SourceError {
  return new SourceError('REQUEST_CANCELLED', 'The request was cancelled before it ran.');
}

function connectFailure(error: unknown, place: SqlLogin, signal: AbortSignal): SourceError {
  if (error instanceof SourceError) return error;
  if (signal.aborted) return cancelled();
  const details = { server: place.host, port: place.port };
  const number = error instanceof Error && 'errorNum' in error ? Number(error.errorNum) : 0;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  // NJS-518 and NJS-517: the listener knows no such service.
  const isRefusal = REFUSALS.has(number) || code === 'NJS-518' || code === 'NJS-517';
  return new SourceError(
    isRefusal ? 'SOURCE_DENIED' : 'SOURCE_UNREACHABLE',
    isRefusal ? 'The database server refused the login.' : 'The database server cannot be reached.',
    { hop: 'source', details: /^[A-Z]{3}-\d{1,6}$/.test(code) ? { ...details, reason: code } : details, cause: error },
  );
}
