import type { Connection, Metadata, Result, ResultSet } from 'oracledb';
import type { Statement } from '../sql/fragment.js';
import { FIRST_BATCH_ROWS, type Row, type RowMode, type SqlField, type SqlStream } from '../sql/sql-session.js';
import { bindOf, cellText, kindOfDriverType, outKind, type OracleDriver } from './oracle-values.js';

/** Rows fetched in one round trip. Long texts and bytes come whole, so there are not many at once. */
const FETCH_ROWS = 200;

type Cells = readonly unknown[];

/** One statement on the wire; rows are fetched when the reader asks for them. */
export class OracleStream implements SqlStream {
  fields: readonly SqlField[] = [];
  rowCount = 0;
  isWaitingForReader = false;
  hasEnded = false;

  private readonly result: Promise<Result<Cells>>;
  private metadata: readonly Metadata<Cells>[] = [];
  private resultSet: ResultSet<Cells> | undefined;
  private isStarted = false;
  private isDropping = false;
  private fail: (error: Error) => void = () => undefined;
  private readonly whenCut: Promise<never>;

  constructor(
    driver: OracleDriver,
    connection: Connection,
    private readonly statement: Statement,
    options: { readonly mode: RowMode; readonly commits: boolean },
  ) {
    this.whenCut = new Promise((_resolve, reject) => (this.fail = reject));
    this.whenCut.catch(() => undefined);
    const binds = statement.values.map((value) => bindOf(value, driver));
    this.result = connection.execute<Cells>(statement.text, binds, {
      outFormat: driver.OUT_FORMAT_ARRAY,
      resultSet: true,
      autoCommit: options.commits,
      fetchArraySize: FETCH_ROWS,
      prefetchRows: FETCH_ROWS,
      // A double holds 15 digits of a NUMBER's 38.
      fetchTypeHandler: ({ dbType }) => {
        if (dbType === driver.DB_TYPE_NUMBER || dbType === driver.DB_TYPE_CLOB || dbType === driver.DB_TYPE_NCLOB) {
          return { type: driver.DB_TYPE_VARCHAR };
        }
        return dbType === driver.DB_TYPE_BLOB ? { type: driver.DB_TYPE_RAW } : undefined;
      },
    });
    this.result.catch(() => undefined);
  }

  async next(): Promise<readonly Row[] | undefined> {
    if (this.hasEnded) return undefined;
    this.isWaitingForReader = false;
    try {
      const rows = await Promise.race([this.fetch(), this.whenCut]);
      this.isWaitingForReader = rows !== undefined && this.resultSet !== undefined;
      if (rows === undefined) this.hasEnded = true;
      return rows;
    } catch (error) {
      this.hasEnded = true;
      throw error;
    }
  }

  drop(): void {
    this.isDropping = true;
  }

  /** The session was cut: nothing more comes. */
  cut(): void {
    this.fail(new Error('The session was cut.'));
  }

  private async fetch(): Promise<readonly Row[] | undefined> {
    if (!this.isStarted) {
      this.isStarted = true;
      const result = await this.result;
      this.rowCount = result.rowsAffected ?? 0;
      this.resultSet = result.resultSet;
      if (!result.resultSet) return this.cameBack(result.outBinds);
      this.metadata = result.resultSet.metaData;
      this.fields = this.metadata.map(({ name, dbTypeName }) => ({ name, type: kindOfDriverType(dbTypeName) }));
    }
    const set = this.resultSet;
    if (!set) return undefined;
    const rows: Row[] = [];
    // Fewer rows than asked for: there are no more.
    for (let more = true; more && rows.length < FIRST_BATCH_ROWS && !this.isDropping;) {
      const cells = await set.getRows(FETCH_ROWS);
      more = cells.length === FETCH_ROWS;
      for (const row of cells) rows.push(row.map((cell, index) => cellText(cell, this.metadata[index]?.dbTypeName)));
    }
    if (rows.length > 0) return rows;
    await set.close();
    return undefined;
  }

  /** What came back in values, as rows: a list for each value where a write tells of its rows. */
  private cameBack(outBinds: unknown): readonly Row[] | undefined {
    if (!Array.isArray(outBinds) || outBinds.length === 0) return undefined;
    this.fields = this.statement.values.flatMap((value, index) => {
      const kind = outKind(value);
      return kind === undefined ? [] : [{ name: this.statement.columns[index] ?? `out${index}`, type: kind }];
    });
    const columns = (outBinds as unknown[]).map((bind) => (Array.isArray(bind) ? (bind as unknown[]) : [bind]));
    const rows = (columns[0] ?? []).map((_, at) => columns.map((column) => cellText(column[at], undefined)));
    return rows.length === 0 ? undefined : rows;
  }
}
