import type { Claims } from './claims.js';
import type { BusNamespace } from './namespace.js';
import type { RequestMessage } from './rhea-internals.js';
import { amqp } from './rhea-internals.js';
import { covers, parseResource } from './resource-path.js';
import { readToken } from './token.js';

const SAS_TYPE = 'servicebus.windows.net:sastoken';

/**
 * Answers a put-token request on `$cbs`.
 *
 * The token must cover the audience it is put for: a client that asks for more learns it here and not at its link.
 */
export function putToken(request: RequestMessage, claims: Claims, namespace: BusNamespace): Record<string, unknown> {
  const { operation, type, name } = request.application_properties ?? {};
  const audience = typeof name === 'string' ? parseResource(name) : undefined;
  if (operation !== 'put-token' || type !== SAS_TYPE || !audience || typeof request.body !== 'string')
    return status(400, 'Only put-token of a shared access signature is served here.', 'amqp:not-allowed');
  const now = namespace.clock();
  const claim = readToken(request.body, namespace.rules, now);
  if (!claim || !covers(claim.resource, audience)) {
    namespace.events.log('token-refused', { audience: audience.segments.join('/') });
    return status(401, 'The token is invalid, expired, or for another resource.', 'amqp:unauthorized-access');
  }
  if (!claims.add(claim, now)) return status(403, 'Too many tokens on one connection.', 'amqp:resource-limit-exceeded');
  return status(202, 'Accepted');
}

function status(code: number, description: string, condition?: string): Record<string, unknown> {
  return {
    'status-code': amqp.types.wrap_int(code),
    'status-description': description,
    ...(condition === undefined ? {} : { 'error-condition': condition }),
  };
}
