import { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import { Client } from 'pg';
import { SourceError } from '../source-error.js';
import type { Statement } from '../sql/fragment.js';
import type { Row, RowMode, SessionMeans, SqlLogin, SqlSession } from '../sql/sql-session.js';
import { sendCancelRequest } from './cancel-request.js';
import { connectFailure } from './connect-failure.js';
import { MessageSplitter } from './message-splitter.js';
import { RowStream } from './row-stream.js';

/** Longest wait for a server to take a connection, in milliseconds. */
export const CONNECT_TIMEOUT_MS = 10_000;

/**
 * Longest a statement or an idle transaction may live at the server, in milliseconds: above every request's deadline of
 * 110 s, so it acts only when the agent that would have cancelled is gone.
 */
const SERVER_TIMEOUT_MS = 120_000;

/** Statements kept prepared on one session; shapes beyond are parsed each time. */
const MAX_PREPARED = 200;

/**
 * Set in the startup packet, so that DISCARD ALL comes back to them: text forms that do not depend on the server's
 * taste, and every digit of a float.
 */
const SESSION_SETTINGS = [
  'timezone=UTC',
  'datestyle=ISO',
  'intervalstyle=iso_8601',
  'bytea_output=hex',
  'extra_float_digits=1',
  'standard_conforming_strings=on',
]
  .map((setting) => `-c ${setting}`)
  .join(' ');

/** The parts of pg's client that its published types leave out. */
interface ClientInternals {
  readonly processID: number;
  readonly secretKey: number;
  readonly connection: {
    parsedStatements: Record<string, string | undefined>;
    /** Begins to listen to the server, in the clear or once TLS stands. */
    attachListeners(stream: EventEmitter): void;
  };
}

/** What pg says when the server answers the request for TLS with "no". A test pins the wording. */
const NO_TLS_MESSAGE = 'The server does not support SSL connections';

/** Where a session leads, and by what means. */
interface SessionOptions {
  readonly login: SqlLogin;
  readonly means: SessionMeans;
}

/** One signed-in link to a PostgreSQL server. */
export class Session implements SqlSession {
  private readonly names = new Map<string, string>();
  private readonly splitter: MessageSplitter;
  private isBroken = false;

  private constructor(
    private readonly client: Client,
    private readonly socket: Socket,
    private readonly options: SessionOptions,
    readonly isEncrypted: boolean,
  ) {
    this.splitter = splitRows(this.internals);
    client.on('error', () => (this.isBroken = true));
    client.on('end', () => (this.isBroken = true));
  }

  /** @throws SourceError SOURCE_UNREACHABLE, SOURCE_DENIED, POLICY_DENIED, REQUEST_CANCELLED */
  static async open(login: SqlLogin, means: SessionMeans): Promise<Session> {
    const { encryption } = login;
    const options = { login, means };
    try {
      return await Session.connect(options, encryption !== 'NotEncrypted');
    } catch (error) {
      const isRefusal = error instanceof Error && error.message === NO_TLS_MESSAGE;
      if (!isRefusal || encryption !== 'Any') throw connectFailure(error, login, means.signal);
    }
    try {
      return await Session.connect(options, false);
    } catch (error) {
      throw connectFailure(error, login, means.signal);
    }
  }

  private static async connect(options: SessionOptions, encrypted: boolean): Promise<Session> {
    const { login, means } = options;
    const { host, port, database, user, password, encryption } = login;
    const { egress, ca, signal } = means;
    const startedAt = performance.now();
    const socket = await egress.connect({ host, port, signal, timeoutMs: CONNECT_TIMEOUT_MS });
    const client = new Client({
      host,
      port,
      database,
      user,
      password,
      ssl: encrypted && { rejectUnauthorized: encryption === 'Encrypted', ...(ca && { ca }) },
      application_name: 'tidegate',
      options: SESSION_SETTINGS,
      statement_timeout: SERVER_TIMEOUT_MS,
      idle_in_transaction_session_timeout: SERVER_TIMEOUT_MS,
      stream: () => connected(socket),
    });
    const leftMs = Math.max(1, CONNECT_TIMEOUT_MS - (performance.now() - startedAt));
    const limit = AbortSignal.any([signal, AbortSignal.timeout(Math.ceil(leftMs))]);
    const giveUp = (): void => {
      socket.destroy(
        new SourceError('SOURCE_UNREACHABLE', 'The database server did not answer in time.', { hop: 'source' }),
      );
    };
    limit.addEventListener('abort', giveUp, { once: true });
    if (limit.aborted) giveUp();
    const session = new Session(client, socket, options, encrypted);
    try {
      await client.connect();
      return session;
    } catch (error) {
      socket.destroy();
      throw error;
    } finally {
      limit.removeEventListener('abort', giveUp);
    }
  }

  get isUsable(): boolean {
    return !this.isBroken;
  }

  /** Puts a statement on the wire; what comes back is read from the stream. */
  run(statement: Statement, mode: RowMode, onRow?: (row: Row) => void): RowStream {
    const name = statement.isRepeated ? this.nameOf(statement.text) : '';
    const wired = { text: statement.text, values: textsOf(statement), name };
    return this.client.query(new RowStream(wired, this.splitter, mode, onRow));
  }

  async begin(kind: 'snapshot' | 'write'): Promise<void> {
    await this.command(kind === 'snapshot' ? 'BEGIN ISOLATION LEVEL REPEATABLE READ' : 'BEGIN');
  }

  async commit(): Promise<void> {
    await this.command('COMMIT');
  }

  private async command(text: string): Promise<void> {
    await this.client.query(text);
  }

  private nameOf(text: string): string {
    const known = this.names.get(text);
    if (known !== undefined) return known;
    if (this.names.size >= MAX_PREPARED) return '';
    const name = `t${this.names.size}`;
    this.names.set(text, name);
    return name;
  }

  /**
   * Takes back whatever a caller's own statement may have left: settings, roles, locks, temporary tables, an open
   * transaction. The next request on this session may be another person's.
   */
  async reset(): Promise<void> {
    if (this.client.getTransactionStatus() !== 'I') await this.command('ROLLBACK');
    await this.command('DISCARD ALL');
    this.names.clear();
    this.internals.connection.parsedStatements = {};
  }

  /** Interrupts what the backend is doing. */
  async cancel(): Promise<void> {
    const { login, means } = this.options;
    const { processID: processId, secretKey } = this.internals;
    const { isEncrypted } = this;
    await sendCancelRequest({ host: login.host, port: login.port, processId, secretKey, isEncrypted }, means.egress);
  }

  /** Ends the session in good order. */
  async end(): Promise<void> {
    if (this.isBroken) return;
    this.isBroken = true;
    const timer = setTimeout(() => this.socket.destroy(), 1000);
    await this.client.end();
    clearTimeout(timer);
  }

  /** Cuts the session; the server rolls back and ends its backend. */
  destroy(): void {
    this.isBroken = true;
    this.socket.destroy();
  }

  private get internals(): ClientInternals {
    return this.client as unknown as ClientInternals;
  }
}

/** Puts a splitter between the server's bytes and pg, before it connects. */
function splitRows({ connection }: ClientInternals): MessageSplitter {
  const rest = new EventEmitter();
  const splitter = new MessageSplitter((messages) => rest.emit('data', messages));
  const attach = connection.attachListeners.bind(connection);
  connection.attachListeners = (stream) => {
    attach(rest);
    stream.on('data', (chunk: Buffer) => {
      splitter.take(chunk);
    });
  };
  return splitter;
}

/** pg opens the socket that it is given; this one is open. */
function connected(socket: Socket): Socket {
  socket.connect = () => {
    process.nextTick(() => socket.emit('connect'));
    return socket;
  };
  return socket;
}

/** Everything is bound as text: the server reads it in the type that stands beside the placeholder. */
function textsOf({ values }: Statement): readonly (string | null)[] {
  return values.map((value) => {
    if (value === null || typeof value === 'string') return value;
    throw new TypeError('PostgreSQL binds texts.');
  });
}
