import type { Operation } from '../../../contract/operations.js';
import type { ConnectorAnswer } from '../connector.js';
import { bindPlaceholders } from './placeholders.js';
import type { DatabaseWork, Purpose } from './database-work.js';
import { resultWriter } from './json-rows.js';
import { describeProcedureStatement, procedureCall } from './procedure-call.js';
import { rowBody } from './row-body.js';
import type { Statement } from './statement.js';
import { bytesAnswer } from './table-operations.js';

type Op<N extends Operation['name']> = Extract<Operation, { name: N }>;

const NATIVE: Purpose = { badValue: 'SOURCE_FAILED', isWrite: true, isNative: true };

/** Runs a caller's own statement with the credential's rights: one statement, as the extended protocol takes no more. */
export async function executeQuery(work: DatabaseWork, operation: Op<'executeQuery'>): Promise<ConnectorAnswer> {
  const statement = bindPlaceholders(operation.query, operation.parameters ?? {});
  return streamResult(work, statement, ['[', ']']);
}

/** Calls a function or a procedure by the names of its parameters. */
export async function executeProcedure(
  work: DatabaseWork,
  operation: Op<'executeProcedure'>,
): Promise<ConnectorAnswer> {
  const rows = await work.read(describeProcedureStatement(operation.procedure));
  const call = procedureCall(rows, operation);
  if (!call.isProcedure && !call.isVoid) {
    return streamResult(work, call.statement, [
      '{"ResultSets":{"Table1":[',
      ']},"OutputParameters":{},"ReturnCode":0}',
    ]);
  }
  const lease = await work.lease();
  try {
    const running = work.run(lease, call.statement, NATIVE, 'at-once');
    const [row] = await running.all();
    const outputs = call.isProcedure && row ? resultWriter(running.fields)(row) : '{}';
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
  const lease = await work.lease();
  try {
    const running = work.run(lease, statement, NATIVE, 'committed-cursor');
    const first = await running.next();
    const write = resultWriter(running.fields);
    const limit = Number.POSITIVE_INFINITY;
    // Cleaning the session is not the caller's time; a session that cannot be cleaned is dropped in there.
    const onEnd = (): void => void lease.releaseReset();
    return { mediaType: 'application/json', body: rowBody({ running, first, write, limit, prefix, suffix, onEnd }) };
  } catch (error) {
    await lease.releaseReset();
    throw error;
  }
}
