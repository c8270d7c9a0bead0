import { MalformedMessageError } from './amqp-codec.js';
import { QUEUE_REFUSALS } from './conditions.js';
import type { Body, ManagementTarget } from './management.js';
import { MANAGEMENT_OPERATIONS } from './management.js';
import { RequestError } from './management-values.js';
import { QueueError } from './queue-options.js';
import type { RequestMessage } from './rhea-internals.js';
import { amqp } from './rhea-internals.js';
import type { Right } from './token.js';

/** A reply in the form in which it is sent. */
export interface RequestReply {
  readonly application_properties: Record<string, unknown>;
  readonly body: unknown;
}

/**
 * Runs one request of `<queue>/$management`.
 *
 * @param target undefined when the queue does not exist (any more)
 * @param may asked for each operation anew, as tokens expire while the link stays open
 */
export function answerManagement(
  request: RequestMessage,
  target: ManagementTarget | undefined,
  may: (right: Right) => boolean,
): RequestReply {
  const name = request.application_properties?.['operation'];
  const operation = typeof name === 'string' ? MANAGEMENT_OPERATIONS.get(name) : undefined;
  if (!operation) return failure(501, 'amqp:not-implemented', 'This operation is not served here.');
  if (!may(operation.right)) return failure(401, 'amqp:unauthorized-access', 'No valid token for this operation.');
  if (!target) return failure(404, 'amqp:not-found', 'The messaging entity of this link could not be found.');
  try {
    const reply = operation.run(target, (request.body ?? {}) as Body);
    return typeof reply === 'number' ? answer(reply, 'No content', null) : answer(200, 'OK', reply);
  } catch (error) {
    if (error instanceof RequestError) return failure(error.status, error.condition, error.message);
    if (error instanceof MalformedMessageError) return failure(400, 'amqp:decode-error', error.message);
    if (!(error instanceof QueueError)) throw error;
    const { status, condition, description } = QUEUE_REFUSALS[error.code];
    return failure(status, condition, description);
  }
}

function answer(status: number, description: string, body: unknown): RequestReply {
  return { application_properties: { statusCode: amqp.types.wrap_int(status), statusDescription: description }, body };
}

function failure(status: number, condition: string, description: string): RequestReply {
  const { application_properties, body } = answer(status, description, null);
  return { application_properties: { ...application_properties, errorCondition: condition }, body };
}
