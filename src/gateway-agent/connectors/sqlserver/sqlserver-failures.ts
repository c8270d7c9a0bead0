import type { AgentErrorCode } from '../../../contract/errors.js';
import { SourceError } from '../source-error.js';
import type { FailureContext, SqlFailures } from '../sql/dialect.js';
import { linkFailure, named } from '../sql/failure-words.js';

/** A server's word about a statement, as the driver hands it on. */
interface ServerError extends Error {
  readonly code: string;
  readonly number: number;
  /** Severity; from 20 on the session is over. */
  readonly class: number;
}

const FATAL_CLASS = 20;

/** Numbers of errors. @see SQL Server, "Database Engine events and errors" */
const CHANGED: ReadonlySet<number> = new Set([207, 208, 213]);
const DENIED: ReadonlySet<number> = new Set([229, 230, 262, 297, 300, 371, 916, 15247, 15562]);
const RULES: ReadonlySet<number> = new Set([547, 2601, 2627, 550, 1505]);
const EMPTY = 515;
const OWN: ReadonlySet<number> = new Set([271, 272, 273, 544, 8102, 13536, 13537]);
const BAD_VALUES: ReadonlySet<number> = new Set([
  220, 232, 235, 236, 241, 242, 244, 245, 248, 257, 293, 295, 296, 529, 1007, 2628, 6522, 8114, 8115, 8134, 8152, 8169,
  9420,
]);
const NO_OPERATOR: ReadonlySet<number> = new Set([206, 305, 306, 402, 403, 8116, 8117, 421, 1002]);

/** Longest piece of the source's own message passed on, in characters. */
const MAX_SOURCE_MESSAGE = 300;

/** Of several errors of one statement the first says why. */
function first(error: unknown): unknown {
  return error instanceof AggregateError ? (error.errors as unknown[])[0] : error;
}

function isServerError(error: unknown): error is ServerError {
  return error instanceof Error && 'number' in error && typeof error.number === 'number' && 'class' in error;
}

function isAboutStatement(error: unknown): error is ServerError {
  const one = first(error);
  return isServerError(one) && one.class < FATAL_CLASS;
}

/** What the errors of SQL Server mean. Their messages hold values, so little of them is passed on. */
export const SQLSERVER_FAILURES: SqlFailures = {
  isStatementError: isAboutStatement,
  isOutdated: ({ cause }) => {
    const one = first(cause);
    return isServerError(one) && CHANGED.has(one.number);
  },
  toSourceError: (error, context) => {
    if (error instanceof SourceError) return error;
    const one = first(error);
    if (!isServerError(one) || one.class >= FATAL_CLASS) return linkFailure(error, context);
    return statementFailure(one, context);
  },
};

function statementFailure(error: ServerError, context: FailureContext): SourceError {
  const { number } = error;
  const make = (code: AgentErrorCode, message: string, more: Record<string, string> = {}): SourceError =>
    new SourceError(code, message, {
      hop: 'source',
      outcome: 'not-executed',
      details: { error: number, ...more },
      cause: error,
    });
  if (DENIED.has(number)) return make('SOURCE_DENIED', 'The login may not do this at the data source.');
  if (context.isNative) return make('SOURCE_FAILED', `The data source says: ${scrub(error)}`);
  const column = columnOf(error, context);
  if (number === EMPTY)
    return make('VALIDATION_FAILED', 'A column that must have a value was left empty.', named(column));
  if (RULES.has(number)) {
    const constraint = /constraint ["']([^"']+)["']/i.exec(error.message)?.[1];
    return make('SOURCE_CONFLICT', 'The data source refused the row: it breaks one of its rules.', {
      ...named(column),
      ...(constraint === undefined ? {} : { constraint }),
    });
  }
  if (BAD_VALUES.has(number)) {
    const words = column === undefined ? 'its column' : `the column ${column}`;
    return make(context.badValue, `A value does not fit ${words}.`, named(column));
  }
  if (OWN.has(number)) {
    return make('VALIDATION_FAILED', 'A column that the source fills itself cannot be written.', named(column));
  }
  if (NO_OPERATOR.has(number)) {
    return make('FILTER_INVALID', 'A column of this type cannot be compared or sorted.', named(column));
  }
  return make('SOURCE_FAILED', `The data source says: ${scrub(error)}`);
}

/** The column that the message is about, if it is one of ours: what else it quotes is a value. */
function columnOf({ message, number }: ServerError, { statement }: FailureContext): string | undefined {
  const known = statement.columns.filter((column) => column !== undefined);
  const name = /column '([^']+)'/i.exec(message)?.[1];
  if (name !== undefined && (number === EMPTY || known.includes(name))) return name;
  const all = new Set(known);
  return all.size === 1 ? [...all][0] : undefined;
}

/** Everything quoted goes, and values in brackets behind "duplicate key value is". */
function scrub({ message }: ServerError): string {
  return message
    .replaceAll(/'(?:[^']|'')*'?/gs, "'…'")
    .replaceAll(/"[^"]*"?/gs, '"…"')
    .replaceAll(/ is \([^)]*\)?/gs, ' is (…)')
    .slice(0, MAX_SOURCE_MESSAGE);
}
