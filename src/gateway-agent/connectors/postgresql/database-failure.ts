import { DatabaseError } from 'pg';
import type { AgentErrorCode, Outcome } from '../../../contract/errors.js';
import { SourceError } from '../source-error.js';
import type { Statement } from './statement.js';

/** What was being done when the source refused: the same SQLSTATE means different things to a caller. */
export interface FailureContext {
  readonly statement: Statement;
  /** Code for a value that the column's type does not take (class 22). */
  readonly badValue: AgentErrorCode;
  /** The statement's text is the caller's own: errors in it are not about our table or columns. */
  readonly isNative: boolean;
  readonly isWrite: boolean;
  /** Index of the first value that belongs to the row's key: a bad one means that there is no such row. */
  readonly keyFrom?: number;
  readonly signal: AbortSignal;
}

/** Longest piece of the source's own message passed on, in characters. */
const MAX_SOURCE_MESSAGE = 300;

/** SQLSTATEs of a value that cannot be compared at all: no such operator, no ordering for the type. */
const NO_OPERATOR: ReadonlySet<string> = new Set(['42883', '42804', '42P18']);

/** Says what a failed statement means to the caller, without a value in it. */
export function databaseFailure(error: unknown, context: FailureContext): SourceError {
  if (error instanceof SourceError) return error;
  if (!(error instanceof DatabaseError)) return linkFailure(error, context);
  const sqlstate = error.code ?? 'XX000';
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
