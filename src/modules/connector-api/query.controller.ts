import { Controller, HttpCode, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { sendAnswer } from './answer.js';
import { ConnectorCalls, type Exchange } from './connector-calls.js';
import { CurrentExchange } from './current-exchange.decorator.js';
import { decodeOnceMore } from './dataset.js';
import { DatasetsService } from './datasets.service.js';
import { parseValues } from './row-body.js';

interface DatasetParams {
  readonly connectionId: string;
  readonly dataset: string;
}

const nativeQuerySchema = z.object({
  query: z.string().min(1).max(131_072),
  actualParameters: z.unknown().optional(),
});

const JSON_TYPE = 'application/json; charset=utf-8';

/** Statements in the source's own language. They pass unread; their values travel beside them. */
@Controller('apim/postgresql/:connectionId/v2/datasets/:dataset')
export class QueryController {
  constructor(
    private readonly calls: ConnectorCalls,
    private readonly datasets: DatasetsService,
  ) {}

  @Post('query/sql')
  @HttpCode(200)
  async query(
    @CurrentExchange() exchange: Exchange,
    @Param() { connectionId, dataset }: DatasetParams,
    @Res() reply: FastifyReply,
  ) {
    const { query, actualParameters } = nativeQuerySchema.parse(exchange.request.body);
    await this.datasets.assertIs(exchange.caller, connectionId, dataset);
    const operation = { name: 'executeQuery', query, parameters: parseValues(actualParameters ?? {}) } as const;
    const flow = await this.calls.send(exchange, { connectionId, kind: 'postgresql', operation });
    const around = { before: '{"ResultSets":{"Table1":', after: () => '},"OutputParameters":{}}' };
    await sendAnswer(reply.type(JSON_TYPE), flow, around);
  }

  @Post('procedures/:procedure')
  @HttpCode(200)
  async procedure(
    @CurrentExchange() exchange: Exchange,
    @Param() { connectionId, dataset, procedure }: DatasetParams & { readonly procedure: string },
    @Res() reply: FastifyReply,
  ) {
    await this.datasets.assertIs(exchange.caller, connectionId, dataset);
    const operation = {
      name: 'executeProcedure',
      procedure: decodeOnceMore(procedure),
      parameters: parseValues(exchange.request.body ?? {}),
    } as const;
    const flow = await this.calls.send(exchange, { connectionId, kind: 'postgresql', operation });
    await sendAnswer(reply.type(JSON_TYPE), flow);
  }
}
