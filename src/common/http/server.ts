import { Server } from 'node:tls';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import type { AppConfig } from '../../config/env.js';
import { contextOf, runInContext } from '../request-context.js';
import { addBodyParsers, MAX_JSON_BYTES } from './body-parsers.js';
import { addFabricHeaders } from './fabric-headers.js';
import { addNulGuard } from './nul-guard.js';
import { rewriteUrl } from './rewrites/rewrite-url.js';
import { addSecurityHeaders } from './security-headers.js';
import { ServedCertificate } from './tls/served-certificate.js';

/** Longest path segment, in characters: the id of a file is its path of at most 4,096 bytes in base64url. */
const MAX_SEGMENT = 6_000;

/** A client gets this long to send its headers, and an idle kept-alive connection to send its next request. */
const HEADERS_TIMEOUT_MS = 20_000;
const KEEP_ALIVE_MS = 65_000;

/** A whole URL with its headers; a filter in a query has its own, smaller limit. */
const MAX_HEADER_BYTES = 64 * 1024;

/** The HTTP side of the control plane: Fastify as Nest drives it, with the limits and headers that hold for every route. */
export function createHttpAdapter(config: AppConfig): FastifyAdapter {
  const certificate = config.tls && new ServedCertificate(config.tls);
  const server = { maxHeaderSize: MAX_HEADER_BYTES, headersTimeout: HEADERS_TIMEOUT_MS, noDelay: true };
  const adapter = new FastifyAdapter({
    bodyLimit: MAX_JSON_BYTES,
    // Whether a proxy stands in front, and which, is the operator's knowledge; a header alone proves nothing.
    trustProxy: false,
    // Bodies that stream have no end to wait for; headers and silence are bounded below and by the dispatcher's deadline.
    requestTimeout: 0,
    keepAliveTimeout: KEEP_ALIVE_MS,
    forceCloseConnections: 'idle',
    logger: false,
    rewriteUrl,
    routerOptions: { maxParamLength: MAX_SEGMENT, ignoreTrailingSlash: true },
    ...(certificate ? { https: { ...server, ...certificate.options } } : { http: server }),
  });
  const instance = adapter.getInstance<FastifyInstance>();
  addRequestContext(instance);
  addSecurityHeaders(instance, config.publicUrl.startsWith('https:'));
  addFabricHeaders(instance, config.publicUrl);
  addNulGuard(instance);
  addBodyParsers(instance);
  if (certificate) followCertificate(instance, certificate);
  return adapter;
}

function followCertificate(instance: FastifyInstance, certificate: ServedCertificate): void {
  instance.addHook('onReady', (done) => {
    if (instance.server instanceof Server) certificate.follow(instance.server);
    done();
  });
  instance.addHook('onClose', () => certificate.stop());
}

/**
 * Gives each request its context. Twice: reading a body leaves the asynchronous context (its events belong to the
 * socket), so it is entered again before the route.
 */
function addRequestContext(instance: FastifyInstance): void {
  instance.addHook('onRequest', (request, reply, done) => {
    const context = contextOf(request.raw);
    reply.header('x-ms-request-id', context.traceId);
    runInContext(context, done);
  });
  instance.addHook('preValidation', (request, _reply, done) => runInContext(contextOf(request.raw), done));
}
