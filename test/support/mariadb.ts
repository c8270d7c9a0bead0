import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createConnection, type Connection, type RowDataPacket } from 'mysql2/promise';
import { freePort } from '../../src/dev-stack/free-port.js';
import { until } from './until.js';

/** Where Debian and others put the server's programs, beside what PATH names. */
const FOLDERS = ['/usr/sbin', '/usr/bin', '/usr/local/sbin', '/usr/local/bin', '/usr/libexec'];

function findProgram(...names: readonly string[]): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(':'), ...FOLDERS];
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path));
}

const server = findProgram('mariadbd', 'mysqld');
const installer = findProgram('mariadb-install-db', 'mysql_install_db');

/** What a server that comes up answers with. */
const STARTING: ReadonlySet<string> = new Set(['ECONNREFUSED', 'ER_ACCESS_DENIED_ERROR', 'ER_HOST_NOT_PRIVILEGED']);

/** Whether this machine has the programs (Debian: mariadb-server). */
export const hasMariadb = server !== undefined && installer !== undefined;

/** TLS of a server, PEM. */
export interface ServerTls {
  readonly key: string;
  readonly cert: string;
}

/** A MariaDB server of a test's own: a child process on a free port, its data in a temporary folder. */
export class TestMariadb {
  private constructor(
    private readonly folder: string,
    private readonly child: ChildProcess,
    readonly port: number,
    /** Of the user `root`, who may sign in from this machine. */
    readonly password: string,
  ) {}

  /** @param tls the server offers encrypted sessions with it; without, it offers none */
  static async start(tls?: ServerTls): Promise<TestMariadb> {
    if (server === undefined || installer === undefined) throw new Error('MariaDB is not installed');
    const folder = await mkdtemp(join(tmpdir(), 'tidegate-mariadb-'));
    const password = randomBytes(18).toString('base64url');
    try {
      await install(installer, folder);
      const account = await rootAccount(folder, password);
      const secured = tls ? await secure(folder, tls) : ['--skip-ssl'];
      const port = await freePort();
      const child = spawn(
        server,
        [
          ...base(folder),
          `--port=${port}`,
          `--socket=${join(folder, 's')}`,
          `--pid-file=${join(folder, 'pid')}`,
          '--bind-address=127.0.0.1',
          '--skip-name-resolve',
          '--innodb-buffer-pool-size=32M',
          '--innodb-log-file-size=8M',
          '--innodb-flush-log-at-trx-commit=0',
          '--innodb-fast-shutdown=2',
          '--performance-schema=OFF',
          '--local-infile=ON',
          '--max-connections=60',
          '--character-set-server=utf8mb4',
          account,
          ...secured,
        ],
        { stdio: ['ignore', 'ignore', 'pipe'] },
      );
      let said = '';
      child.stderr.on('data', (text: Buffer) => (said = (said + text.toString()).slice(-4000)));
      const mariadb = new TestMariadb(folder, child, port, password);
      try {
        await until('MariaDB to answer', async () => {
          if (child.exitCode !== null) throw new Error(`MariaDB ended with ${child.exitCode}: ${said}`);
          return mariadb.answers();
        });
      } catch (error) {
        await mariadb.stop();
        throw error;
      }
      return mariadb;
    } catch (error) {
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
  }

  /** Runs statements as the superuser, beside the connector; several at a time are separated by semicolons. */
  async query<T extends object>(sql: string, database?: string): Promise<T[]> {
    const connection = await this.connect(database);
    try {
      const [rows] = await connection.query<RowDataPacket[]>(sql);
      return rows as T[];
    } finally {
      await connection.end();
    }
  }

  /** Ends the server and removes its data, whatever it is doing. */
  async stop(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      const gone = new Promise<void>((resolve) => this.child.once('exit', () => resolve()));
      // What it holds is thrown away: nothing needs to be written down first.
      this.child.kill('SIGKILL');
      await gone;
    }
    await rm(this.folder, { recursive: true, force: true });
  }

  private connect(database?: string): Promise<Connection> {
    const { port, password } = this;
    const place = database === undefined ? {} : { database };
    return createConnection({ host: '127.0.0.1', port, user: 'root', password, multipleStatements: true, ...place });
  }

  private async answers(): Promise<boolean> {
    try {
      await (await this.connect()).end();
      return true;
    } catch (error) {
      if (error instanceof Error && 'code' in error && STARTING.has(String(error.code))) return false;
      throw error;
    }
  }
}

/** No settings of the machine's own server; as root the server asks to be told that root is meant. */
function base(folder: string): string[] {
  const isRoot = process.getuid?.() === 0;
  return ['--no-defaults', `--datadir=${join(folder, 'data')}`, ...(isRoot ? ['--user=root'] : [])];
}

async function install(program: string, folder: string): Promise<void> {
  const options = [
    ...base(folder),
    '--auth-root-authentication-method=normal',
    '--skip-test-db',
    '--skip-name-resolve',
  ];
  await promisify(execFile)(program, options, { timeout: 120_000 });
}

/** The one account: `root` of this machine, by TCP. Only who may read the folder sees its password. */
async function rootAccount(folder: string, password: string): Promise<string> {
  const file = join(folder, 'init.sql');
  const lines = [
    `CREATE OR REPLACE USER root@'127.0.0.1' IDENTIFIED BY '${password}';`,
    `GRANT ALL ON *.* TO root@'127.0.0.1' WITH GRANT OPTION;`,
    `DROP USER IF EXISTS root@localhost, root@'::1';`,
  ];
  await writeFile(file, `${lines.join('\n')}\n`, { mode: 0o600 });
  return `--init-file=${file}`;
}

async function secure(folder: string, { key, cert }: ServerTls): Promise<string[]> {
  const [keyFile, certFile] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  await writeFile(keyFile, key, { mode: 0o600 });
  await writeFile(certFile, cert);
  return [`--ssl-key=${keyFile}`, `--ssl-cert=${certFile}`];
}
