import type { QueryCompiler } from 'kysely';
import type { z } from 'zod';
import type { AgentErrorCode } from '../../../contract/errors.js';
import type { TextFunction } from '../../../contract/filter.js';
import type { jsonSchema } from '../../../contract/operations.js';
import type { SourceKind } from '../../../contract/targets.js';
import type { ConnectorRequest } from '../connector.js';
import type { SourceError } from '../source-error.js';
import type { Argument, CatalogColumn, CatalogTable, Routine, SqlType } from './catalog-table.js';
import type { ColumnKind } from './column-kind.js';
import type { Fragment, Statement } from './fragment.js';
import type { Row, SessionMeans, SqlField, SqlLogin, SqlSession } from './sql-session.js';
import type { TableNameCandidate } from './table-name.js';

export type Json = z.infer<typeof jsonSchema>;

/** Turns the text form of a value that is not null into JSON text. */
export type JsonWriter = (text: string) => string;

/** Types in which literals meet what is not a column. `moment` is a point in time, with a zone. */
export type LiteralType = 'decimal' | 'float' | 'text' | 'date' | 'moment';

/** How a kind of database writes conditions, literals and lists. */
export interface SqlExpressions {
  /** A condition that always or never holds. */
  constant(value: boolean): Fragment;
  /** True or false, never null: two nulls are alike, a null and a value are not. */
  isDistinct(left: Fragment, right: Fragment): Fragment;
  isNotDistinct(left: Fragment, right: Fragment): Fragment;
  /** True where the condition is false or null. */
  isNotTrue(condition: Fragment): Fragment;
  /** A condition on two texts, case-sensitive as the source's own comparison is, without wildcards. */
  textTest(test: TextFunction, subject: Fragment, value: Fragment): Fragment;
  /**
   * What a caller wrote (a number's digits, a text, an ISO date or time, `true`, a GUID, bytes in base64), in the column's
   * own type, so that its index serves; undefined when the type is never written so.
   */
  ownLiteral(text: string, column: CatalogColumn): Fragment | undefined;
  /** The same for a text that came out of a row of this dialect's session. */
  rowLiteral(text: string, column: CatalogColumn): Fragment;
  /** What a caller wrote, in a type of ours; null is the null of that type. @param column the one compared with */
  literal(text: string | null, type: LiteralType, column?: string): Fragment;
  /** A column as it is read, compared and computed with as text. */
  asText(column: Fragment): Fragment;
  /** Something numeric, to be computed with: exactly unless it is a float. */
  asNumber(value: Fragment, kind: ColumnKind): Fragment;
  /** A whole number, as places in texts are. */
  asWhole(value: Fragment): Fragment;
  /** A column that is read or compared as another type (money): that, and its type. */
  readAs?(column: CatalogColumn): Computed | undefined;
  /** What stands in the list of a SELECT: what the session gives exactly. */
  output(column: CatalogColumn): Fragment;
  /** One term of ORDER BY; nulls are the least values, as OData has them. */
  order(column: CatalogColumn, descending: boolean): Fragment;
  /** ORDER BY and paging, a blank in front; nothing when there is neither. */
  page(page: Page): Fragment;
  /** Whether `(a, b) > (x, y)` is understood. */
  readonly comparesRows: boolean;
}

export interface Page {
  readonly order: readonly Fragment[];
  readonly limit?: number | undefined;
  readonly offset?: number | undefined;
}

