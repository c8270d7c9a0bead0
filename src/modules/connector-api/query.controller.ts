import { Controller, HttpCode, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { Answers } from '../../common/http/answers.decorator.js';
import { sendAnswer } from './answer.js';
import { ConnectorCalls, type Exchange } from './connector-calls.js';
import { CurrentExchange } from './current-exchange.decorator.js';
import { DatasetsService } from './datasets.service.js';
import { queryMetadata } from './procedure-metadata.js';
import { kindOf, routesOf } from './route-kinds.js';
import { parseValues } from './row-body.js';
import { callMetadataSchema, queryResultSchema } from './tabular-answers.js';

interface DatasetParams {
  readonly connectionId: string;
  readonly dataset: string;
}

const nativeQuerySchema = z.object({
  query: z.string().min(1).max(131_072),
  actualParameters: z.unknown().optional(),
});

/** Types by the names of parameters, as a designer of flows has them written down. */
const formalParametersSchema = z.object({
  formalParameters: z
    .record(z.string().min(1).max(128), z.string().max(128))
    .refine((parameters) => Object.keys(parameters).length <= 500, 'must not have more than 500 parameters')
    .nullish()
    .transform((parameters) => parameters ?? {}),
});

const JSON_TYPE = 'application/json; charset=utf-8';

/** Statements in the source's own language. They pass unread; their values travel beside them. */
@Controller(routesOf('executeQuery', '/v2'))
export class QueryController {
  constructor(
    private readonly calls: ConnectorCalls,
    private readonly datasets: DatasetsService,
  ) {}

  @Post('datasets/:dataset/query/sql')
  @HttpCode(200)
  @Answers({ 200: queryResultSchema })
  async query(
    @CurrentExchange() exchange: Exchange,
    @Param() { connectionId, dataset }: DatasetParams,
    @Res() reply: FastifyReply,
  ) {
    const { query, actualParameters } = nativeQuerySchema.parse(exchange.request.body);
    await this.datasets.assertIs(exchange, connectionId, dataset);
    const operation = { name: 'executeQuery', query, parameters: parseValues(actualParameters ?? {}) } as const;
    const flow = await this.calls.send(exchange, { connectionId, kind: kindOf(exchange.request), operation });
    const around = { before: '{"ResultSets":{"Table1":', after: () => '},"OutputParameters":{}}' };
    await sendAnswer(reply.type(JSON_TYPE), flow, around);
  }

  /** What a query takes and gives, as far as that can be told before it has run. */
  @Post('$metadata.json/datasets/:dataset/query/sql')
  @HttpCode(200)
  @Answers({ 200: callMetadataSchema })
  async describe(@CurrentExchange() exchange: Exchange, @Param() { connectionId, dataset }: DatasetParams) {
    const { formalParameters } = formalParametersSchema.parse(exchange.request.body ?? {});
    await this.datasets.nameFor(exchange, connectionId);
    await this.datasets.assertIs(exchange, connectionId, dataset);
    return queryMetadata(formalParameters);
  }
}
