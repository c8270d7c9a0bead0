import type { AgentErrorCode } from '../../../contract/errors.js';
import { SourceError } from '../source-error.js';
import type { FailureContext, SqlFailures } from '../sql/dialect.js';
import { linkFailure, named } from '../sql/failure-words.js';

/** An error of the server (`ORA-01722`) or of the driver (`NJS-500`). */
interface OracleError extends Error {
  readonly errorNum: number;
  readonly code?: string;
}

/** Numbers of errors. @see Oracle, "Database Error Messages" */
const CHANGED: ReadonlySet<number> = new Set([904, 942, 4043, 1007]);
const DENIED: ReadonlySet<number> = new Set([1031, 1702, 1720, 41900]);
const RULES: ReadonlySet<number> = new Set([1, 2290, 2291, 2292]);
const EMPTY: ReadonlySet<number> = new Set([1400, 1407]);
const OWN: ReadonlySet<number> = new Set([32_795, 32_796, 54_013, 54_016, 54_017]);
const BAD_VALUES: ReadonlySet<number> = new Set([
  1401, 1426, 1438, 1476, 1481, 1489, 1722, 1465, 1830, 1839, 1840, 1841, 1843, 1847, 1850, 1851, 1852, 1858, 1861,
  1867, 1877, 1878, 1881, 2000, 12_899, 40_441, 40_478, 61_800,
]);
const NO_OPERATOR: ReadonlySet<number> = new Set([932, 997, 22_848, 22_849]);
const CANCELLED = 1013;
/** The server goes away, or cut this session. */
const GONE: ReadonlySet<number> = new Set([
  28, 600, 1012, 1033, 1034, 1089, 1090, 1092, 2396, 3113, 3114, 3135, 12_537, 12_547, 12_570,
]);

/** Longest piece of the source's own message passed on, in characters. */
const MAX_SOURCE_MESSAGE = 300;

function isServerError(error: unknown): error is OracleError {
  return error instanceof Error && 'errorNum' in error && typeof error.errorNum === 'number' && error.errorNum > 0;
}

function isAboutStatement(error: unknown): error is OracleError {
  return isServerError(error) && !GONE.has(error.errorNum) && !(error.code ?? '').startsWith('NJS');
}

/** What the errors of Oracle mean. Their messages hold names more than values, yet little of them is passed on. */
export const ORACLE_FAILURES: SqlFailures = {
  isStatementError: isAboutStatement,
  isOutdated: ({ cause }) => isAboutStatement(cause) && CHANGED.has(cause.errorNum),
  toSourceError: (error, context) => {
    if (error instanceof SourceError) return error;
    return isAboutStatement(error) ? statementFailure(error, context) : linkFailure(error, context);
  },
};

function statementFailure(error: OracleError, context: FailureContext): SourceError {
  const { errorNum: number } = error;
  const make = (code: AgentErrorCode, message: string, more: Record<string, string> = {}): SourceError =>
    new SourceError(code, message, {
      hop: 'source',
      outcome: 'not-executed',
      details: { error: number, ...more },
      cause: error,
    });
  if (number === CANCELLED) {
    return context.signal.aborted
      ? make('REQUEST_CANCELLED', 'The request was cancelled and the source stopped it.')
      : make('SOURCE_FAILED', 'The data source stopped the statement.');
  }
  if (DENIED.has(number)) return make('SOURCE_DENIED', 'The login may not do this at the data source.');
  if (context.isNative) return make('SOURCE_FAILED', `The data source says: ${scrub(error)}`);
  const column = columnOf(error, context);
  if (EMPTY.has(number))
    return make('VALIDATION_FAILED', 'A column that must have a value was left empty.', named(column));
  if (RULES.has(number)) {
    const constraint = /\(([\w$#]+\.)?([\w$#]+)\)/.exec(error.message)?.[2];
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

/** The message names schema, table and column in quotes: `("SHOP"."PEOPLE"."NAME")`. */
function columnOf({ message }: OracleError, { statement }: FailureContext): string | undefined {
  const name = /"[^"]*"\."[^"]*"\."([^"]*)"/.exec(message)?.[1];
  if (name !== undefined) return name;
  const all = new Set(statement.columns.filter((column) => column !== undefined));
  return all.size === 1 ? [...all][0] : undefined;
}

/** The first line, without what is quoted in it. */
function scrub({ message }: OracleError): string {
  const [line = ''] = message.split('\n');
  return line
    .replaceAll(/'(?:[^']|'')*'?/gs, "'…'")
    .replaceAll(/"[^"]*"?/gs, '"…"')
    .slice(0, MAX_SOURCE_MESSAGE);
}
