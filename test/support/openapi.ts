import { resolve } from 'node:path';
import { describeOpenApi, type OpenApiDocument, type OpenApiOperation } from '../../scripts/describe-openapi.mjs';
import { AppModule } from '../../src/app.module.js';
import { ANSWERS } from '../../src/common/http/answers.decorator.js';
import { IS_PUBLIC } from '../../src/common/auth/public.decorator.js';
import { createHttpAdapter } from '../../src/common/http/server.js';
import { readConfig } from '../../src/config/env.js';
import { PRODUCT_VERSION } from '../../src/contract/version.js';
import { MemberGuard } from '../../src/modules/agent-api/member.guard.js';
import { RegistrantGuard } from '../../src/modules/agent-api/registrant.guard.js';

export const ROOT = resolve(import.meta.dirname, '../..');

/** The document as the sources are now. */
export function currentOpenApi(): Promise<OpenApiDocument> {
  return describeOpenApi(ROOT, {
    AppModule,
    readConfig,
    createHttpAdapter,
    IS_PUBLIC,
    ANSWERS,
    MemberGuard,
    RegistrantGuard,
    version: PRODUCT_VERSION,
  });
}

/** One operation with its place. */
export interface Route {
  readonly path: string;
  readonly method: string;
  readonly operation: OpenApiOperation;
}

export function routesOf(document: OpenApiDocument): Route[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ path, method, operation })),
  );
}
