import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, unlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  type RunningPostgres,
} from '../../src/dev-stack/embedded-postgres/embedded-postgres.js';
import type { LaunchMode } from '../../src/dev-stack/embedded-postgres/launcher.js';
import { shelterPath } from '../../src/dev-stack/embedded-postgres/placement.js';
import { findProcess } from '../../src/dev-stack/process-identity.js';

const IS_ROOT = process.getuid?.() === 0;
const MODE: LaunchMode = IS_ROOT ? 'user-namespace' : 'direct';

async function query<T extends pg.QueryResultRow>(url: string, sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<T>(sql)).rows;
  } finally {
    await client.end();
  }
}

async function postmasterPid(running: RunningPostgres): Promise<number> {
  const [row] = await query<{ data_directory: string }>(running.url(), 'SHOW data_directory');
  return Number((await readFile(join(row?.data_directory ?? '', 'postmaster.pid'), 'utf8')).split('\n')[0]);
}

describe(`the embedded database, run ${MODE}`, () => {
  let folder: string;
  let dataDir: string;
  const servers: EmbeddedPostgres[] = [];
  const others: ChildProcess[] = [];

  const server = (options: Partial<EmbeddedPostgresOptions> = {}): EmbeddedPostgres => {
    const made = new EmbeddedPostgres({ dataDir, mode: MODE, databases: ['app'], ...options });
    servers.push(made);
    return made;
  };

  beforeEach(async () => {
    // mkdtemp makes it 0700: out of reach for any other account, like root's home.
    folder = await mkdtemp(join(tmpdir(), 'tidegate-test-'));
    dataDir = join(folder, 'data');
  });

  afterEach(async () => {
    for (const other of others.splice(0)) other.kill('SIGKILL');
    for (const made of servers.splice(0).reverse()) await made.destroy();
    await rm(folder, { recursive: true, force: true });
  });

  it('starts on loopback with UTF8, the C locale and a password, and ends without a trace', async () => {
    const made = server();
    const running = await made.start();

    expect(running).toMatchObject({ mode: MODE, isFresh: true, host: '127.0.0.1' });
    const [settings] = await query(
      running.url('app'),
      `SELECT current_setting('server_encoding') AS encoding, current_setting('listen_addresses') AS addresses,
              current_setting('unix_socket_directories') AS sockets, current_setting('TimeZone') AS zone,
              (SELECT datcollate FROM pg_database WHERE datname = 'app') AS collation`,
    );
    expect(settings).toEqual({ encoding: 'UTF8', addresses: '127.0.0.1', sockets: '', zone: 'UTC', collation: 'C' });
    await expect(query(running.url().replace(running.password, 'wrong'), 'SELECT 1')).rejects.toThrow('password');
    expect((await stat(`${dataDir}.access.json`)).mode & 0o777).toBe(0o600);

    const pid = await postmasterPid(running);
    await made.stop();
    expect(await findProcess(pid)).toBeUndefined();
    await expect(query(running.url(), 'SELECT 1')).rejects.toThrow('ECONNREFUSED');
  });

  it('keeps data, password and port over a restart', async () => {
    const first = server();
    const before = await first.start();
    await query(before.url('app'), 'CREATE TABLE kept AS SELECT 42 AS answer');
    await first.stop();

    const after = await server({ databases: ['app', 'second'] }).start();

    expect(after).toMatchObject({ isFresh: false, password: before.password, port: before.port });
    expect(await query(after.url('app'), 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
    expect(await query(after.url('second'), 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('ends the server that a killed launcher left behind, and starts again', async () => {
    const before = await server().start();
    await query(before.url('app'), 'CREATE TABLE kept AS SELECT 42 AS answer');
    const pid = await postmasterPid(before);
    const path = `${dataDir}.access.json`;
    const access = JSON.parse(await readFile(path, 'utf8'));
    await writeFile(path, JSON.stringify({ ...access, launcher: { pid: process.pid, startedAt: 'long ago' } }));

    const after = await server().start();

    expect(await findProcess(pid)).toBeUndefined();
    expect(after.port).toBe(before.port);
    expect(await query(after.url('app'), 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
  });

  it('starts although the number in a stale pid file now belongs to another program', async () => {
    const first = server();
    const running = await first.start();
    const [row] = await query<{ data_directory: string }>(running.url(), 'SHOW data_directory');
    await first.stop();
    const pidFile = join(row?.data_directory ?? '', 'postmaster.pid');
    // Not this process: PostgreSQL itself disregards its parents.
    const other = spawn('sleep', ['60'], { stdio: 'ignore' });
    others.push(other);
    await writeFile(pidFile, `${other.pid}\n${row?.data_directory}\n1\n5432\n\n127.0.0.1\n\nready\n`);

    const again = await server().start();

    expect(await query(again.url('app'), 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(other.exitCode ?? other.signalCode).toBeNull();
  });

  it('leaves a folder alone that a living launcher uses', async () => {
    const running = await server().start();

    await expect(server().start()).rejects.toThrow(/is in use by process \d+/);

    expect(await query(running.url('app'), 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('takes another port when the one of the last start is taken, and says so when a port was wanted', async () => {
    const first = server();
    const { port } = await first.start();
    await first.stop();
    const occupant = createServer();
    await new Promise<void>((done) => occupant.listen(port, '127.0.0.1', done));
    try {
      const second = server();
      expect((await second.start()).port).not.toBe(port);
      await second.stop();
      await expect(server({ port }).start()).rejects.toThrow(`Port ${port} is taken`);
    } finally {
      await new Promise((done) => occupant.close(done));
    }
  });

  it('makes a data folder anew whose making was broken off', async () => {
    const first = server();
    await first.start();
    await first.stop();
    await unlink(`${dataDir}.access.json`);

    expect(await server().start()).toMatchObject({ isFresh: true });
  });

  it('writes no statement that failed into its log, since it may hold a password', async () => {
    const running = await server().start();

    await expect(query(running.url(), `ALTER ROLE nobody_here PASSWORD 'swordfish'`)).rejects.toThrow();

    expect(await readFile(`${dataDir}.log`, 'utf8')).not.toContain('swordfish');
  });
});

describe.runIf(IS_ROOT)('the embedded database as another user', () => {
  it('moves to a folder which that user can reach, finds it again, and takes it away at the end', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tidegate-test-'));
    const dataDir = join(folder, 'data');
    const first = new EmbeddedPostgres({ dataDir, mode: 'other-user', databases: ['app'] });
    const second = new EmbeddedPostgres({ dataDir, mode: 'other-user' });
    try {
      const before = await first.start();
      const [row] = await query(before.url(), 'SHOW data_directory');
      expect(row).toEqual({ data_directory: join(shelterPath(dataDir), 'data') });
      await query(before.url('app'), 'CREATE TABLE kept AS SELECT 42 AS answer');
      await first.stop();

      const after = await second.start();
      expect(await query(after.url('app'), 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
    } finally {
      await second.destroy();
      await first.destroy();
      await rm(folder, { recursive: true, force: true });
    }
    await expect(stat(shelterPath(dataDir))).rejects.toThrow('ENOENT');
  });
});
