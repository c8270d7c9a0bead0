import '../not-in-production.js';
import { chown, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readPrivateFile } from '../private-file.js';
import type { Binaries } from './binaries.js';
import type { Launcher } from './launcher.js';
import { PostgresError } from './postgres-error.js';

export const SUPERUSER = 'postgres';

/** Makes an empty database cluster, removing what a broken-off attempt may have left. @throws PostgresError */
export async function initialise(
  launcher: Launcher,
  { initdb }: Binaries,
  dataDir: string,
  password: string,
): Promise<void> {
  for (const name of await readdir(dataDir)) await rm(join(dataDir, name), { recursive: true, force: true });
  const folder = await mkdtemp(join(tmpdir(), 'tidegate-'));
  try {
    const passwordFile = join(folder, 'password');
    await writeFile(passwordFile, password, { mode: 0o600, flag: 'wx' });
    if (launcher.owner) {
      await chown(passwordFile, launcher.owner.uid, launcher.owner.gid);
      await chown(folder, launcher.owner.uid, launcher.owner.gid);
    }
    await run(launcher, initdb, [
      `--pgdata=${dataDir}`,
      `--username=${SUPERUSER}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--no-instructions',
      // Development data: a machine that loses power in this second makes it anew.
      '--no-sync',
    ]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** @throws PostgresError when the data was written by another major version */
export async function assertReadable({ major }: Binaries, dataDir: string): Promise<void> {
  const found = (await readPrivateFile(join(dataDir, 'PG_VERSION')))?.trim();
  if (found !== major) {
    throw new PostgresError(
      `The data in ${dataDir} was written by PostgreSQL ${found ?? 'of an unknown version'}, the programs are version ${major}. ` +
        'Start with --fresh to begin anew.',
    );
  }
}

async function run(launcher: Launcher, program: string, args: readonly string[]): Promise<void> {
  const child = launcher.spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const output: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => output.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => output.push(chunk));
  const code = await new Promise<number | null>((done, fail) => {
    child.once('error', fail);
    child.once('close', (exitCode) => done(exitCode));
  });
  if (code !== 0)
    throw new PostgresError(`initdb ended with code ${code}:\n${Buffer.concat(output).toString().trim()}`);
}
