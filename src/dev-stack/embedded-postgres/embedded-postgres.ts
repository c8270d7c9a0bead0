import '../not-in-production.js';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { freePort, isPortTaken } from '../free-port.js';
import { findProcess } from '../process-identity.js';
import { accessFile, readAccess, releaseAccess, writeAccess, type Access } from './access.js';
import { findBinaries } from './binaries.js';
import { assertReadable, initialise, SUPERUSER } from './cluster.js';
import { chooseLauncher, type LaunchMode } from './launcher.js';
import { placeData, shelterPath } from './placement.js';
import { PostgresError } from './postgres-error.js';
import { endStalePostmaster, Postmaster } from './postmaster.js';

export interface EmbeddedPostgresOptions {
  /** Made when missing. Beside it come `<dataDir>.access.json` and `<dataDir>.log`. */
  readonly dataDir: string;
  /** 0 or nothing: the port of the last start if it is free, else any free one. */
  readonly port?: number;
  /** Superuser's password of a new data folder; a used folder keeps its own. Made at random when missing. */
  readonly password?: string;
  /** Made when missing. */
  readonly databases?: readonly string[];
  /** For tests: run in this way or not at all. */
  readonly mode?: LaunchMode;
}

export interface RunningPostgres {
  readonly host: '127.0.0.1';
  readonly port: number;
  readonly username: string;
  readonly password: string;
  /** How the server is run. */
  readonly mode: LaunchMode;
  /** Whether this start made the data folder. */
  readonly isFresh: boolean;
  /** Connection string of the superuser for a database; `postgres` when none is named. */
  url(database?: string): string;
}

/** Another process may take a free port first: so often a chosen one is tried. */
const PORT_ATTEMPTS = 3;

/** A PostgreSQL server on loopback, from the programs of an npm package: the control plane's database and the sample source. */
export class EmbeddedPostgres {
  private postmaster: Postmaster | undefined;
  private readonly dataDir: string;

  constructor(private readonly options: EmbeddedPostgresOptions) {
    this.dataDir = resolve(options.dataDir);
  }

  /** @throws PostgresError when PostgreSQL cannot run here; the message says why and what to do */
  async start(): Promise<RunningPostgres> {
    if (this.postmaster) throw new PostgresError('This server was started already.');
    const known = await readAccess(this.dataDir);
    await this.assertNotInUse(known);
    const launcher = await chooseLauncher(this.options.mode);
    const { dataDir, copyFolder } = await placeData(launcher, this.dataDir);
    await endStalePostmaster(dataDir);
    const binaries = await findBinaries(launcher, copyFolder);

    const isFresh = !(known?.initialised === true && existsSync(join(dataDir, 'PG_VERSION')));
    const password = (isFresh ? this.options.password : known?.password) ?? randomBytes(18).toString('base64url');
    if (isFresh) await initialise(launcher, binaries, dataDir, password);
    else await assertReadable(binaries, dataDir);

    const self = { pid: process.pid, startedAt: (await findProcess(process.pid))?.startedAt ?? '' };
    const port = await this.startOnPort(known?.port, async (candidate) => {
      await writeAccess(this.dataDir, { password, port: candidate, initialised: true, launcher: self });
      return Postmaster.start({
        launcher,
        program: binaries.postgres,
        dataDir,
        port: candidate,
        log: `${this.dataDir}.log`,
      });
    });
    const running: RunningPostgres = {
      host: '127.0.0.1',
      port,
      username: SUPERUSER,
      password,
      mode: launcher.mode,
      isFresh,
      url: (database = 'postgres') =>
        `postgresql://${SUPERUSER}:${encodeURIComponent(password)}@127.0.0.1:${port}/${encodeURIComponent(database)}`,
    };
    try {
      await this.createDatabases(running.url());
    } catch (error) {
      await this.stop();
      throw error;
    }
    return running;
  }

  async stop(): Promise<void> {
    if (!this.postmaster) return;
    await this.postmaster.stop();
    this.postmaster = undefined;
    await releaseAccess(this.dataDir);
  }

  /** Stops, and removes the data and everything beside it. */
  async destroy(): Promise<void> {
    await this.stop();
    for (const folder of [this.dataDir, shelterPath(this.dataDir)]) await endStalePostmaster(folder);
    for (const path of [this.dataDir, accessFile(this.dataDir), `${this.dataDir}.log`, shelterPath(this.dataDir)]) {
      await rm(path, { recursive: true, force: true });
    }
  }

  private async startOnPort(known: number | undefined, start: (port: number) => Promise<Postmaster>): Promise<number> {
    const { port: wanted = 0 } = this.options;
    for (let attempt = 1; ; attempt += 1) {
      const port = wanted !== 0 ? wanted : await choosePort(attempt === 1 ? known : undefined);
      try {
        this.postmaster = await start(port);
        return port;
      } catch (error) {
        if (!(await isPortTaken(port))) throw error;
        if (wanted !== 0) throw new PostgresError(`Port ${port} is taken by another program.`, { cause: error });
        if (attempt === PORT_ATTEMPTS) throw error;
      }
    }
  }

  /** A second launcher on the same folder would end the first one's server as a left-over. */
  private async assertNotInUse(known: Access | undefined): Promise<void> {
    if (!known?.launcher) return;
    const holder = await findProcess(known.launcher.pid);
    if (holder?.startedAt !== known.launcher.startedAt) return;
    throw new PostgresError(
      `The database in ${this.dataDir} is in use by process ${known.launcher.pid}. Stop it first.`,
    );
  }

  private async createDatabases(url: string): Promise<void> {
    const { databases = [] } = this.options;
    if (databases.length === 0) return;
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      const { rows } = await client.query<{ datname: string }>('SELECT datname FROM pg_database');
      for (const name of databases) {
        if (!rows.some(({ datname }) => datname === name)) {
          await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
        }
      }
    } finally {
      await client.end();
    }
  }
}

async function choosePort(preferred: number | undefined): Promise<number> {
  return preferred !== undefined && !(await isPortTaken(preferred)) ? preferred : freePort();
}
