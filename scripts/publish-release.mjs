#!/usr/bin/env node
// Signs a package made by build-agent.mjs and puts it into the catalogue. Run by the operator, with the control plane's
// settings, an identity that replicas do not have, and TIDEGATE_RELEASE_VAULT_URL: the vault of the release key, which no
// replica may use. Settings come from the environment and from a file of NAME=value lines; the environment goes first.
//   node scripts/publish-release.mjs --package packages/tidegate-agent-3000.346.1.tgz --notes notes.txt
//     [--from 3000.306.1] [--settings publishing.env] [--dist dist]
import { createHash, createPublicKey } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
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
    settings: { type: 'string' },
    dist: { type: 'string', default: 'dist' },
  },
});

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(2);
}

if (values.package === undefined || values.notes === undefined)
  fail('Usage: publish-release --package FILE --notes FILE');
if (values.settings !== undefined) process.loadEnvFile(values.settings);
const releaseVaultUrl = process.env.TIDEGATE_RELEASE_VAULT_URL;
if (releaseVaultUrl === undefined) fail('TIDEGATE_RELEASE_VAULT_URL: the vault of the release key is not set.');
const load = (path) => import(pathToFileURL(join(resolve(root, values.dist), path)).href);
const [{ readConfig }, { AzureVault }, { serviceCredential }, { signRelease }, { CHANNEL }] = await Promise.all([
  load('config/env.js'),
  load('common/keys/azure-vault.js'),
  load('common/keys/service-credential.js'),
  load('modules/releases/release-publisher.js'),
  load('common/prisma/changes.js'),
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
const client = new pg.Client({ connectionString: config.databaseUrl });
await client.connect();
const vaults = {
  root: new AzureVault(config.vaultUrl, credential),
  rootKey: await rootInForce(),
  release: new AzureVault(releaseVaultUrl, credential),
};
const signed = await signRelease(config.issuer, vaults, {
  version,
  packageName,
  packageBytes,
  contractVersions,
  from: values.from,
  notes: readFileSync(values.notes, 'utf8').trim(),
}).catch((error) => fail(`Not signed: ${error.cause?.message ?? error.message}`));
let problem;
try {
  problem = await publish();
} finally {
  await client.end();
}
if (problem !== undefined) fail(problem);
keepForInstallers();
process.stdout.write(`published ${version}: ${packageName}, ${signed.package.bytes} bytes\n`);

/** The root that agents follow; undefined before the first start of a control plane that records it. */
async function rootInForce() {
  const { rows } = await client.query(
    'SELECT name, version FROM root_key WHERE "activeSince" IS NOT NULL ORDER BY generation DESC LIMIT 1',
  );
  return rows[0];
}

/** Beside the package: its signed manifest, and the public release key. Installations are checked with both. */
function keepForInstallers() {
  const stem = values.package.replace(/\.tgz$/, '');
  const key = createPublicKey({ key: claimsOf(signed.keyCertificate).cnf.jwk, format: 'jwk' });
  writeFileSync(`${stem}.jws`, `${signed.manifest}\n`);
  writeFileSync(`${stem}.release-key.pem`, key.export({ type: 'spki', format: 'pem' }));
}

function claimsOf(jws) {
  return JSON.parse(Buffer.from(jws.split('.')[1], 'base64url').toString('utf8'));
}

/** Generation of the root that certified a release key. */
function rootOf(keyCertificate) {
  return claimsOf(keyCertificate).root;
}

/**
 * A version is published once: what members have checked must not change under its name. The same package may be signed
 * again where another root is in force: agents take nothing that the one before certified.
 */
async function publish() {
  const known = `Version ${version} is in the catalogue already.`;
  const { rows } = await client.query(
    'SELECT sha256, "keyCertificate" FROM release WHERE version = $1 AND manifest IS NOT NULL',
    [version],
  );
  const isSame = (row) =>
    row.sha256 === signed.package.sha256 && rootOf(row.keyCertificate) !== rootOf(signed.keyCertificate);
  if (!rows.every(isSame)) return known;
  // The file first: what the catalogue offers can be loaded.
  mkdirSync(config.releasesDir, { recursive: true });
  const target = join(config.releasesDir, packageName);
  writeFileSync(`${target}.part`, packageBytes);
  renameSync(`${target}.part`, target);
  const { notes } = JSON.parse(Buffer.from(signed.manifest.split('.')[1], 'base64url').toString('utf8'));
  const inserted = await client.query(
    `INSERT INTO release (version, "publishedAt", notes, manifest, "keyCertificate", "fileName", bytes, sha256)
     VALUES ($1, now(), $2, $3, $4, $5, $6, $7)
     ON CONFLICT (version) DO UPDATE SET notes = EXCLUDED.notes, manifest = EXCLUDED.manifest,
       "keyCertificate" = EXCLUDED."keyCertificate", "fileName" = EXCLUDED."fileName", bytes = EXCLUDED.bytes,
       sha256 = EXCLUDED.sha256
     WHERE release.manifest IS NULL OR release.sha256 = EXCLUDED.sha256`,
    [version, notes, signed.manifest, signed.keyCertificate, packageName, signed.package.bytes, signed.package.sha256],
  );
  if (inserted.rowCount === 0) return known;
  await client.query('SELECT pg_notify($1, $2)', [CHANNEL, `release ${version}`]);
  return undefined;
}
