#!/usr/bin/env node
// Writes docs/errors.md from the catalogue.   npm run docs:errors
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build, isFresh } from './build.mjs';
import { describeErrors } from './describe-errors.mjs';

const root = resolve(import.meta.dirname, '..');
if (!isFresh('dist')) build('dist');
const { CATALOGUE } = await import('../dist/common/errors/catalogue.js');
const { fabricErrorCode } = await import('../dist/common/errors/fabric-error-code.js');
writeFileSync(join(root, 'docs', 'errors.md'), await describeErrors(CATALOGUE, fabricErrorCode));
