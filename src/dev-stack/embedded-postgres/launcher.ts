import '../not-in-production.js';
import { execFile, spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { PostgresError } from './postgres-error.js';

/** As whom PostgreSQL runs: it refuses to run as root. */
export type LaunchMode = 'direct' | 'user-namespace' | 'other-user';

/** Starts programs as an account that PostgreSQL accepts. */
export interface Launcher {
  readonly mode: LaunchMode;
  /** Account that must own what the programs write; undefined when it is the caller's own. */
  readonly owner: { readonly uid: number; readonly gid: number } | undefined;
  spawn(program: string, args: readonly string[], options: SpawnOptions): ChildProcess;
}

/** Any id but 0 serves: inside the namespace it stands for root, outside nothing changes. */
const NAMESPACE = ['--user', '--map-user=1000', '--map-group=1000'];
/** A dedicated account first: `nobody` may own processes of others. */
const OTHER_USERS = ['postgres', 'nobody'];
const PROBE_TIMEOUT_MS = 5_000;

/**
 * Chooses how to run PostgreSQL: directly as an ordinary user; as root in a user namespace, which needs no second account
 * and lets the files lie in root's own folders; as root where namespaces are forbidden (many containers) under another
 * account that exists.
 *
 * @param only for tests: take this way or none
 * @throws PostgresError when no way is open
 */
export async function chooseLauncher(only?: LaunchMode): Promise<Launcher> {
  const candidates = process.getuid?.() === 0 ? [userNamespace, otherUser] : [async () => direct];
  for (const candidate of candidates) {
    const launcher = await candidate();
    if (launcher && (only === undefined || launcher.mode === only)) return launcher;
  }
  throw new PostgresError(
    'PostgreSQL does not run as root, and neither a user namespace (unshare --user) nor one of the users ' +
      `${OTHER_USERS.join(', ')} can be used here. Start as an ordinary user.`,
  );
}

/** Runs a program to its end. @returns whether it ended with code 0 */
export async function succeeds(launcher: Launcher, program: string, args: readonly string[]): Promise<boolean> {
  const child = launcher.spawn(program, args, { stdio: 'ignore', timeout: PROBE_TIMEOUT_MS });
  return new Promise((done) => {
    child.once('error', () => done(false));
    child.once('exit', (code) => done(code === 0));
  });
}

const direct: Launcher = {
  mode: 'direct',
  owner: undefined,
  spawn: (program, args, options) => spawn(program, args, options),
};

async function userNamespace(): Promise<Launcher | undefined> {
  const launcher: Launcher = {
    mode: 'user-namespace',
    owner: undefined,
    spawn: (program, args, options) => spawn('unshare', [...NAMESPACE, '--', program, ...args], options),
  };
  const id = await new Promise<string>((done) => {
    execFile('unshare', [...NAMESPACE, '--', 'id', '-u'], { timeout: PROBE_TIMEOUT_MS }, (error, stdout) =>
      done(error ? '' : stdout.trim()),
    );
  });
  return id === '1000' ? launcher : undefined;
}

async function otherUser(): Promise<Launcher | undefined> {
  const accounts = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'));
  for (const name of OTHER_USERS) {
    const account = accounts.find(([user]) => user === name);
    const [uid, gid] = [Number(account?.[2]), Number(account?.[3])];
    if (!(uid > 0 && gid > 0)) continue;
    const launcher: Launcher = {
      mode: 'other-user',
      owner: { uid, gid },
      spawn: (program, args, options) => spawn(program, args, { ...options, uid, gid }),
    };
    if (await succeeds(launcher, 'id', ['-u'])) return launcher;
  }
  return undefined;
}
