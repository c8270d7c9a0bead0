import type { ConnectorAnswer } from '../connector.js';
import { SourceError } from '../source-error.js';
import type { CatalogTable } from './catalog-table.js';
import { changeColumn, isMoment, newRowColumn } from './change-columns.js';
import {
  markOf,
  MAX_SEEN,
  readChangedRowsState,
  settle,
  writeChangedRowsState,
  type Change,
  type ChangedRowsState,
} from './changed-rows-state.js';
import { READ, type DatabaseWork } from './database-work.js';
import { itemWriter } from './json-rows.js';
import { advance, beginAt, readNewRowsState, writeNewRowsState } from './new-rows-state.js';
import {
  changedRows,
  firstKeys,
  latestChanges,
  newKeys,
  newRows,
  type PollItems,
  type PollStatement,
} from './poll-statements.js';
import { findColumn, tableSource } from './row-source.js';
import type { Lease } from './running-statement.js';
import type { Row } from './sql-session.js';

/** Keys looked at in one poll; a filter may let few of them through. */
const MAX_KEYS = 5_000;

/** Size from which no further row is added, in characters: answers to polls are read whole. */
const MAX_TEXT = 4 * 1024 * 1024;

/** What one poll hands out. */
interface Poll {
  readonly rows: readonly string[];
  readonly hasMore: boolean;
  readonly state: string;
}

/** Rows that came or changed since the last poll. */
export function pollItems(work: DatabaseWork, operation: PollItems): Promise<ConnectorAnswer> {
  return work.withTable(operation.table, true, async (table) => {
    const poll = operation.what === 'new' ? pollNew : pollChanged;
    const lease = await work.lease();
    try {
      // One snapshot: what a statement saw, the next must not see otherwise.
      await lease.session.begin('snapshot');
      const { rows, hasMore, state } = await poll(work, lease, table, operation);
      await lease.session.commit();
      lease.release();
      return {
        mediaType: 'application/json',
        body: (async function* () {
          yield Buffer.from(`[${rows.join(',\n')}]`);
        })(),
        trailer: () => ({ count: rows.length, hasMore, continuation: state }),
      };
    } catch (error) {
      if (lease.session.isUsable) await lease.releaseReset();
      else lease.release();
      throw error;
    }
  });
}

async function pollNew(work: DatabaseWork, lease: Lease, table: CatalogTable, poll: PollItems): Promise<Poll> {
  const column = newRowColumn(table);
  if (!column) {
    throw notPossible(
      table,
      'New rows of this table cannot be told: it has no key of one number drawn from a sequence.',
    );
  }
  if (poll.since === undefined) {
    const keys = (await work.run(lease, firstKeys(table, column, work.dialect), READ, 'at-once').all()).map(keyOf);
    return { rows: [], hasMore: false, state: writeNewRowsState(beginAt(keys)) };
  }
  const state = readNewRowsState(poll.since);
  const statement = newKeys(table, column, { state, limit: MAX_KEYS + 1 }, work.dialect);
  const keys = (await work.run(lease, statement, READ, 'at-once').all()).map(keyOf);
  const looked = keys.slice(0, MAX_KEYS);
  if (looked.length === 0) return { rows: [], hasMore: false, state: poll.since };
  const { rows, cut } = await take(work, lease, newRows(table, column, { keys: looked, poll }, work.dialect), poll.top);
  const end = cut === undefined ? undefined : keyOf(cut.slice(-1));
  const settled = end === undefined ? looked : looked.filter((key) => key < end);
  const next = writeNewRowsState(advance(state, settled));
  return { rows, hasMore: end !== undefined || keys.length > MAX_KEYS, state: next };
}

async function pollChanged(work: DatabaseWork, lease: Lease, table: CatalogTable, poll: PollItems): Promise<Poll> {
  const column = poll.column === undefined ? changeColumn(table) : findColumn(tableSource(table), poll.column);
  if (!column || !isMoment(column) || table.key.length === 0) {
    throw notPossible(
      table,
      'Changes of this table cannot be told: it needs a key and a column with the time of the last change.',
    );
  }
  if (poll.since === undefined) {
    const found = await work
      .run(lease, latestChanges(table, column, MAX_SEEN + 1, work.dialect), READ, 'at-once')
      .all();
    const empty: ChangedRowsState = { latest: undefined, floor: undefined, seen: [] };
    return {
      rows: [],
      hasMore: false,
      state: writeChangedRowsState(settle(empty, found.map(changeOf).reverse(), true)),
    };
  }
  const state = readChangedRowsState(poll.since);
  const seen = new Set(state.seen);
  const looked: Change[] = [];
  const width = table.key.length + 2;
  const isNew = (row: Row): boolean => !seen.has(markOf(changeOf(row.slice(-width))));
  const { rows, cut } = await take(work, lease, changedRows(table, column, { state, poll }, work.dialect), poll.top, {
    isWanted: isNew,
    onLooked: (row) => looked.push(changeOf(row.slice(-width))),
  });
  const next = writeChangedRowsState(settle(state, looked, cut === undefined));
  return { rows, hasMore: cut !== undefined, state: next };
}

interface Choice {
  readonly isWanted: (row: Row) => boolean;
  readonly onLooked: (row: Row) => void;
}

const EVERY: Choice = { isWanted: () => true, onLooked: () => undefined };

/** Writes rows until there are enough. @returns the first row that did not fit, too */
async function take(
  work: DatabaseWork,
  lease: Lease,
  { statement, columns }: PollStatement,
  top: number,
  { isWanted, onLooked }: Choice = EVERY,
): Promise<{ rows: string[]; cut: Row | undefined }> {
  const write = itemWriter(columns, work.dialect);
  const rows: string[] = [];
  let size = 0;
  let cut: Row | undefined;
  const running = work.run(lease, statement, READ, 'cursor');
  for (let batch = await running.next(); batch; batch = await running.next()) {
    for (const row of batch) {
      const wanted = cut === undefined && isWanted(row);
      if (wanted && (rows.length >= top || size >= MAX_TEXT)) cut = row;
      // The rest is read to its end and dropped: there is little of it, and the session stays good.
      if (cut !== undefined) continue;
      onLooked(row);
      if (!wanted) continue;
      const text = write(row);
      size += text.length;
      rows.push(text);
      running.assertRows(rows.length, work.maxRows);
    }
  }
  return { rows, cut };
}

function keyOf(row: Row): bigint {
  return BigInt(row[0] ?? '0');
}

function changeOf([micros, ...place]: Row): Change {
  return { micros: BigInt(micros ?? '0'), place: place.map((part) => part ?? '') };
}

function notPossible(table: CatalogTable, message: string): SourceError {
  return new SourceError('VALIDATION_FAILED', message, { details: { table: table.name } });
}
