import { All, Controller, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { DomainError } from '../../common/errors/domain-error.js';
import { Answers, bytesSchema } from '../../common/http/answers.decorator.js';
import { sendAnswer } from './answer.js';
import { ConnectorCalls, type Exchange } from './connector-calls.js';
import { CurrentExchange } from './current-exchange.decorator.js';
import { callerHeaders, sourceHeaders } from './http-headers.js';
import { requestBody } from './request-body.js';
import { pathBelowConnection } from './source-path.js';

/** Whatever the source says; with the connector's own shape where the request did not get that far. */
const PASSED = { content: { '*/*': bytesSchema } };

/** Passes requests on to an HTTP API: method, path and query exactly as sent, and bodies as streams both ways. */
@Controller('apim/http/:connectionId')
export class HttpController {
  constructor(private readonly calls: ConnectorCalls) {}

  @All(['/', '*'])
  @Answers({ '2XX': PASSED, '3XX': PASSED, '4XX': PASSED, '5XX': PASSED })
  async pass(
    @CurrentExchange() exchange: Exchange,
    @Param('connectionId') connectionId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { method, raw } = exchange.request;
    const operation = {
      name: 'httpRequest',
      method,
      path: pathBelowConnection(raw.url ?? ''),
      headers: sourceHeaders(raw.rawHeaders),
    } as const;
    const call = {
      connectionId,
      kind: 'http',
      operation,
      body: await requestBody(exchange.request, exchange.reply),
    } as const;
    const flow = await this.calls.send(exchange, call);
    if (!flow.http) {
      await flow.body[Symbol.asyncIterator]().return?.();
      throw new DomainError('REPLY_INVALID');
    }
    reply.code(flow.http.status);
    for (const [name, values] of callerHeaders(flow.http.headers)) {
      reply.header(name, values.length === 1 ? values[0] : values);
    }
    await sendAnswer(reply, flow);
  }
}
