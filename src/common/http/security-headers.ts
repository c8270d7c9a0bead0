import type { FastifyInstance } from 'fastify';

/** One year, in seconds: what preload lists ask for. */
const HSTS = 'max-age=31536000; includeSubDomains';

/**
 * Headers of every answer: nothing is cached, guessed or framed. A route may set its own instead.
 *
 * @param isHttps whether callers reach this service over https; promising it over http would lock them out
 */
export function addSecurityHeaders(instance: FastifyInstance, isHttps: boolean): void {
  const headers: Record<string, string> = {
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'referrer-policy': 'no-referrer',
    'cross-origin-resource-policy': 'same-origin',
    ...(isHttps ? { 'strict-transport-security': HSTS } : {}),
  };
  instance.addHook('onRequest', (_request, reply, done) => {
    reply.headers(headers);
    done();
  });
}
