import { Controller, Delete, Get, HttpCode, Param, Patch, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Answers } from '../../common/http/answers.decorator.js';
import { AppConfig } from '../../config/env.js';
import type { Operation } from '../../contract/operations.js';
import type { ReplyTrailer } from '../../contract/replies.js';
import type { FlowReply } from '../flow-requests/flow-requests.types.js';
import { finishAnswer, sendAnswer, type Surroundings } from './answer.js';
import { ConnectorCalls, type Exchange } from './connector-calls.js';
import { CurrentExchange } from './current-exchange.decorator.js';
import { decodeOnceMore } from './dataset.js';
import { DatasetsService } from './datasets.service.js';
import { nextLink, parseListQuery } from './list-query.js';
import { kindOf, routesOf } from './route-kinds.js';
import { parseRow } from './row-body.js';
import { itemsSchema, rowSchema } from './tabular-answers.js';

interface ItemsParams {
  readonly connectionId: string;
  readonly dataset: string;
  readonly table: string;
}

interface ItemParams extends ItemsParams {
  readonly id: string;
}

/** An operation on rows, short of the table that the path names. */
type RowOperation = Operation extends infer Each
  ? Each extends { table: string }
    ? Omit<Each, 'table'>
    : never
  : never;

const JSON_TYPE = 'application/json; charset=utf-8';

/** Rows of a table. Their bytes pass through as the agent wrote them. */
@Controller(routesOf('listItems', '/v2/datasets/:dataset/tables/:table/items'))
export class ItemsController {
  constructor(
    private readonly calls: ConnectorCalls,
    private readonly datasets: DatasetsService,
    private readonly config: AppConfig,
  ) {}

  @Get()
  @Answers({ 200: itemsSchema })
  async list(@CurrentExchange() exchange: Exchange, @Param() params: ItemsParams, @Res() reply: FastifyReply) {
    const of = [params.connectionId.toLowerCase(), decodeOnceMore(params.table)];
    const query = parseListQuery(exchange.request.query as Record<string, unknown>, of);
    const flow = await this.send(exchange, params, query.operation);
    const path = exchange.request.raw.url ?? '/';
    const around: Surroundings = {
      before: `{"@odata.context":${JSON.stringify(this.contextOf(exchange, params))},"value":`,
      after: (trailer: ReplyTrailer) => {
        const { count, hasMore } = trailer;
        const total = query.operation.count === true && count !== undefined ? `,"@odata.count":${count}` : '';
        if (!query.isPaged || hasMore !== true) return `${total}}`;
        const link = nextLink(this.config.publicUrl, path, query, trailer);
        return `${total},"@odata.nextLink":${JSON.stringify(link)}}`;
      },
    };
    await sendAnswer(reply.type(JSON_TYPE), flow, around);
  }

  @Post()
  @HttpCode(200)
  @Answers({ 200: rowSchema })
  async create(@CurrentExchange() exchange: Exchange, @Param() params: ItemsParams, @Res() reply: FastifyReply) {
    const flow = await this.send(exchange, params, { name: 'createItem', row: parseRow(exchange.request.body) });
    await sendAnswer(reply.type(JSON_TYPE), flow);
  }

  @Get(':id')
  @Answers({ 200: rowSchema })
  async get(@CurrentExchange() exchange: Exchange, @Param() params: ItemParams, @Res() reply: FastifyReply) {
    const flow = await this.send(exchange, params, { name: 'getItem', key: params.id });
    await sendAnswer(reply.type(JSON_TYPE), flow);
  }

  @Patch(':id')
  @Answers({ 200: rowSchema })
  async update(@CurrentExchange() exchange: Exchange, @Param() params: ItemParams, @Res() reply: FastifyReply) {
    const operation = { name: 'updateItem', key: params.id, row: parseRow(exchange.request.body) } as const;
    const flow = await this.send(exchange, params, operation);
    await sendAnswer(reply.type(JSON_TYPE), flow);
  }

  @Delete(':id')
  @Answers({ 200: null })
  async remove(@CurrentExchange() exchange: Exchange, @Param() params: ItemParams): Promise<void> {
    await finishAnswer(await this.send(exchange, params, { name: 'deleteItem', key: params.id }));
  }

  private async send(exchange: Exchange, params: ItemsParams, operation: RowOperation): Promise<FlowReply> {
    const { connectionId, dataset, table } = params;
    await this.datasets.assertIs(exchange, connectionId, dataset);
    const full = { ...operation, table: decodeOnceMore(table) } as Operation;
    return this.calls.send(exchange, { connectionId, kind: kindOf(exchange.request), operation: full });
  }

  private contextOf({ request }: Exchange, { connectionId, dataset, table }: ItemsParams): string {
    const path = `datasets('${encodeURIComponent(dataset)}')/tables('${encodeURIComponent(table)}')/items`;
    return `${this.config.publicUrl}/apim/${kindOf(request)}/${connectionId}/v2/$metadata#${path}`;
  }
}
