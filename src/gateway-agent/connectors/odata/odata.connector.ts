import type { Operation } from '../../../contract/operations.js';
import { unlessAborted } from '../abortable.js';
import type { Connector, ConnectorAnswer, ConnectorRequest } from '../connector.js';
import { SourceClient, type HttpSettings } from '../http/source-client.js';
import { SourceError } from '../source-error.js';
import type { EdmModel, EntitySet } from './edm-model.js';
import { createItem, deleteItem, getItem, jsonAnswer, updateItem } from './entity-operations.js';
import { listItems } from './list-items.js';
import { ModelCache } from './model-cache.js';
import { ODataService } from './odata-service.js';
import { tableList, tableOf } from './table-description.js';

type TableOperation = Extract<Operation, { table: string }>;

/** The entity sets of an OData 4 service as tables. Redirects are not followed, and certificates are always checked. */
export class ODataConnector implements Connector {
  readonly kind = 'odata';
  private readonly client: SourceClient;
  private readonly models = new ModelCache();

  constructor(settings: HttpSettings = {}) {
    this.client = new SourceClient(settings);
  }

  async execute(request: ConnectorRequest): Promise<ConnectorAnswer> {
    const { operation, target, encryption, connectionId, signal } = request;
    if (target.kind !== 'odata')
      throw new SourceError('VALIDATION_FAILED', 'The connection does not lead to an OData service.');
    if (encryption === 'Encrypted' && !target.url.toLowerCase().startsWith('https:')) {
      throw new SourceError('VALIDATION_FAILED', 'The connection demands encryption, but its address is not https.');
    }
    if (signal.aborted) throw new SourceError('REQUEST_CANCELLED', 'The request was cancelled before it ran.');
    const service = new ODataService(this.client, request, target);
    const model = (isMissed: boolean): Promise<EdmModel> =>
      this.modelOf(`${connectionId} ${target.url}`, () => service.metadata(), { isMissed, signal });
    if (operation.name === 'test') {
      // Asked anew: what is kept would not notice that the credential has changed since.
      await service.metadata();
      return { body: (async function* () {})() };
    }
    if (operation.name === 'listTables') return jsonAnswer(JSON.stringify(tableList(await model(false))));
    if (!('table' in operation)) throw unsupported(operation);
    const set = (await model(false)).find(operation.table) ?? (await model(true)).find(operation.table);
    if (!set) {
      throw new SourceError('TABLE_NOT_FOUND', 'The source has no such table.', {
        details: { table: operation.table },
      });
    }
    return run(service, set, operation, request.limits?.rows);
  }

  async forget(connectionId: string): Promise<void> {
    this.client.forget(connectionId);
    this.models.forget(`${connectionId} `);
  }

  async close(): Promise<void> {
    await this.client.close();
  }

  private async modelOf(
    key: string,
    fetch: () => Promise<EdmModel>,
    { isMissed, signal }: { readonly isMissed: boolean; readonly signal: AbortSignal },
  ): Promise<EdmModel> {
    for (;;) {
      try {
        return await unlessAborted(this.models.get(key, fetch, isMissed), signal);
      } catch (error) {
        // Another request was fetching it, and its caller left: that is no reason for this one to fail.
        const isOthers = error instanceof SourceError && error.code === 'REQUEST_CANCELLED' && !signal.aborted;
        if (!isOthers) throw error;
      }
    }
  }
}

async function run(
  service: ODataService,
  set: EntitySet,
  operation: TableOperation,
  maxRows: number | undefined,
): Promise<ConnectorAnswer> {
  switch (operation.name) {
    case 'getTable':
      return jsonAnswer(JSON.stringify(tableOf(set)));
    case 'listItems':
    case 'queryItems':
      return listItems(service, set, operation, maxRows);
    case 'getItem':
      return getItem(service, set, operation);
    case 'createItem':
      return createItem(service, set, operation);
    case 'updateItem':
      return updateItem(service, set, operation);
    case 'deleteItem':
      return deleteItem(service, set, operation);
    default:
      throw unsupported(operation);
  }
}

function unsupported({ name }: Operation): SourceError {
  return new SourceError('OPERATION_UNSUPPORTED', `An OData service has no operation ${name}.`, {
    details: { operation: name },
  });
}
