import { Controller, Get, Param } from '@nestjs/common';
import { DomainError } from '../../common/errors/domain-error.js';
import { Answers } from '../../common/http/answers.decorator.js';
import { finishAnswer } from './answer.js';
import { ConnectorCalls, type Exchange } from './connector-calls.js';
import { CurrentExchange } from './current-exchange.decorator.js';
import { decodeOnceMore, isServer } from './dataset.js';
import { DatasetsService } from './datasets.service.js';
import { invalidOption } from './query-options.js';
import { kindOf, routesOf } from './route-kinds.js';
import { namesSchema } from './tabular-answers.js';

/** The server and the database that a connection leads to, each the only one. */
@Controller(routesOf('listItems'))
export class DatabasesController {
  constructor(
    private readonly calls: ConnectorCalls,
    private readonly datasets: DatasetsService,
  ) {}

  @Get('servers')
  @Answers({ 200: namesSchema })
  async servers(@CurrentExchange() exchange: Exchange, @Param('connectionId') connectionId: string) {
    const { server: name } = await this.datasets.placeFor(exchange, connectionId);
    return { value: [{ Name: name, DisplayName: name }] };
  }

  /** @throws DomainError VALIDATION_FAILED without a server, TABLE_NOT_FOUND for another one */
  @Get('v2/databases')
  @Answers({ 200: namesSchema })
  async databases(@CurrentExchange() exchange: Exchange, @Param('connectionId') connectionId: string) {
    const { server } = exchange.request.query as Record<string, unknown>;
    if (typeof server !== 'string' || server === '') throw invalidOption('server', 'must be given, once');
    const place = await this.datasets.placeFor(exchange, connectionId);
    if (!isServer(decodeOnceMore(server), place)) {
      throw new DomainError(
        'TABLE_NOT_FOUND',
        { server: server.slice(0, 200) },
        { hop: 'control-plane', outcome: 'not-sent', message: 'This connection does not lead to that server.' },
      );
    }
    return { value: [{ Name: place.database, DisplayName: place.database }] };
  }

  /** Signs in at the database with the stored credential. */
  @Get('testconnection')
  @Answers({ 200: null })
  async test(@CurrentExchange() exchange: Exchange, @Param('connectionId') connectionId: string): Promise<void> {
    const operation = { name: 'test' } as const;
    await finishAnswer(await this.calls.send(exchange, { connectionId, kind: kindOf(exchange.request), operation }));
  }
}
