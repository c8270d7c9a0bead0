import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Caller } from '../../common/auth/caller.js';
import { AppConfig } from '../../config/env.js';
import { OperationsService } from '../operations/operations.service.js';
import type { OperationStatus, Work } from '../operations/operations.types.js';

/** Most work is done by then, and its caller is spared the polling. */
const PATIENCE_MS = 1_000;

/** Clients that poll wait at least so long between two questions. */
const RETRY_AFTER_SECONDS = 1;

/** Answers for work that may take longer than a caller likes to wait. */
@Injectable()
export class OperationReplies {
  constructor(
    private readonly config: AppConfig,
    private readonly operations: OperationsService,
  ) {}

  /**
   * The result, or 202 and where to ask for it. Who sends `Prefer: respond-async` is not kept waiting at all.
   *
   * @see RFC 7240, section 4.1
   * @throws DomainError what the work throws; RATE_LIMITED
   */
  async answer<T>(caller: Caller, work: Work<T>, reply: FastifyReply): Promise<T | undefined> {
    const { prefer = '' } = reply.request.headers;
    const isAsync = String(prefer)
      .split(/[,;]/)
      .some((word) => word.trim().toLowerCase() === 'respond-async');
    const outcome = await this.operations.run(caller, work, isAsync ? 0 : PATIENCE_MS);
    if ('result' in outcome) return outcome.result;
    this.tell(reply.code(202), outcome.operationId, 'Running');
    return undefined;
  }

  /** Says in the headers where to ask next. */
  tell(reply: FastifyReply, operationId: string, status: OperationStatus): void {
    const state = `${this.config.publicUrl}/v1/operations/${operationId}`;
    const isOver = status === 'Succeeded' || status === 'Failed';
    void reply.headers({
      location: status === 'Succeeded' ? `${state}/result` : state,
      'x-ms-operation-id': operationId,
      ...(isOver ? {} : { 'retry-after': String(RETRY_AFTER_SECONDS) }),
    });
  }
}
