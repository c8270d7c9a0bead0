import { Controller, Get, HttpCode, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Answers } from '../../common/http/answers.decorator.js';
import { procedureListSchema, procedureSchema } from '../../contract/procedure.js';
import { readAnswer, sendAnswer } from './answer.js';
import { ConnectorCalls, type Exchange } from './connector-calls.js';
import { CurrentExchange } from './current-exchange.decorator.js';
import { decodeOnceMore } from './dataset.js';
import { DatasetsService } from './datasets.service.js';
import { procedureMetadata } from './procedure-metadata.js';
import { kindOf, routesOf } from './route-kinds.js';
import { parseValues } from './row-body.js';
import { callMetadataSchema, namesSchema, procedureResultSchema } from './tabular-answers.js';

interface DatasetParams {
  readonly connectionId: string;
  readonly dataset: string;
}

interface ProcedureParams extends DatasetParams {
  readonly procedure: string;
}

/** Functions and procedures of a database. */
@Controller(routesOf('executeProcedure', '/v2'))
export class ProceduresController {
  constructor(
    private readonly calls: ConnectorCalls,
    private readonly datasets: DatasetsService,
  ) {}

  @Get('datasets/:dataset/procedures')
  @Answers({ 200: namesSchema })
  async list(@CurrentExchange() exchange: Exchange, @Param() { connectionId, dataset }: DatasetParams) {
    await this.datasets.assertIs(exchange, connectionId, dataset);
    const operation = { name: 'listProcedures' } as const;
    const flow = await this.calls.send(exchange, { connectionId, kind: kindOf(exchange.request), operation });
    const procedures = await readAnswer(flow, procedureListSchema);
    return { value: procedures.map(({ name, displayName }) => ({ Name: name, DisplayName: displayName })) };
  }

  @Get('$metadata.json/datasets/:dataset/procedures/:procedure')
  @Answers({ 200: callMetadataSchema })
  async describe(@CurrentExchange() exchange: Exchange, @Param() params: ProcedureParams) {
    const { connectionId, dataset } = params;
    await this.datasets.assertIs(exchange, connectionId, dataset);
    const operation = { name: 'getProcedure', procedure: decodeOnceMore(params.procedure) } as const;
    const flow = await this.calls.send(exchange, { connectionId, kind: kindOf(exchange.request), operation });
    return procedureMetadata(await readAnswer(flow, procedureSchema));
  }

  @Post('datasets/:dataset/procedures/:procedure')
  @HttpCode(200)
  @Answers({ 200: procedureResultSchema })
  async run(@CurrentExchange() exchange: Exchange, @Param() params: ProcedureParams, @Res() reply: FastifyReply) {
    const { connectionId, dataset } = params;
    await this.datasets.assertIs(exchange, connectionId, dataset);
    const operation = {
      name: 'executeProcedure',
      procedure: decodeOnceMore(params.procedure),
      parameters: parseValues(exchange.request.body ?? {}),
    } as const;
    const flow = await this.calls.send(exchange, { connectionId, kind: kindOf(exchange.request), operation });
    await sendAnswer(reply.type('application/json; charset=utf-8'), flow);
  }
}
