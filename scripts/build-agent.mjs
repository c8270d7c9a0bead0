#!/usr/bin/env node
// Makes the package of the agent from the compiled program, and says what a manifest has to say of it.
//   node scripts/build-agent.mjs --version 3000.346.1 --out packages [--dist dist] [--node FILE|none] [--platform linux-x64]
// With --node the package brings its own Node.js: FILE is the program of one, for the platform that is named. Updates
// over the catalogue are made without it: a machine keeps the Node.js that it was installed with.
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { agentFiles, hasAgent, packFiles } from './agent-package.mjs';

const root = resolve(import.meta.dirname, '..');
const { values } = parseArgs({
  options: {
    version: { type: 'string' },
    out: { type: 'string' },
    dist: { type: 'string', default: 'dist' },
    node: { type: 'string', default: 'none' },
    platform: { type: 'string', default: `${process.platform}-${process.arch}` },
  },
});
const { version, out, platform } = values;
const node = values.node === 'none' ? undefined : resolve(values.node);
const dist = resolve(root, values.dist);
if (!/^\d{1,6}\.\d{1,6}\.\d{1,6}$/.test(version ?? '') || out === undefined || !hasAgent(dist)) {
  process.stderr.write(
    'Usage: build-agent --version 3000.346.1 --out DIR [--dist dist] [--node FILE]; run `npm run build` first.\n',
  );
  process.exit(2);
}
const { CONTRACT_VERSION } = await import(pathToFileURL(join(dist, 'contract/version.js')).href);
const files = await agentFiles({ root, dist, version, node });
const archive = packFiles(files);
const stem = `tidegate-agent-${version}${node === undefined ? '' : `-${platform}`}`;
const name = `${stem}.tgz`;
const description = {
  version,
  package: { name, bytes: archive.length, sha256: createHash('sha256').update(archive).digest('hex') },
  contractVersions: [CONTRACT_VERSION],
};
mkdirSync(out, { recursive: true });
writeFileSync(join(out, name), archive);
writeFileSync(join(out, `${stem}.json`), `${JSON.stringify(description, undefined, 2)}\n`);
process.stdout.write(`${join(out, name)}: ${files.size} files, ${archive.length} bytes\n`);
