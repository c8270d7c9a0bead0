import { Controller, Get, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { DomainError } from '../../common/errors/domain-error.js';
import { Answers } from '../../common/http/answers.decorator.js';
import { AppConfig } from '../../config/env.js';
import type { Operation } from '../../contract/operations.js';
import { readWhole } from './answer.js';
import { ConnectorCalls, type Exchange } from './connector-calls.js';
import { CurrentExchange } from './current-exchange.decorator.js';
import { decodeOnceMore } from './dataset.js';
import { DatasetsService } from './datasets.service.js';
import { parsePollQuery, STATE_PARAMETER, type PollQuery } from './poll-query.js';
import { addressWith } from './own-address.js';
import { kindOf, routesOf } from './route-kinds.js';
import { writeToken } from './skip-token.js';
import { changesSchema } from './tabular-answers.js';

interface TableParams {
  readonly connectionId: string;
  readonly dataset: string;
  readonly table: string;
}

type What = Extract<Operation, { name: 'pollItems' }>['what'];

/** When to ask again, in seconds: with more at hand, and without. */
const AT_ONCE = '1';
const LATER = '60';

const headers = {
  Location: 'Address to ask next time; the state of the trigger is in it.',
  'Retry-After': 'Seconds until then.',
};
const ANSWERS = { 200: { content: { 'application/json': changesSchema }, headers }, 202: null };

/**
 * Triggers for rows that came or changed, polled: 202 while there is nothing. The first call begins the watch; rows that
 * are there then are not new.
 */
@Controller(routesOf('pollItems', '/v2/datasets/:dataset/tables/:table'))
export class TriggersController {
  constructor(
    private readonly calls: ConnectorCalls,
    private readonly datasets: DatasetsService,
    private readonly config: AppConfig,
  ) {}

  /**
   * New rows, by the numbers of a key that a sequence draws, in their order. Each is handed out once. One whose
   * transaction commits late is found as long as no hundred younger gaps in the numbers have opened meanwhile.
   */
  @Get('onnewitems')
  @Answers(ANSWERS)
  onNewItems(@CurrentExchange() exchange: Exchange, @Param() params: TableParams, @Res() reply: FastifyReply) {
    return this.poll(exchange, params, 'new', reply);
  }

  /**
   * New and changed rows, by the time of their last change, in its order. Each change is handed out once. One that is
   * committed later than five minutes after its time, or after five hundred later ones, is not found.
   */
  @Get('onupdateditems')
  @Answers(ANSWERS)
  onUpdatedItems(@CurrentExchange() exchange: Exchange, @Param() params: TableParams, @Res() reply: FastifyReply) {
    return this.poll(exchange, params, 'updated', reply);
  }

  private async poll(exchange: Exchange, params: TableParams, what: What, reply: FastifyReply): Promise<void> {
    const { connectionId, dataset } = params;
    const table = decodeOnceMore(params.table);
    const { options, question } = this.read(exchange, [connectionId.toLowerCase(), table, what]);
    await this.datasets.assertIs(exchange, connectionId, dataset);
    const operation = { name: 'pollItems', table, what, ...options } as const;
    const flow = await this.calls.send(exchange, { connectionId, kind: kindOf(exchange.request), operation });
    const { bytes, trailer } = await readWhole(flow);
    const { continuation, count = 0, hasMore = false } = trailer;
    if (continuation === undefined) throw new DomainError('REPLY_INVALID');
    const state = writeToken(question, { after: continuation });
    const path = exchange.request.raw.url ?? '/';
    void reply.header('location', addressWith(this.config.publicUrl, path, [STATE_PARAMETER, state]));
    void reply.header('retry-after', hasMore ? AT_ONCE : LATER);
    if (count === 0 && !hasMore) await reply.code(202).send();
    else await reply.type('application/json; charset=utf-8').send(`{"value":${bytes.toString('utf8')}}`);
  }

  private read({ request }: Exchange, of: readonly string[]): PollQuery {
    return parsePollQuery(request.query as Record<string, unknown>, of);
  }
}
