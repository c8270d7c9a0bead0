import type { AgentErrorCode } from '../../../contract/errors.js';
import { SourceError } from '../source-error.js';
import type { FailureContext, SqlFailures } from '../sql/dialect.js';
import { linkFailure, named } from '../sql/failure-words.js';

/** A server's word about a statement, as the driver hands it on. */
interface ServerError extends Error {
  readonly errno: number;
  readonly sqlState: string;
  readonly fatal?: boolean;
  readonly sqlMessage?: string;
}

/** Numbers of errors. @see MySQL "Server Error Message Reference", MariaDB "Error Codes" */
const NO_TABLE = 1146;
const NO_COLUMN = 1054;
/** The table's description changed under a prepared statement, or may have. */
const CHANGED: ReadonlySet<number> = new Set([NO_TABLE, NO_COLUMN, 1412, 1615]);
const DENIED: ReadonlySet<number> = new Set([1044, 1045, 1095, 1142, 1143, 1227, 1290, 1370, 1419]);
/** Uniqueness, references, checks. */
const RULES: ReadonlySet<number> = new Set([
  1022, 1062, 1169, 1216, 1217, 1451, 1452, 1557, 1586, 1761, 1762, 3819, 4025,
]);
const EMPTY: ReadonlySet<number> = new Set([1048, 1364]);
const GENERATED: ReadonlySet<number> = new Set([1906, 3105]);
/** Values that their columns do not take, and results out of range. */
const BAD_VALUES: ReadonlySet<number> = new Set([
  1264, 1265, 1292, 1365, 1366, 1367, 1406, 1411, 1416, 1441, 1525, 1690, 1918, 3140, 3141, 3156, 3854,
]);
const INTERRUPTED: ReadonlySet<number> = new Set([1317, 1969, 3024]);
/** The server goes away, or cut this session. */
const GONE: ReadonlySet<number> = new Set([1053, 1077, 1079, 1152, 1158, 1159, 1160, 1161, 1184, 1927, 4031]);

/** Longest piece of the source's own message passed on, in characters. */
const MAX_SOURCE_MESSAGE = 300;

function isServerError(error: unknown): error is ServerError {
  return error instanceof Error && 'errno' in error && 'sqlState' in error && typeof error.sqlState === 'string';
}

function isAboutStatement(error: unknown): error is ServerError {
  return isServerError(error) && error.fatal !== true && !GONE.has(error.errno);
}

/** What the errors of MySQL and MariaDB mean. Their messages hold values, so little of them is passed on. */
export const MYSQL_FAILURES: SqlFailures = {
  isStatementError: isAboutStatement,
  isOutdated: ({ cause }) => isServerError(cause) && CHANGED.has(cause.errno),
  toSourceError: (error, context) => {
    if (error instanceof SourceError) return error;
    if (!isServerError(error)) return linkFailure(error, context);
    if (!isAboutStatement(error)) return linkFailure(error, context);
    return statementFailure(error, context);
  },
};

function statementFailure(error: ServerError, context: FailureContext): SourceError {
  const { errno } = error;
  const make = (code: AgentErrorCode, message: string, more: Record<string, string> = {}): SourceError =>
    new SourceError(code, message, {
      hop: 'source',
      outcome: 'not-executed',
      details: { error: errno, sqlstate: error.sqlState, ...more },
      cause: error,
    });
  if (INTERRUPTED.has(errno)) {
    return context.signal.aborted
      ? make('REQUEST_CANCELLED', 'The request was cancelled and the source stopped it.')
      : make('SOURCE_FAILED', 'The data source stopped the statement: it ran too long.');
  }
  if (DENIED.has(errno)) return make('SOURCE_DENIED', 'The login may not do this at the data source.');
  if (context.isNative) return make('SOURCE_FAILED', `The data source says: ${scrub(error)}`);
  const column = columnOf(error, context);
  if (EMPTY.has(errno)) {
    return make('VALIDATION_FAILED', 'A column that must have a value was left empty.', named(column));
  }
  if (RULES.has(errno)) {
    const constraint = /for key '(?:[^'.]*\.)?([^'.]+)'|CONSTRAINT `([^`]+)`|[Cc]onstraint '([^']+)'/.exec(
      error.message,
    );
    const name = constraint?.slice(1).find((part) => part !== undefined);
    return make('SOURCE_CONFLICT', 'The data source refused the row: it breaks one of its rules.', {
      ...named(column),
      ...(name === undefined ? {} : { constraint: name }),
    });
  }
  if (BAD_VALUES.has(errno)) {
    const words = column === undefined ? 'its column' : `the column ${column}`;
    return make(context.badValue, `A value does not fit ${words}.`, named(column));
  }
  if (GENERATED.has(errno)) {
    return make('VALIDATION_FAILED', 'A column that the source fills itself cannot be written.', named(column));
  }
  return make('SOURCE_FAILED', `The data source says: ${scrub(error)}`);
}

/** The column that the message is about, if it is one of ours: what else it quotes is a value. */
function columnOf({ message }: ServerError, { statement }: FailureContext): string | undefined {
  const known = statement.columns.filter((column) => column !== undefined);
  const quoted = /[Cc]olumn '([^']+)'|Field '([^']+)'|column `[^`]*`\.`[^`]*`\.`([^`]+)`/.exec(message);
  const name = quoted?.slice(1).find((part) => part !== undefined);
  if (name !== undefined && (known.includes(name) || message.startsWith('Field '))) return name;
  const all = new Set(known);
  return all.size === 1 ? [...all][0] : undefined;
}

/** Everything quoted goes: values and pieces of the statement stand in the same quotes as names. */
function scrub({ message }: ServerError): string {
  return message
    .replaceAll(/'(?:[^'\\]|\\.|'')*'?/gs, "'…'")
    .replaceAll(/"(?:[^"\\]|\\.|"")*"?/gs, '"…"')
    .slice(0, MAX_SOURCE_MESSAGE);
}
