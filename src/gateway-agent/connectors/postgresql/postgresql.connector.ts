import type { Connector, ConnectorAnswer, ConnectorRequest } from '../connector.js';
import { SourceError } from '../source-error.js';
import { toContractTable, toTableList } from './catalog.js';
import { LIST_TABLES_SQL } from './catalog-sql.js';
import { DatabaseWork } from './database-work.js';
import { listItems } from './list-operations.js';
import { LoginPools } from './login-pools.js';
import { executeProcedure, executeQuery } from './native-operations.js';
import { pollItems } from './poll-operations.js';
import { getProcedure, listProcedures } from './procedure-catalog.js';
import { Session, type SessionOptions } from './session.js';
import { sessionOptions } from './session-options.js';
import type { PoolLimits } from './session-pool.js';
import { Binding } from './statement.js';
import { bytesAnswer, createItem, deleteItem, getItem, updateItem } from './table-operations.js';

/** Tables, rows and native queries of PostgreSQL 12 and later. */
export class PostgresqlConnector implements Connector {
  readonly kind = 'postgresql';
  private readonly pools: LoginPools;

  /** @param ca authorities to check servers against, PEM; Node's own when left out */
  constructor(
    limits?: PoolLimits,
    private readonly ca?: string[],
  ) {
    this.pools = new LoginPools(limits);
  }

  async execute(request: ConnectorRequest): Promise<ConnectorAnswer> {
    const options = sessionOptions(request, this.ca);
    const { operation, signal } = request;
    if (signal.aborted) throw new SourceError('REQUEST_CANCELLED', 'The request was cancelled before it ran.');
    const work = new DatabaseWork(this.pools.find(request.connectionId, options), options, signal);
    switch (operation.name) {
      case 'test':
        return test(options, signal);
      case 'listTables':
        return listTables(work);
      case 'getTable':
        return work.withTable(operation.table, true, async (table) =>
          bytesAnswer(JSON.stringify(toContractTable(table))),
        );
      case 'listItems':
      case 'queryItems':
        return listItems(work, operation);
      case 'pollItems':
        return pollItems(work, operation);
      case 'listProcedures':
        return listProcedures(work);
      case 'getProcedure':
        return getProcedure(work, operation.procedure);
      case 'getItem':
        return getItem(work, operation);
      case 'createItem':
        return createItem(work, operation);
      case 'updateItem':
        return updateItem(work, operation);
      case 'deleteItem':
        return deleteItem(work, operation);
      case 'executeQuery':
        return executeQuery(work, operation);
      case 'executeProcedure':
        return executeProcedure(work, operation);
      default:
        throw new SourceError('OPERATION_UNSUPPORTED', `A database has no operation ${operation.name}.`, {
          details: { operation: operation.name },
        });
    }
  }

  forget(connectionId: string): Promise<void> {
    return this.pools.forget(connectionId);
  }

  close(): Promise<void> {
    return this.pools.close();
  }
}

/** Signs in anew: a session from the pool would not notice that the password has changed since. */
async function test(options: SessionOptions, signal: AbortSignal): Promise<ConnectorAnswer> {
  const session = await Session.open(options, signal);
  await session.end();
  return { body: (async function* () {})() };
}

async function listTables(work: DatabaseWork): Promise<ConnectorAnswer> {
  const rows = await work.read(new Binding().statement(LIST_TABLES_SQL, true));
  return bytesAnswer(JSON.stringify(toTableList(rows)));
}
