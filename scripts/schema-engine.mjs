// Prisma's schema engine as WebAssembly: it needs no download. Its own loader wants a bundler, hence this one.
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils';
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg';

/** PostgreSQL's internal one-byte type `"char"`, which its catalogs use and the adapter cannot map; and text. */
const OID_CHAR = 18;
const OID_TEXT = 25;

let isLoaded = false;

async function load() {
  if (isLoaded) return;
  const file = createRequire(import.meta.url)
    .resolve('@prisma/schema-engine-wasm')
    .replace(/\.js$/, '_bg.wasm');
  const { instance } = await WebAssembly.instantiate(await readFile(file), { './schema_engine_bg.js': bindings });
  // The engine reports its panics through this global, and fails with another error where it is missing.
  globalThis.PRISMA_WASM_PANIC_REGISTRY = {
    set_message(message) {
      process.stderr.write(`schema engine: ${message}\n`);
    },
  };
  bindings.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  isLoaded = true;
}

/** The adapter, with `"char"` columns read as text and reported as characters, and scripts sent whole. */
class CatalogReadingPg extends PrismaPg {
  async connect() {
    return readingCatalogs(await super.connect());
  }

  async connectToShadowDb() {
    return readingCatalogs(await super.connectToShadowDb());
  }
}

function readingCatalogs(adapter) {
  const { performIO, queryRaw } = adapter;
  const charColumns = new WeakMap();
  adapter.performIO = async function (query) {
    const result = await performIO.call(adapter, query);
    const columns = [];
    for (const [index, field] of (result.fields ?? []).entries()) {
      if (field.dataTypeID !== OID_CHAR) continue;
      field.dataTypeID = OID_TEXT;
      columns.push(index);
    }
    charColumns.set(query, columns);
    return result;
  };
  adapter.queryRaw = async function (query) {
    const result = await queryRaw.call(adapter, query);
    for (const index of charColumns.get(query) ?? []) result.columnTypes[index] = ColumnTypeEnum.Character;
    return result;
  };
  // The adapter cuts scripts at every semicolon, also inside of a function's body.
  adapter.executeScript = async function (script) {
    await adapter.client.query(script);
  };
  return adapter;
}

/**
 * The SQL that leads from a folder of migrations to a schema; `-- This is an empty migration.` when they agree.
 * The engine makes and drops a database of its own on the server.
 */
export async function diffMigrations(databaseUrl, migrationsFolder, schemaFile) {
  await load();
  const schema = { path: schemaFile, content: await readFile(schemaFile, 'utf8') };
  const adapter = bindMigrationAwareSqlAdapterFactory(new CatalogReadingPg({ connectionString: databaseUrl }));
  const engine = await bindings.SchemaEngine.new(
    { datamodels: [[schema.path, schema.content]] },
    () => undefined,
    adapter,
  );
  const { stdout } = await engine.diff({
    from: { tag: 'migrations', ...(await listMigrations(migrationsFolder)) },
    to: { tag: 'schemaDatamodel', files: [schema] },
    script: true,
    exitCode: null,
    filters: { externalTables: [], externalEnums: [] },
  });
  return stdout ?? '';
}

async function listMigrations(folder) {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  return {
    baseDir: folder,
    lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
    shadowDbInitScript: '',
    migrationDirectories: await Promise.all(
      names.sort().map(async (path) => {
        const value = await readFile(join(folder, path, 'migration.sql'), 'utf8');
        return { path, migrationFile: { path: 'migration.sql', content: { tag: 'ok', value } } };
      }),
    ),
  };
}
