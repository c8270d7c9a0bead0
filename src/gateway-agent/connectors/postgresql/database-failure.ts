import type { AgentErrorCode, Outcome } from '../../../contract/errors.js';
import { SourceError } from '../source-error.js';
import type { FailureContext, SqlFailures } from '../sql/dialect.js';
import type { Statement } from '../sql/fragment.js';
import { isDatabaseError, type DatabaseError } from './database-error.js';

/** Longest piece of the source's own message passed on, in characters. */
const MAX_SOURCE_MESSAGE = 300;

/** SQLSTATEs of a value that cannot be compared at all: no such operator, no ordering for the type. */
const NO_OPERATOR: ReadonlySet<string> = new Set(['42883', '42804', '42P18']);

/** Errors by which a prepared plan or a remembered description turns out to be old: relation, column, result type, statement. */
const OUTDATED: ReadonlySet<string> = new Set(['42P01', '42703', '0A000', '26000']);

export const POSTGRESQL_FAILURES: SqlFailures = {
  toSourceError: databaseFailure,
  isStatementError: (error) => isDatabaseError(error) && error.severity !== 'FATAL' && error.severity !== 'PANIC',
  isOutdated: ({ cause }) => isDatabaseError(cause) && OUTDATED.has(cause.code),
};

/** Says what a failed statement means to the caller, without a value in it. */
function databaseFailure(error: unknown, context: FailureContext): SourceError {
  if (error instanceof SourceError) return error;
  if (!isDatabaseError(error)) return linkFailure(error, context);
  const sqlstate = error.code;
  const make = (code: AgentErrorCode, message: string, more: Record<string, string> = {}): SourceError =>
    new SourceError(code, message, {
      hop: 'source',
      outcome: outcomeOf(sqlstate, context),
      details: { sqlstate, ...more },
      cause: error,
    });
  if (sqlstate === '57014') {
    return context.signal.aborted
      ? make('REQUEST_CANCELLED', 'The request was cancelled and the source stopped it.')
      : make('SOURCE_FAILED', 'The data source stopped the statement: it ran too long.');
  }
  if (sqlstate === '42501') return make('SOURCE_DENIED', 'The login may not do this at the data source.');
  if (sqlstate.startsWith('57P')) return make('SOURCE_UNREACHABLE', 'The database server is shutting down.');
  if (context.isNative) return make('SOURCE_FAILED', `The data source says: ${scrub(error.message, sqlstate)}`);
  return tableFailure(error, sqlstate, context, make);
}

type Make = (code: AgentErrorCode, message: string, more?: Record<string, string>) => SourceError;

function tableFailure(error: DatabaseError, sqlstate: string, context: FailureContext, make: Make): SourceError {
  const index = valueIndex(error);
  const column = error.column ?? columnOfValue(index, context.statement);
  const named: Record<string, string> = column === undefined ? {} : { column };
  if (sqlstate === '23502') return make('VALIDATION_FAILED', 'A column that must have a value was left empty.', named);
  if (sqlstate.startsWith('23')) {
    const constraint: Record<string, string> = error.constraint === undefined ? {} : { constraint: error.constraint };
    return make('SOURCE_CONFLICT', 'The data source refused the row: it breaks one of its rules.', {
      ...named,
      ...constraint,
    });
  }
  const isKey = index !== undefined && context.keyFrom !== undefined && index >= context.keyFrom;
  if (sqlstate.startsWith('22'))
    return make(isKey ? 'ITEM_NOT_FOUND' : context.badValue, badValueMessage(column), named);
  if (sqlstate === '428C9')
    return make('VALIDATION_FAILED', 'A column that the source fills itself cannot be written.', named);
  if (NO_OPERATOR.has(sqlstate))
    return make('FILTER_INVALID', 'A column of this type cannot be compared or sorted.', named);
  return make('SOURCE_FAILED', `The data source says: ${scrub(error.message, sqlstate)}`, named);
}

function badValueMessage(column: string | undefined): string {
  return column === undefined ? 'A value does not fit its column.' : `A value does not fit the column ${column}.`;
}

/**
 * The server names the parameter it could not read ("portal parameter $2") in the error's context. The sentence around
 * it is translated, the `$2` is not.
 */
function valueIndex(error: DatabaseError): number | undefined {
  const place = /\$(\d+)/.exec(error.where ?? '')?.[1];
  return place === undefined ? undefined : Number(place) - 1;
}

function columnOfValue(index: number | undefined, statement: Statement): string | undefined {
  if (index !== undefined) return statement.columns[index];
  const columns = new Set(statement.columns.filter((column) => column !== undefined));
  return columns.size === 1 ? [...columns][0] : undefined;
}

/** A statement that the server refused was rolled back; one whose server was going down may have been committed. */
function outcomeOf(sqlstate: string, context: FailureContext): Outcome {
  return context.isWrite && sqlstate.startsWith('57P') ? 'unknown' : 'not-executed';
}

function linkFailure(error: unknown, context: FailureContext): SourceError {
  const outcome = context.isWrite ? 'unknown' : 'not-executed';
  if (context.signal.aborted) {
    return new SourceError('REQUEST_CANCELLED', 'The request was cancelled.', { hop: 'source', outcome, cause: error });
  }
  return new SourceError('SOURCE_UNREACHABLE', 'The connection to the database server was lost.', {
    hop: 'source',
    outcome,
    cause: error,
  });
}

/**
 * Takes values out of a message of the server's. It quotes names and values alike: in messages about values (class 22)
 * everything quoted goes, elsewhere literals and what follows a colon.
 */
export function scrub(message: string, sqlstate: string): string {
  const withoutValues = sqlstate.startsWith('22') ? message.replaceAll(/"(?:[^"]|"")*"/g, '"…"') : message;
  return withoutValues
    .replaceAll(/'(?:[^']|'')*'?/g, "'…'")
    .replace(/: ".*$/s, '')
    .slice(0, MAX_SOURCE_MESSAGE);
}
