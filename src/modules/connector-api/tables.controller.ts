import { Controller, Get, Param } from '@nestjs/common';
import { tableListSchema, tableSchema } from '../../contract/table.js';
import { readAnswer } from './answer.js';
import { ConnectorCalls, type Exchange } from './connector-calls.js';
import { CurrentExchange } from './current-exchange.decorator.js';
import { DatasetsService } from './datasets.service.js';
import { decodeOnceMore } from './dataset.js';
import { tableMetadata } from './table-metadata.js';

interface DatasetParams {
  readonly connectionId: string;
  readonly dataset: string;
}

interface TableParams extends DatasetParams {
  readonly table: string;
}

/** What a connection to a database has: its one dataset, the tables in it, and the description of each. */
@Controller('apim/postgresql/:connectionId/v2')
export class TablesController {
  constructor(
    private readonly calls: ConnectorCalls,
    private readonly datasets: DatasetsService,
  ) {}

  @Get('$metadata.json/datasets')
  async datasetMetadata(@CurrentExchange() { caller }: Exchange, @Param('connectionId') connectionId: string) {
    await this.datasets.nameFor(caller, connectionId);
    return {
      tabular: {
        source: 'singleton',
        displayName: 'Database',
        urlEncoding: 'double',
        tableDisplayName: 'Table',
        tablePluralName: 'Tables',
      },
      blob: null,
      datasetFormat: '{server},{database}',
    };
  }

  @Get('datasets')
  async listDatasets(@CurrentExchange() { caller }: Exchange, @Param('connectionId') connectionId: string) {
    const name = await this.datasets.nameFor(caller, connectionId);
    return { value: [{ Name: 'default', DisplayName: name }] };
  }

  @Get('datasets/:dataset/tables')
  async list(@CurrentExchange() exchange: Exchange, @Param() { connectionId, dataset }: DatasetParams) {
    await this.datasets.assertIs(exchange.caller, connectionId, dataset);
    const operation = { name: 'listTables' } as const;
    const flow = await this.calls.send(exchange, { connectionId, kind: 'postgresql', operation });
    const tables = await readAnswer(flow, tableListSchema);
    return { value: tables.map(({ name, displayName }) => ({ Name: name, DisplayName: displayName })) };
  }

  @Get('$metadata.json/datasets/:dataset/tables/:table')
  async describe(@CurrentExchange() exchange: Exchange, @Param() { connectionId, dataset, table }: TableParams) {
    await this.datasets.assertIs(exchange.caller, connectionId, dataset);
    const operation = { name: 'getTable', table: decodeOnceMore(table) } as const;
    const flow = await this.calls.send(exchange, { connectionId, kind: 'postgresql', operation });
    return tableMetadata(await readAnswer(flow, tableSchema));
  }
}
