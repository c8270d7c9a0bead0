#!/usr/bin/env node
// Signs a package made by build-agent.mjs and puts it into the catalogue. Run by the operator, with the control plane's
// settings and TIDEGATE_RELEASE_VAULT_URL: the vault of the release key, which no replica may use.
//   node scripts/publish-release.mjs --package packages/tidegate-agent-3000.346.1.tgz --notes notes.txt [--from 3000.306.1]
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import pg from 'pg';

const root = resolve(import.meta.dirname, '..');
const { values } = parseArgs({
  options: {
    package: { type: 'string' },
    notes: { type: 'string' },
    from: { type: 'string' },
    dist: { type: 'string', default: 'dist' },
  },
});

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(2);
}

if (values.package === undefined || values.notes === undefined)
  fail('Usage: publish-release --package FILE --notes FILE');
const releaseVaultUrl = process.env.TIDEGATE_RELEASE_VAULT_URL;
if (releaseVaultUrl === undefined) fail('TIDEGATE_RELEASE_VAULT_URL: the vault of the release key is not set.');
const load = (path) => import(pathToFileURL(join(resolve(root, values.dist), path)).href);
const [{ readConfig }, { AzureVault }, { serviceCredential }, { signRelease }] = await Promise.all([
  load('config/env.js'),
  load('common/keys/azure-vault.js'),
  load('common/keys/service-credential.js'),
  load('modules/releases/release-publisher.js'),
]);
const config = readConfig();
if (config.releasesDir === undefined) fail('TIDEGATE_RELEASES_DIR: the folder of packages is not set.');
if (new URL(config.vaultUrl).href === new URL(releaseVaultUrl).href) {
  fail('TIDEGATE_RELEASE_VAULT_URL: must be another vault than TIDEGATE_VAULT_URL, which replicas use.');
}

const packageBytes = readFileSync(values.package);
const packageName = basename(values.package);
const described = JSON.parse(readFileSync(values.package.replace(/\.tgz$/, '.json'), 'utf8'));
if (described.package.sha256 !== createHash('sha256').update(packageBytes).digest('hex')) {
  fail('The package is not the one that was built: its hash differs.');
}
const { version, contractVersions } = described;
const credential = await serviceCredential(config);
const signed = await signRelease(
  config.issuer,
  { root: new AzureVault(config.vaultUrl, credential), release: new AzureVault(releaseVaultUrl, credential) },
  {
    version,
    packageName,
    packageBytes,
    contractVersions,
    from: values.from,
    notes: readFileSync(values.notes, 'utf8').trim(),
  },
);
const client = new pg.Client({ connectionString: config.databaseUrl });
await client.connect();
let problem;
try {
  problem = await publish();
} finally {
  await client.end();
}
if (problem !== undefined) fail(problem);
process.stdout.write(`published ${version}: ${packageName}, ${signed.package.bytes} bytes\n`);

/** A version is published once: what members have checked must not change under its name. */
async function publish() {
  const known = `Version ${version} is in the catalogue already.`;
  const { rowCount } = await client.query('SELECT 1 FROM release WHERE version = $1 AND manifest IS NOT NULL', [
    version,
  ]);
  if (rowCount > 0) return known;
  // The file first: what the catalogue offers can be loaded.
  mkdirSync(config.releasesDir, { recursive: true });
  const target = join(config.releasesDir, packageName);
  copyFileSync(values.package, `${target}.part`);
  renameSync(`${target}.part`, target);
  const { notes } = JSON.parse(Buffer.from(signed.manifest.split('.')[1], 'base64url').toString('utf8'));
  const inserted = await client.query(
    `INSERT INTO release (version, "publishedAt", notes, manifest, "keyCertificate", "fileName", bytes, sha256)
     VALUES ($1, now(), $2, $3, $4, $5, $6, $7)
     ON CONFLICT (version) DO UPDATE SET notes = EXCLUDED.notes, manifest = EXCLUDED.manifest,
       "keyCertificate" = EXCLUDED."keyCertificate", "fileName" = EXCLUDED."fileName", bytes = EXCLUDED.bytes,
       sha256 = EXCLUDED.sha256
     WHERE release.manifest IS NULL`,
    [version, notes, signed.manifest, signed.keyCertificate, packageName, signed.package.bytes, signed.package.sha256],
  );
  return inserted.rowCount === 0 ? known : undefined;
}
