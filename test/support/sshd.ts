import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { until } from './until.js';

/** Debian's package openssh-server. */
const PROGRAM = '/usr/sbin/sshd';

export const hasSshd = existsSync(PROGRAM);
if (!hasSshd)
  process.stderr.write(
    `left out: ${PROGRAM} is missing, so SFTP is not tried against OpenSSH (package openssh-server)\n`,
  );

/** OpenSSH's own server as an ordinary child process, for the account that runs the tests, with keys of its own. */
export class Sshd {
  private constructor(
    private readonly child: ChildProcess,
    private readonly place: string,
    readonly port: number,
    readonly hostKey: string,
    readonly clientKey: string,
    /** The same key, locked with a passphrase. */
    readonly lockedKey: string,
  ) {}

  static readonly passphrase = 'open sesame';
  readonly username = userInfo().username;

  static async start(): Promise<Sshd> {
    const place = await mkdtemp(join(tmpdir(), 'tidegate-sshd-'));
    const keygen = (...args: string[]): string => execFileSync('ssh-keygen', ['-q', ...args], { encoding: 'utf8' });
    keygen('-t', 'ed25519', '-N', '', '-f', join(place, 'host'));
    keygen('-t', 'ed25519', '-N', '', '-f', join(place, 'client'));
    const clientKey = await readFile(join(place, 'client'), 'utf8');
    await writeFile(join(place, 'authorized'), await readFile(join(place, 'client.pub')));
    keygen('-p', '-P', '', '-N', Sshd.passphrase, '-f', join(place, 'client'));
    const lockedKey = await readFile(join(place, 'client'), 'utf8');
    const [, hostKey = ''] = keygen('-l', '-f', join(place, 'host.pub')).split(' ');
    // Started by root it insists on this folder, which Debian makes when the service starts.
    if (userInfo().uid === 0) await mkdir('/run/sshd', { recursive: true, mode: 0o755 });
    const port = await freePort();
    const config = [
      `HostKey ${join(place, 'host')}`,
      `AuthorizedKeysFile ${join(place, 'authorized')}`,
      ...['ListenAddress 127.0.0.1', 'PidFile none', 'StrictModes no', 'UsePAM no', 'UseDNS no'],
      ...['PasswordAuthentication no', 'PermitRootLogin prohibit-password', 'Subsystem sftp internal-sftp'],
    ];
    await writeFile(join(place, 'config'), `${config.join('\n')}\n`);
    const child = spawn(PROGRAM, ['-D', '-e', '-f', join(place, 'config'), '-p', String(port)], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    await until('sshd listens', () => {
      if (child.exitCode !== null) throw new Error(`sshd ended: ${said}`);
      return said.includes('Server listening');
    });
    return new Sshd(child, place, port, hostKey, clientKey, lockedKey);
  }

  /** A key that no server knows. */
  static async newKey(): Promise<string> {
    const place = await mkdtemp(join(tmpdir(), 'tidegate-key-'));
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(place, 'key')]);
    const key = await readFile(join(place, 'key'), 'utf8');
    await rm(place, { recursive: true, force: true });
    return key;
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill();
    await ended;
    await rm(this.place, { recursive: true, force: true });
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
