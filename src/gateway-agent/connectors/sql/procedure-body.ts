import type { DatabaseWork } from './database-work.js';
import { resultWriter } from './json-rows.js';
import { CHUNK_SIZE } from './row-body.js';
import type { RunningStatement } from './running-statement.js';
import type { Row } from './sql-session.js';

/** Sets of rows that one call may give; more than people read, and few enough to name. */
const MAX_SETS = 100;

/** All sets of rows that a procedure gives, one after another, and then what its parameters gave back. */
export async function* procedureBody(
  work: DatabaseWork,
  running: RunningStatement,
  first: readonly Row[] | undefined,
  onEnd: () => void,
): AsyncGenerator<Uint8Array> {
  let isWhole = false;
  try {
    let text = '{"ResultSets":{';
    let rowsSeen = 0;
    let sets = 0;
    for (let isOpen = true; isOpen && sets < MAX_SETS; isOpen = await running.nextSet()) {
      let rows = sets === 0 && rowsSeen === 0 ? (first ?? (await running.next())) : await running.next();
      // A procedure without any rows has a set without columns.
      if (running.fields.length === 0) continue;
      sets += 1;
      text += `${sets === 1 ? '' : ','}"Table${sets}":[`;
      const write = resultWriter(running.fields, work.dialect);
      let separator = '\n';
      for (; rows; rows = await running.next()) {
        for (const row of rows) {
          rowsSeen += 1;
          running.assertRows(rowsSeen, work.maxRows);
          text += separator + write(row);
          separator = ',\n';
          if (text.length < CHUNK_SIZE) continue;
          yield Buffer.from(text);
          text = '';
        }
      }
      text += ']';
    }
    const { outputs } = running;
    const given = outputs ? resultWriter(outputs.fields, work.dialect)(outputs.row) : '{}';
    isWhole = true;
    onEnd();
    yield Buffer.from(`${text}},"OutputParameters":${given},"ReturnCode":0}`);
  } finally {
    if (!isWhole) await running.abandon();
  }
}
