import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { FallbackFilter } from '../errors/fallback.filter.js';
import { RefusalSink } from '../errors/refusal-sink.js';
import { Authenticator } from '../auth/authenticator.js';
import { addEarlyAuthorization } from './early-authorization.js';
import { createValidationPipe } from './validation-pipe.js';

/** What holds for every route of an application made with `createHttpAdapter`; tests use the same. */
export function configureApp(app: NestFastifyApplication): NestFastifyApplication {
  const authenticator = app.get<Authenticator>(Authenticator, { strict: false });
  addEarlyAuthorization(app.getHttpAdapter().getInstance(), authenticator);
  const refusals = app.get<RefusalSink>(RefusalSink, { strict: false });
  return app.useGlobalFilters(new FallbackFilter(refusals)).useGlobalPipes(createValidationPipe());
}

/** Options under which applications are made: bodies are parsed by our own parsers, and a failed start is the caller's to report. */
export const APP_OPTIONS = { bodyParser: false, abortOnError: false } as const;
