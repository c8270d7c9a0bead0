import type { ConnectionEncryption } from '../../../contract/targets.js';
import type { Egress } from '../egress.js';
import type { Statement } from './fragment.js';

/** Where a session leads and as whom. Sessions are shared between requests for which all of it is the same. */
export interface SqlLogin {
  readonly host: string;
  readonly port: number;
  /** The database, or what the source has in its place (a service of Oracle's). */
  readonly database: string;
  readonly user: string;
  readonly password: string;
  /** Windows domain of the user, where the credential is of type Windows. */
  readonly domain?: string;
  readonly encryption: ConnectionEncryption;
}

/** What a session is opened with. */
export interface SessionMeans {
  /** The only way to the server's socket. */
  readonly egress: Egress;
  /** Authorities to check the server against, PEM; Node's own when undefined. */
  readonly ca: string[] | undefined;
  readonly signal: AbortSignal;
}

/** One row: each value in the text form that the dialect's writers read; null is null. */
export type Row = readonly (string | null)[];

/** A column of a result, as the server describes it. */
export interface SqlField {
  readonly name: string;
  /** The source's own number or name of the type. */
  readonly type: number | string;
}

/**
 * `at-once`: a small answer, committed with it. `cursor`: rows are fetched as the reader takes them, which holds back the
 * server as long as the reader is slow. `committed-cursor` also waits for the commit before it ends.
 */
export type RowMode = 'at-once' | 'cursor' | 'committed-cursor';

/** Rows of the first batch: most answers end in it, and so take one round trip. */
export const FIRST_BATCH_ROWS = 1000;

/** One statement on the wire, its rows read at the reader's pace. Bounded in memory whatever the rows are like. */
export interface SqlStream {
  /** Known once `next` has answered. */
  readonly fields: readonly SqlField[];
  /** Rows that a write affected; known after the last batch. */
  readonly rowCount: number;
  /** Nothing is running at the server: it waits for us. */
  readonly isWaitingForReader: boolean;
  readonly hasEnded: boolean;
  /** The rows that have come, at least one; undefined after the last. Rejects with the driver's own error. */
  next(): Promise<readonly Row[] | undefined>;
  /** Throws away what comes from now on: nobody wants it, and the server's last word must not wait behind it. */
  drop(): void;
  /** After the last row: goes on to the next set of rows where a procedure gave several. */
  nextSet?(): Promise<boolean>;
  /** After the last set: what a procedure gave back in its parameters. */
  readonly outputs?: { readonly fields: readonly SqlField[]; readonly row: Row } | undefined;
}

/** One signed-in link to a server. Runs one statement at a time. */
export interface SqlSession {
  /** Whether it may be used again. */
  readonly isUsable: boolean;
  /**
   * Puts a statement on the wire.
   *
   * @param onRow is shown each row when it comes, in their order; a session may also show none. `next` gives them all the same
   */
  run(statement: Statement, mode: RowMode, onRow?: (row: Row) => void): SqlStream;
  /** `snapshot`: all reads until the end see one state. `write`: what follows happens together or not at all. */
  begin(kind: 'snapshot' | 'write'): Promise<void>;
  commit(): Promise<void>;
  /**
   * Takes back whatever was left behind: an open transaction, and of a caller's own statement settings, roles, locks and
   * temporary tables. The next request may be another person's. A database that cannot do it rejects: the session is dropped.
   */
  reset(): Promise<void>;
  /** Interrupts what the server is doing; settles when it was asked to, also when it could not be. */
  cancel(): Promise<void>;
  /** Ends it in good order, within a second. */
  end(): Promise<void>;
  /** Cuts it at once. */
  destroy(): void;
}
