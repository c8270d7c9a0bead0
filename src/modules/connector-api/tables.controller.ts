import { Controller, Get, Param } from '@nestjs/common';
import { Answers } from '../../common/http/answers.decorator.js';
import { tableListSchema, tableSchema } from '../../contract/table.js';
import { readAnswer } from './answer.js';
import { ConnectorCalls, type Exchange } from './connector-calls.js';
import { CurrentExchange } from './current-exchange.decorator.js';
import { DatasetsService } from './datasets.service.js';
import { decodeOnceMore } from './dataset.js';
import { kindOf, routesOf } from './route-kinds.js';
import { tableMetadata } from './table-metadata.js';
import { datasetMetadataSchema, namesSchema, tableMetadataSchema } from './tabular-answers.js';

interface DatasetParams {
  readonly connectionId: string;
  readonly dataset: string;
}

interface TableParams extends DatasetParams {
  readonly table: string;
}

/** The two parts of a dataset's name, and where their values can be had. */
const DATASET_PARAMETERS = [
  datasetParameter('server', 'Server name', '/servers'),
  datasetParameter('database', 'Database name', '/v2/databases?server={server}'),
];

function datasetParameter(name: string, summary: string, path: string) {
  return {
    ...{ name, type: 'string', urlEncoding: 'double' as const, description: `${summary}.`, required: true },
    'x-ms-summary': summary,
    'x-ms-dynamic-values': { path, 'value-collection': 'value', 'value-path': 'Name', 'value-title': 'DisplayName' },
  };
}

/** What a connection to a database has: its one dataset, the tables in it, and the description of each. */
@Controller(routesOf('listItems', '/v2'))
export class TablesController {
  constructor(
    private readonly calls: ConnectorCalls,
    private readonly datasets: DatasetsService,
  ) {}

  @Get('$metadata.json/datasets')
  @Answers({ 200: datasetMetadataSchema })
  async datasetMetadata(@CurrentExchange() exchange: Exchange, @Param('connectionId') connectionId: string) {
    await this.datasets.nameFor(exchange, connectionId);
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
      parameters: DATASET_PARAMETERS,
    };
  }

  @Get('datasets')
  @Answers({ 200: namesSchema })
  async listDatasets(@CurrentExchange() exchange: Exchange, @Param('connectionId') connectionId: string) {
    const name = await this.datasets.nameFor(exchange, connectionId);
    return { value: [{ Name: 'default', DisplayName: name }] };
  }

  @Get('datasets/:dataset/tables')
  @Answers({ 200: namesSchema })
  async list(@CurrentExchange() exchange: Exchange, @Param() { connectionId, dataset }: DatasetParams) {
    await this.datasets.assertIs(exchange, connectionId, dataset);
    const operation = { name: 'listTables' } as const;
    const flow = await this.calls.send(exchange, { connectionId, kind: kindOf(exchange.request), operation });
    const tables = await readAnswer(flow, tableListSchema);
    return { value: tables.map(({ name, displayName }) => ({ Name: name, DisplayName: displayName })) };
  }

  @Get('$metadata.json/datasets/:dataset/tables/:table')
  @Answers({ 200: tableMetadataSchema })
  async describe(@CurrentExchange() exchange: Exchange, @Param() { connectionId, dataset, table }: TableParams) {
    await this.datasets.assertIs(exchange, connectionId, dataset);
    const operation = { name: 'getTable', table: decodeOnceMore(table) } as const;
    const flow = await this.calls.send(exchange, { connectionId, kind: kindOf(exchange.request), operation });
    const described = await readAnswer(flow, tableSchema);
    return tableMetadata(described, await this.datasets.abilities(exchange, connectionId));
  }
}
