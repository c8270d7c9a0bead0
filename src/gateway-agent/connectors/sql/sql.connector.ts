import type { SourceKind } from '../../../contract/targets.js';
import type { SessionCounts } from '../../observability/agent-vitals.js';
import type { Connector, ConnectorAnswer, ConnectorRequest } from '../connector.js';
import type { Egress } from '../egress.js';
import { SourceError } from '../source-error.js';
import { toContractTable, toTableList } from './catalog.js';
import { DatabaseWork } from './database-work.js';
import type { SqlDialect } from './dialect.js';
import { listItems } from './list-operations.js';
import { LoginPools } from './login-pools.js';
import { executeProcedure, executeQuery } from './native-operations.js';
import { pollItems } from './poll-operations.js';
import { getProcedure, listProcedures } from './procedure-catalog.js';
import type { PoolLimits } from './session-pool.js';
import { bytesAnswer, createItem, deleteItem, getItem, updateItem } from './table-operations.js';

/** What a connector to databases needs of the machine. */
export interface SqlConnectorSettings {
  readonly egress: Egress;
  /** Authorities to check servers against, PEM; Node's own when left out. */
  readonly ca?: string[] | undefined;
  readonly limits?: PoolLimits | undefined;
}

/** Tables, rows, procedures and native queries of one kind of database. */
export class SqlConnector implements Connector {
  readonly kind: SourceKind;
  private readonly pools: LoginPools;

  constructor(
    private readonly dialect: SqlDialect,
    private readonly settings: SqlConnectorSettings,
  ) {
    this.kind = dialect.kind;
    this.pools = new LoginPools(settings.limits);
  }

  async execute(request: ConnectorRequest): Promise<ConnectorAnswer> {
    const work = this.workOf(request);
    const { operation } = request;
    switch (operation.name) {
      case 'test':
        return test(work);
      case 'listTables':
        return listTables(work);
      case 'getTable':
        return work.withTable(operation.table, true, async (table) =>
          bytesAnswer(JSON.stringify(toContractTable(table, this.dialect))),
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

  heldSessions(): SessionCounts {
    return this.pools.counts;
  }

  forget(connectionId: string): Promise<void> {
    return this.pools.forget(connectionId);
  }

  close(): Promise<void> {
    return this.pools.close();
  }

  private workOf(request: ConnectorRequest): DatabaseWork {
    const { signal, connectionId, limits } = request;
    const { egress, ca } = this.settings;
    const login = this.dialect.login(request);
    if (signal.aborted) throw new SourceError('REQUEST_CANCELLED', 'The request was cancelled before it ran.');
    const pool = this.pools.find(connectionId, login);
    return new DatabaseWork({ dialect: this.dialect, pool, login, egress, ca, signal, maxRows: limits?.rows });
  }
}

/** Signs in anew: a session from the pool would not notice that the password has changed since. */
async function test(work: DatabaseWork): Promise<ConnectorAnswer> {
  const session = await work.open();
  await session.end();
  return { body: (async function* () {})() };
}

async function listTables(work: DatabaseWork): Promise<ConnectorAnswer> {
  const rows = await work.read(work.dialect.catalog.listTables());
  return bytesAnswer(JSON.stringify(toTableList(rows, work.dialect)));
}
