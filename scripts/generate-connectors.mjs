#!/usr/bin/env node
// Writes docs/connectors from the routes: what makers import, one folder for each kind of source.   npm run docs:connectors
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build, isFresh } from './build.mjs';
import { connectorFiles, describeConnectors, printConnector } from './describe-connectors.mjs';
import { describeOpenApi } from './describe-openapi.mjs';
import { openApiParts } from './openapi-parts.mjs';

const root = resolve(import.meta.dirname, '..');
if (!isFresh('dist')) build('dist');
const { SOURCE_KINDS } = await import('../dist/contract/targets.js');

const document = await describeOpenApi(root, await openApiParts());
for (const [kind, connector] of Object.entries(describeConnectors(document, SOURCE_KINDS))) {
  const folder = join(root, 'docs', 'connectors', kind);
  mkdirSync(folder, { recursive: true });
  for (const [name, file] of Object.entries(connectorFiles(connector))) {
    writeFileSync(join(folder, name), printConnector(file));
  }
}
