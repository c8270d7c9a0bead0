import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createHash } from 'node:crypto';
import { importJWK, SignJWT, type JWK } from 'jose';
import pg from 'pg';
import { packFiles } from '../../scripts/agent-package.mjs';
import { RELEASE_MANIFEST_TYP, type ReleaseManifest } from '../../src/contract/release.js';
import type { CommandResult } from './agent-machine.js';
import { TEST_DIST, type E2eStack } from './e2e-stack.js';

const SCRIPTS = resolve(import.meta.dirname, '../../scripts');

/** A row of the catalogue, as the script writes it. */
export interface CatalogueRow {
  readonly manifest: string;
  readonly keyCertificate: string;
  readonly fileName: string;
  readonly bytes: number;
}

/** The operator of a stack: builds packages and publishes them with the scripts that there are for it. */
export class ReleaseDesk {
  readonly folder: string;

  constructor(private readonly stack: E2eStack) {
    this.folder = join(stack.folder, 'packages');
    mkdirSync(this.folder, { recursive: true });
    writeFileSync(join(this.folder, 'notes.txt'), 'Notes of a release.\n');
  }

  /** The agent of this tree under another number. */
  build(version: string): Promise<CommandResult> {
    return this.script('build-agent.mjs', ['--version', version, '--out', this.folder, '--dist', TEST_DIST]);
  }

  /** A package whose agent is the program given. */
  buildFrom(version: string, program: string): void {
    const bytes = packFiles(
      new Map([
        ['dist/gateway-agent/main.js', Buffer.from(program)],
        ['package.json', Buffer.from('{"type":"module"}')],
      ]),
    );
    const name = `tidegate-agent-${version}.tgz`;
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const description = { version, package: { name, bytes: bytes.length, sha256 }, contractVersions: [1] };
    writeFileSync(join(this.folder, name), bytes);
    writeFileSync(join(this.folder, `tidegate-agent-${version}.json`), JSON.stringify(description));
  }

  /** @param settings in place of the publisher's own */
  publish(version: string, settings: NodeJS.ProcessEnv = {}): Promise<CommandResult> {
    const { settingsFile } = this.stack.description.releases;
    const files = ['--package', join(this.folder, `tidegate-agent-${version}.tgz`), '--notes', join(this.folder, 'notes.txt')]; // prettier-ignore
    return this.script('publish-release.mjs', [...files, '--settings', settingsFile, '--dist', TEST_DIST], settings);
  }

  /** One statement on the database of the control plane. */
  async sql<Row extends pg.QueryResultRow>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    const client = new pg.Client({ connectionString: this.stack.description.databaseUrl });
    await client.connect();
    try {
      return (await client.query<Row>(text, [...values])).rows;
    } finally {
      await client.end();
    }
  }

  async row(version: string): Promise<CatalogueRow> {
    const [row] = await this.sql<CatalogueRow & pg.QueryResultRow>(
      'SELECT manifest, "keyCertificate", "fileName", bytes FROM release WHERE version = $1',
      [version],
    );
    if (!row) throw new Error(`${version} is not in the catalogue`);
    return row;
  }

  /** Puts into the catalogue what nobody should have signed. */
  async smuggle(version: string, row: CatalogueRow): Promise<void> {
    await this.sql(
      `INSERT INTO release (version, "publishedAt", notes, manifest, "keyCertificate", "fileName", bytes)
       VALUES ($1, now(), '', $2, $3, $4, $5)
       ON CONFLICT (version) DO UPDATE SET "fileName" = EXCLUDED."fileName", bytes = EXCLUDED.bytes`,
      [version, row.manifest, row.keyCertificate, row.fileName, row.bytes],
    );
    await this.sql(`SELECT pg_notify('tidegate_changes', $1)`, [`release ${version}`]);
  }

  /** The private half of the replicas' root, which only the stand-in of the vault lets one read. */
  async rootKey(): Promise<JWK> {
    const stored = JSON.parse(readFileSync(join(this.stack.folder, 'cloud/vault/keys.json'), 'utf8')) as {
      name: string;
      versions: { jwk: JWK }[];
    }[];
    const jwk = stored.find(({ name }) => name === 'tidegate-root')?.versions.at(-1)?.jwk;
    if (!jwk) throw new Error('the vault has no root');
    return jwk;
  }

  /** A manifest like the one given, for another version and by another key. */
  async forge(manifest: ReleaseManifest, version: string, key: JWK): Promise<string> {
    return new SignJWT({ ...manifest, version })
      .setProtectedHeader({ alg: 'ES256', typ: RELEASE_MANIFEST_TYP })
      .sign(await importJWK(key, 'ES256'));
  }

  /** Not in this process: what plays the vault runs here and must go on answering. */
  private script(name: string, args: readonly string[], settings: NodeJS.ProcessEnv = {}): Promise<CommandResult> {
    const { caFile } = this.stack.description.releases;
    const env = { PATH: process.env['PATH'], HOME: process.env['HOME'], NODE_EXTRA_CA_CERTS: caFile, ...settings };
    return new Promise((done) => {
      const child = execFile(process.execPath, [join(SCRIPTS, name), ...args], { env }, (_error, stdout, stderr) =>
        done({ code: child.exitCode, output: `${stdout}${stderr}` }),
      );
    });
  }
}
