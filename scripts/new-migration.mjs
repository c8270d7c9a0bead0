#!/usr/bin/env node
// Writes the migration that leads from the existing ones to prisma/schema.prisma, and notes its checksum.
//   npm run db:new-migration -- <name>
// Read it before it is committed: the engine knows tables, not what is in them. Applied ones are never edited.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build, isFresh } from './build.mjs';
import { diffMigrations } from './schema-engine.mjs';

const root = resolve(import.meta.dirname, '..');
const folder = join(root, 'prisma', 'migrations');
const checksums = join(folder, 'checksums.json');
const [name = ''] = process.argv.slice(2);

if (name === '--checksums') {
  writeChecksums();
} else if (/^[a-z0-9]+(_[a-z0-9]+)*$/.test(name)) {
  await writeMigration();
} else {
  process.stderr.write('usage: npm run db:new-migration -- <name>   (lower case, words joined by _)\n');
  process.exitCode = 2;
}

async function writeMigration() {
  if (!isFresh('dist')) build('dist');
  const { EmbeddedPostgres } = await import('../dist/dev-stack/embedded-postgres/embedded-postgres.js');
  const state = mkdtempSync(join(tmpdir(), 'tidegate-migration-'));
  const postgres = new EmbeddedPostgres({ dataDir: join(state, 'data') });
  try {
    const { url } = await postgres.start();
    const sql = await diffMigrations(url(), folder, join(root, 'prisma', 'schema.prisma'));
    if (!/^[^-\s]/m.test(sql)) {
      process.stdout.write('Schema and migrations agree: nothing to write.\n');
      return;
    }
    const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
    const target = join(folder, `${stamp}_${name}`);
    mkdirSync(target);
    writeFileSync(join(target, 'migration.sql'), sql);
    writeChecksums();
    process.stdout.write(`${join(target, 'migration.sql')}\n`);
  } finally {
    await postgres.destroy();
    rmSync(state, { recursive: true, force: true });
  }
}

/** Adds what is new; a migration that is listed keeps its line, so that an edited one is seen by the tests. */
function writeChecksums() {
  const known = existsSync(checksums) ? JSON.parse(readFileSync(checksums, 'utf8')) : {};
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (!entry.isDirectory() || known[entry.name] !== undefined) continue;
    const sql = readFileSync(join(folder, entry.name, 'migration.sql'));
    known[entry.name] = createHash('sha256').update(sql).digest('hex');
  }
  const sorted = Object.fromEntries(Object.entries(known).sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(checksums, `${JSON.stringify(sorted, null, 2)}\n`);
}
