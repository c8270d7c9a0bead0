import type { Operation } from '../../../contract/operations.js';
import type { ConnectorAnswer } from '../connector.js';
import type { DatabaseWork, Purpose } from './database-work.js';
import { compile, type Statement } from './fragment.js';
import { resultWriter } from './json-rows.js';
import { procedureBody } from './procedure-body.js';
import { findRoutines } from './procedure-catalog.js';
import { chooseRoutine } from './routine-choice.js';
import { refuseEarly, rowBody } from './row-body.js';
import type { Lease, RunningStatement } from './running-statement.js';
import type { Row } from './sql-session.js';
import { bytesAnswer } from './table-operations.js';

type Op<N extends Operation['name']> = Extract<Operation, { name: N }>;

const NATIVE: Purpose = { badValue: 'SOURCE_FAILED', isWrite: true, isNative: true };
const JSON_MEDIA_TYPE = 'application/json';

/** Runs one statement of a caller's own with the credential's rights. */
export async function executeQuery(work: DatabaseWork, operation: Op<'executeQuery'>): Promise<ConnectorAnswer> {
  const statement = work.dialect.native.statement(operation.query, operation.parameters ?? {});
  return streamResult(work, statement, ['[', ']']);
}

/** Calls a function or a procedure by the names of its parameters. */
export async function executeProcedure(
  work: DatabaseWork,
  operation: Op<'executeProcedure'>,
): Promise<ConnectorAnswer> {
  const { routine, given } = chooseRoutine(await findRoutines(work, operation.procedure), operation);
  const { call, answer } = work.dialect.native.call(routine, given);
  const statement = compile(work.dialect.compiler, call);
  if (answer === 'rows') {
    return streamResult(work, statement, ['{"ResultSets":{"Table1":[', ']},"OutputParameters":{},"ReturnCode":0}']);
  }
  if (answer === 'sets') return streamSets(work, statement);
  const lease = await work.lease();
  try {
    const running = work.run(lease, statement, NATIVE, 'at-once');
    const [row] = await running.all();
    const outputs = answer === 'outputs' && row ? resultWriter(running.fields, work.dialect)(row) : '{}';
    return bytesAnswer(`{"ResultSets":{},"OutputParameters":${outputs},"ReturnCode":0}`);
  } finally {
    await lease.releaseReset();
  }
}

async function streamResult(
  work: DatabaseWork,
  statement: Statement,
  [prefix, suffix]: readonly [string, string],
): Promise<ConnectorAnswer> {
  return stream(work, statement, (running, first, onEnd) => {
    const write = resultWriter(running.fields, work.dialect);
    const limits = { limit: Number.POSITIVE_INFINITY, maxRows: work.maxRows };
    return rowBody({ running, first, write, ...limits, prefix, suffix, onEnd });
  });
}

function streamSets(work: DatabaseWork, statement: Statement): Promise<ConnectorAnswer> {
  return stream(work, statement, (running, first, onEnd) => procedureBody(work, running, first, onEnd));
}

type BodyOf = (
  running: RunningStatement,
  first: readonly Row[] | undefined,
  onEnd: () => void,
) => AsyncIterable<Uint8Array>;

async function stream(work: DatabaseWork, statement: Statement, bodyOf: BodyOf): Promise<ConnectorAnswer> {
  const lease: Lease = await work.lease();
  try {
    const running = work.run(lease, statement, NATIVE, 'committed-cursor');
    const first = await running.next();
    await refuseEarly(running, first?.length ?? 0, work.maxRows);
    // Cleaning the session is not the caller's time; a session that cannot be cleaned is dropped in there.
    const body = bodyOf(running, first, () => void lease.releaseReset());
    return { mediaType: JSON_MEDIA_TYPE, body };
  } catch (error) {
    await lease.releaseReset();
    throw error;
  }
}
