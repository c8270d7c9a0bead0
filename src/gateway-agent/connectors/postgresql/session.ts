import { Socket } from 'node:net';
import { Client, DatabaseError } from 'pg';
import type { ConnectionEncryption } from '../../../contract/targets.js';
import { SourceError } from '../source-error.js';
import { sendCancelRequest } from './cancel-request.js';
import { connectFailure } from './connect-failure.js';
import { RowStream, type RowMode } from './row-stream.js';
import type { Statement } from './statement.js';

/** Where a session leads and as whom. */
export interface SessionOptions {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: string;
  readonly encryption: ConnectionEncryption;
  /** Authorities to check the server against, PEM; Node's own when undefined. */
  readonly ca: string[] | undefined;
}

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
  readonly connection: { parsedStatements: Record<string, string | undefined> };
}

/** What pg says when the server answers the request for TLS with "no". A test pins the wording. */
const NO_TLS_MESSAGE = 'The server does not support SSL connections';

/** One signed-in link to a PostgreSQL server. */
export class Session {
  private readonly names = new Map<string, string>();
  private isBroken = false;

  private constructor(
    private readonly client: Client,
    private readonly socket: Socket,
    private readonly options: SessionOptions,
    readonly isEncrypted: boolean,
  ) {
    client.on('error', () => (this.isBroken = true));
    client.on('end', () => (this.isBroken = true));
  }

  /** @throws SourceError SOURCE_UNREACHABLE, SOURCE_DENIED, REQUEST_CANCELLED */
  static async open(options: SessionOptions, signal: AbortSignal): Promise<Session> {
    try {
      return await Session.connect(options, options.encryption !== 'NotEncrypted', signal);
    } catch (error) {
      const isRefusal = error instanceof Error && error.message === NO_TLS_MESSAGE;
      if (!isRefusal || options.encryption !== 'Any') throw connectFailure(error, options, signal);
    }
    try {
      return await Session.connect(options, false, signal);
    } catch (error) {
      throw connectFailure(error, options, signal);
    }
  }

  private static async connect(options: SessionOptions, encrypted: boolean, signal: AbortSignal): Promise<Session> {
    const socket = new Socket();
    const client = new Client({
      host: options.host,
      port: options.port,
      database: options.database,
      user: options.user,
      password: options.password,
      ssl: encrypted && {
        rejectUnauthorized: options.encryption === 'Encrypted',
        ...(options.ca && { ca: options.ca }),
      },
      application_name: 'tidegate',
      options: SESSION_SETTINGS,
      statement_timeout: SERVER_TIMEOUT_MS,
      idle_in_transaction_session_timeout: SERVER_TIMEOUT_MS,
      stream: () => socket,
    });
    const limit = AbortSignal.any([signal, AbortSignal.timeout(CONNECT_TIMEOUT_MS)]);
    const giveUp = (): void => {
      socket.destroy(
        new SourceError('SOURCE_UNREACHABLE', 'The database server did not answer in time.', { hop: 'source' }),
      );
    };
    if (limit.aborted) throw limit.reason;
    limit.addEventListener('abort', giveUp, { once: true });
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
  run(statement: Statement, mode: RowMode): RowStream {
    const name = statement.isRepeated ? this.nameOf(statement.text) : '';
    return this.client.query(new RowStream(statement.text, statement.values, mode, name));
  }

  /** Runs a fixed command of our own that takes and returns nothing. */
  async command(text: 'BEGIN ISOLATION LEVEL REPEATABLE READ' | 'COMMIT' | 'ROLLBACK' | 'DISCARD ALL'): Promise<void> {
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
    await sendCancelRequest({
      host: this.options.host,
      port: this.options.port,
      processId: this.internals.processID,
      secretKey: this.internals.secretKey,
      isEncrypted: this.isEncrypted,
    });
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

/** Whether an error is the server's word about a statement, after which the session goes on. */
export function isStatementError(error: unknown): error is DatabaseError {
  return error instanceof DatabaseError && error.severity !== 'FATAL' && error.severity !== 'PANIC';
}
