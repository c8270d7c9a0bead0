import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Authenticator } from '../auth/authenticator.js';
import { DomainError } from '../errors/domain-error.js';
import type { ActorRequest } from '../errors/refusal-sink.js';
import { isBackup } from './body-parsers.js';

/**
 * Asks who sends a backup before a byte of it is read. Guards come after bodies, which is well for small ones; a large
 * one takes memory, and the only place there is for one.
 */
export function addEarlyAuthorization(instance: FastifyInstance, authenticator: Authenticator): void {
  instance.addHook('preParsing', async (request: FastifyRequest & ActorRequest, _reply, payload) => {
    if (!isBackup(request)) return payload;
    const caller = await authenticator.authenticate(request.headers.authorization);
    request.actor = caller;
    if (!caller.isTenantAdministrator) throw new DomainError('NOT_ADMINISTRATOR');
    return payload;
  });
}