/** SQL of the functions of filters. Operands come checked: numbers through `asNumber`, texts through `asText`, places whole. */
export interface SqlFunctions {
  arithmetic(operator: 'add' | 'sub' | 'mul' | 'mod', left: Fragment, right: Fragment): Fragment;
  /** Of whole numbers the whole part, toward zero. */
  divide(left: Fragment, right: Fragment, isWhole: boolean): Fragment;
  /** `round` goes away from zero at a half. */
  rounded(how: 'round' | 'floor' | 'ceiling', value: Fragment): Fragment;
  length(text: Fragment): Fragment;
  /** From 0; -1 when it is not in it. */
  indexOf(text: Fragment, wanted: Fragment): Fragment;
  /** From 0; a place or length below 0 counts as 0. */
  substring(text: Fragment, start: Fragment, length: Fragment | undefined): Fragment;
  replace(text: Fragment, wanted: Fragment, by: Fragment): Fragment;
  changeCase(to: 'lower' | 'upper', text: Fragment): Fragment;
  /** Takes away blanks of every kind (space, tab, line ends) at both ends. */
  trim(text: Fragment): Fragment;
  concat(left: Fragment, right: Fragment): Fragment;
  /** A whole number; seconds without their fraction. Times with a zone are read in UTC. */
  part(part: 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second', moment: Fragment, kind: ColumnKind): Fragment;
  date(moment: Fragment, kind: ColumnKind): Fragment;
  /** The point in time of the statement, with its zone. */
  now(): Fragment;
}

/** SQL that yields a value, and its type. */
export interface Computed {
  readonly sql: Fragment;
  readonly type: SqlType;
}

/** How values are put together. Columns come checked: numeric for sum and average. */
export interface SqlAggregates {
  /** Type of counts. */
  readonly count: SqlType;
  sum(column: CatalogColumn): Computed;
  average(column: CatalogColumn): Computed;
}

/** How points in time are compared for triggers. Columns are of kind timestamp or timestamptz. */
export interface SqlMoments {
  /** Microseconds since 1970, as a whole number. */
  micros(column: CatalogColumn): Fragment;
  /** A moment some seconds before another. */
  earlier(moment: Fragment, seconds: number): Fragment;
  /** It is a time at all and not ahead of now; one without zone may be local, up to 14 hours ahead of UTC. */
  isDue(column: CatalogColumn): Fragment;
}

/** How values leave and enter. */
export interface SqlTypes {
  /** For a column read by `output`. */
  writer(column: CatalogColumn): JsonWriter;
  /** For a column of a free query or a procedure's answer. */
  fieldWriter(field: SqlField): JsonWriter;
  /** A JSON value for a column, bound; undefined when JSON of that shape has no place in it. */
  stored(value: Json, column: CatalogColumn): Fragment | undefined;
}

/** What the source has, in one form. Rows of statements come as its session gives them. */
export interface SqlCatalog {
  /** Tables and views that the login may read: schema and name, in order, 10,000 at most. */
  listTables(): Fragment;
  /** Columns of what a name can mean, best guess first. */
  describeTable(candidates: readonly TableNameCandidate[]): Fragment;
  /** Undefined when there is no such table. Only the best match counts. */
  readTable(rows: readonly Row[]): CatalogTable | undefined;
  /** Functions and procedures that the login may call: schema and name, each once, 10,000 at most. */
  listProcedures(): Fragment;
  describeProcedure(candidates: readonly TableNameCandidate[]): Fragment;
  /** All that the name can mean, best match first; overloads beside one another. */
  readProcedures(rows: readonly Row[]): readonly Routine[];
  /** What people call a table: its schema is left out where it is the ordinary one. */
  displayName(schema: string, table: string): string;
}

/** A column and the value that it gets. */
export interface Assignment {
  readonly column: CatalogColumn;
  readonly value: Fragment;
}

/** A write and how the row as it stands afterwards is come by. */
export interface WritePlan {
  readonly write: Fragment;
  /**
   * Reads the row in the same transaction; absent: `write` answers with it itself. Undefined comes out where the row cannot
   * be known: the answer is then empty.
   *
   * @param rows what `write` answered with
   */
  readonly read?: (rows: readonly Row[], rowCount: number) => Fragment | undefined;
}

/** How rows are written. Every plan's row has the columns of `output`, each as `SqlExpressions.output` reads it. */
export interface SqlWrites {
  insert(table: CatalogTable, set: readonly Assignment[], output: readonly CatalogColumn[]): WritePlan;
  /** @param change.where the condition on the key, whose values are the last of the statement; `key` has them one by one */
  update(
    table: CatalogTable,
    change: { readonly set: readonly Assignment[]; readonly where: Fragment; readonly key: readonly Assignment[] },
    output: readonly CatalogColumn[],
  ): WritePlan;
}

/** An argument of a call with its value. */
export interface GivenArgument {
  readonly argument: Argument;
  readonly value: Json;
}

/** How to call a routine, and where what comes back belongs in the answer. */
export interface ProcedureCall {
  readonly call: Fragment;
  /** `rows`: one result set. `outputs`: one row with what parameters gave back. `sets`: `SqlStream.nextSet` and `outputs` tell. */
  readonly answer: 'rows' | 'outputs' | 'sets' | 'nothing';
}

/** What callers' own statements and calls become. */
export interface SqlNative {
  /**
   * One statement with its placeholders `@name` bound; values never become text of it.
   *
   * @throws SourceError VALIDATION_FAILED for a placeholder without a value
   */
  statement(query: string, parameters: Readonly<Record<string, Json>>): Statement;
  /** @throws SourceError VALIDATION_FAILED for a value of the wrong shape */
  call(routine: Routine, given: readonly GivenArgument[]): ProcedureCall;
}

/** What was being done when the source refused: the same error means different things to a caller. */
export interface FailureContext {
  readonly statement: Statement;
  /** Code for a value that the column's type does not take. */
  readonly badValue: AgentErrorCode;
  /** The statement's text is the caller's own: errors in it are not about our table or columns. */
  readonly isNative: boolean;
  readonly isWrite: boolean;
  /** Index of the first value that belongs to the row's key: a bad one means that there is no such row. */
  readonly keyFrom?: number;
  readonly signal: AbortSignal;
}

/** What a driver's errors mean. */
export interface SqlFailures {
  /**
   * Says what a failed statement means to the caller, without a value in it. A lost link is SOURCE_UNREACHABLE without the
   * detail `server`, by which it is told from one that could not be made; its outcome is unknown if it was a write.
   */
  toSourceError(error: unknown, context: FailureContext): SourceError;
  /** Whether an error is the server's word about a statement, after which the session goes on. */
  isStatementError(error: unknown): boolean;
  /** Whether a table's description or a prepared plan proved old: no such table, no such column, another result type. */
  isOutdated(error: SourceError): boolean;
}

/** One kind of database: all that the shared operations have to know of it. Holds no state. */
export interface SqlDialect {
  readonly kind: SourceKind;
  /** kysely's, or one of its kind: placeholders, quoting. */
  readonly compiler: QueryCompiler;
  /** Where and as whom a request signs in. @throws SourceError VALIDATION_FAILED, SOURCE_DENIED */
  login(request: ConnectorRequest): SqlLogin;
  /** @throws SourceError SOURCE_UNREACHABLE and SOURCE_DENIED with the detail `server`, POLICY_DENIED, REQUEST_CANCELLED */
  open(login: SqlLogin, means: SessionMeans): Promise<SqlSession>;
  readonly expressions: SqlExpressions;
  readonly functions: SqlFunctions;
  readonly aggregates: SqlAggregates;
  readonly moments: SqlMoments;
  readonly types: SqlTypes;
  readonly catalog: SqlCatalog;
  readonly writes: SqlWrites;
  readonly native: SqlNative;
  readonly failures: SqlFailures;
}
