#!/usr/bin/env node
// Writes docs/openapi/tidegate.json from the routes, and the types of the client from it.   npm run docs:openapi
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build, isFresh } from './build.mjs';
import { describeClient } from './describe-client.mjs';
import { describeOpenApi, printOpenApi } from './describe-openapi.mjs';

const root = resolve(import.meta.dirname, '..');
if (!isFresh('dist')) build('dist');
const { AppModule } = await import('../dist/app.module.js');
const { readConfig } = await import('../dist/config/env.js');
const { createHttpAdapter } = await import('../dist/common/http/server.js');
const { IS_PUBLIC } = await import('../dist/common/auth/public.decorator.js');
const { ANSWERS } = await import('../dist/common/http/answers.decorator.js');
const { MemberGuard } = await import('../dist/modules/agent-api/member.guard.js');
const { RegistrantGuard } = await import('../dist/modules/agent-api/registrant.guard.js');
const { PRODUCT_VERSION: version } = await import('../dist/contract/version.js');

const document = await describeOpenApi(root, {
  AppModule,
  readConfig,
  createHttpAdapter,
  IS_PUBLIC,
  ANSWERS,
  MemberGuard,
  RegistrantGuard,
  version,
});
mkdirSync(join(root, 'docs', 'openapi'), { recursive: true });
writeFileSync(join(root, 'docs', 'openapi', 'tidegate.json'), printOpenApi(document));
mkdirSync(join(root, 'src', 'client'), { recursive: true });
writeFileSync(join(root, 'src', 'client', 'schema.ts'), await describeClient(document));
