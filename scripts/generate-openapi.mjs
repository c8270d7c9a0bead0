#!/usr/bin/env node
// Writes docs/openapi/tidegate.json from the routes, and the types of the client from it.   npm run docs:openapi
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build, isFresh } from './build.mjs';
import { describeClient } from './describe-client.mjs';
import { describeOpenApi, printOpenApi } from './describe-openapi.mjs';
import { openApiParts } from './openapi-parts.mjs';

const root = resolve(import.meta.dirname, '..');
if (!isFresh('dist')) build('dist');
const document = await describeOpenApi(root, await openApiParts());
mkdirSync(join(root, 'docs', 'openapi'), { recursive: true });
writeFileSync(join(root, 'docs', 'openapi', 'tidegate.json'), printOpenApi(document));
mkdirSync(join(root, 'src', 'client'), { recursive: true });
writeFileSync(join(root, 'src', 'client', 'schema.ts'), await describeClient(document));
