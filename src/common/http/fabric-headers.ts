import type { FastifyInstance } from 'fastify';
import { contextOf } from '../request-context.js';

/**
 * Headers that Fabric sets on every answer, and its clients read into their logs: the request's id, where the tenant's
 * data is at home, and that nobody was sent elsewhere on the way.
 */
export function addFabricHeaders(instance: FastifyInstance, publicUrl: string): void {
  const headers = {
    'cache-control': 'no-store, must-revalidate, no-cache',
    'home-cluster-uri': new URL('/', publicUrl).href,
    'request-redirected': 'false',
  };
  instance.addHook('onRequest', (request, reply, done) => {
    if (request.url.startsWith('/v1/')) reply.headers({ ...headers, requestid: contextOf(request.raw).traceId });
    done();
  });
}
