import { Controller, HttpCode, Post } from '@nestjs/common';
import { z } from 'zod';
import { DomainError } from '../../common/errors/domain-error.js';
import { Answers } from '../../common/http/answers.decorator.js';
import { readTunnel } from '../../common/http/rewrites/invoke.js';
import { CurrentExchange } from './current-exchange.decorator.js';
import type { Exchange } from './connector-calls.js';

/** The tunnel of older Power Apps clients. A proper call is on its own route by now; what comes here carries none. */
@Controller('invoke')
export class InvokeController {
  /**
   * Takes a call of the connector surface in a POST: its method in x-ms-request-method, its path below /apim/ with the
   * query in x-ms-request-url, its body and all other headers as they are. It is answered as the call itself is.
   *
   * @throws DomainError VALIDATION_FAILED naming the header
   */
  @Post()
  @HttpCode(200)
  @Answers({ '2XX': z.unknown() })
  refuse(@CurrentExchange() { request }: Exchange): never {
    const tunnelled = readTunnel(request.raw);
    if ('problem' in tunnelled) {
      throw new DomainError('VALIDATION_FAILED', { header: tunnelled.header, problem: tunnelled.problem });
    }
    throw new DomainError('ROUTE_NOT_FOUND');
  }
}
