import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Caller } from '../../common/auth/caller.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { isRead, operationSchema, type Operation } from '../../contract/operations.js';
import type { SourceKind } from '../../contract/targets.js';
import { DispatcherService } from '../flow-requests/dispatcher.service.js';
import type { FlowReply } from '../flow-requests/flow-requests.types.js';
import { callerSignal } from './caller-signal.js';
import { clientContextOf, derivedIdempotencyKey, environmentIdOf, givenIdempotencyKey } from './client-context.js';
import type { RequestBody } from './request-body.js';

/** One HTTP request of a verified caller. */
export interface Exchange {
  readonly caller: Caller;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

export interface ConnectorCall {
  readonly connectionId: string;
  readonly kind: SourceKind;
  readonly operation: Operation;
  readonly body?: RequestBody | undefined;
}

/** Makes flow requests of connector calls. What this surface's routes have in common, and nothing of any one of them. */
@Injectable()
export class ConnectorCalls {
  constructor(private readonly dispatcher: DispatcherService) {}

  /**
   * @throws DomainError VALIDATION_FAILED for headers and operations out of shape, CONNECTION_NOT_FOUND, and whatever
   * the dispatcher refuses with
   */
  async send({ caller, request, reply }: Exchange, call: ConnectorCall): Promise<FlowReply> {
    const { headers } = request.raw;
    const { connectionId, kind, body } = call;
    const environmentId = environmentIdOf(headers);
    const given = givenIdempotencyKey(headers);
    assertConnectionId(connectionId);
    const operation = operationSchema.parse(call.operation);
    // A stream cannot be compared with the one of an earlier try, so only a caller that asks for it gets a key there.
    const key = isRead(operation)
      ? undefined
      : (given ?? (isStream(body) ? undefined : derivedIdempotencyKey(headers)));
    return this.dispatcher.dispatch(caller, {
      connectionId: connectionId.toLowerCase(),
      kind,
      operation,
      client: clientContextOf(headers),
      signal: callerSignal(reply),
      ...(environmentId === undefined ? {} : { environmentId }),
      ...(body === undefined ? {} : { body }),
      ...(key === undefined ? {} : { idempotencyKey: key }),
    });
  }
}

/** An id that cannot be one is as unknown as one that nobody has. @throws DomainError CONNECTION_NOT_FOUND */
export function assertConnectionId(connectionId: string): void {
  if (!z.guid().safeParse(connectionId).success) {
    throw new DomainError('CONNECTION_NOT_FOUND', { connectionId: connectionId.slice(0, 64) });
  }
}

function isStream(body: RequestBody | undefined): boolean {
  return body !== undefined && !(body instanceof Uint8Array);
}
