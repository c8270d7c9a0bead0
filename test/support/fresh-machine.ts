import { execFile, spawn, type ChildProcess } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CommandResult } from './agent-machine.js';
import { until } from './until.js';

export type FirstProcess = 'systemd' | 'sh';

const SYSTEMD = '/usr/lib/systemd/systemd';
const TOOLS = ['/usr/bin/unshare', '/usr/bin/nsenter', '/usr/sbin/useradd', '/usr/bin/setpriv'];

/**
 * Builds the root of a machine in a folder, and starts its first process there: programs of the host, read-only, and
 * nothing else of it; users, identity and settings of a system that was just installed. The network is the host's.
 */
const SETUP = `
set -eu
root=$1 handover=$2 node=$3 first=$4
mount --make-rprivate /
mount -t tmpfs -o mode=755 none "$root"
cd "$root"
mkdir -p usr etc/systemd/system opt var/lib var/log var/tmp tmp run root proc sys dev home srv handover
chmod 1777 tmp var/tmp
chmod 700 root
for name in bin sbin lib lib64; do [ ! -e "/$name" ] || ln -s "usr/$name" "$name"; done
mount --bind /usr usr
mount -o remount,bind,ro usr
mount -t tmpfs -o mode=755 none usr/local
mkdir -p usr/local/bin
case $node in /usr/bin/node) ;; *) touch usr/local/bin/node; mount --bind "$node" usr/local/bin/node ;; esac
mount -t tmpfs -o mode=755 none dev
for name in null zero full random urandom tty; do touch "dev/$name"; mount --bind "/dev/$name" "dev/$name"; done
mkdir dev/shm dev/pts dev/mqueue
chmod 1777 dev/shm
mount -t devpts -o newinstance,ptmxmode=666 none dev/pts
ln -s pts/ptmx dev/ptmx
ln -s /proc/self/fd dev/fd
ln -s /run var/run
mount -t tmpfs -o mode=755 none run
mkdir run/lock
chmod 1777 run/lock
mount -t proc proc proc
mount --bind "$handover" handover
mount -o remount,bind,ro handover
printf 'root:x:0:0:root:/root:/bin/sh\\nnobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\\n' >etc/passwd
printf 'root:x:0:\\nadm:x:4:\\ntty:x:5:\\nnogroup:x:65534:\\n' >etc/group
printf 'root:*:19000:0:99999:7:::\\n' >etc/shadow
printf 'root:*::\\n' >etc/gshadow
chmod 640 etc/shadow etc/gshadow
printf 'passwd: files\\ngroup: files\\nshadow: files\\nhosts: files dns\\n' >etc/nsswitch.conf
printf '127.0.0.1 localhost\\n' >etc/hosts
od -An -N16 -tx1 /dev/urandom | tr -d ' \\n' >etc/machine-id
cp /etc/login.defs /usr/lib/os-release etc/
cp -r /etc/pam.d etc/
cp /etc/ld.so.* etc/ 2>/dev/null || true
printf '[Unit]\\nDescription=as far as services need it\\nRequires=basic.target network-online.target\\nAfter=basic.target network-online.target\\n' >etc/systemd/system/bare.target
# The tools keep copies of the files that they change, and a lock: they are there on every machine that was in use.
chroot . useradd --system --user-group somebody
chroot . userdel somebody
if [ "$first" = systemd ]; then
  mount -t sysfs -o ro sysfs sys
  mount -t cgroup2 none sys/fs/cgroup
  exec env -i container=other PATH=/usr/local/bin:/usr/sbin:/usr/bin chroot . ${SYSTEMD} --system --unit=bare.target --log-target=null --show-status=no
fi
exec env -i PATH=/usr/local/bin:/usr/sbin:/usr/bin chroot . /bin/sh -c 'touch /run/up; while :; do sleep 1; done'
`;

/** A Debian machine that was just set up, as namespaces of this one. Only for root. */
export class FreshMachine {
  private constructor(
    /** Files put in here are seen on the machine in /handover. */
    readonly handover: string,
    private readonly folder: string,
    private readonly child: ChildProcess,
    private readonly group: string | undefined,
    private readonly pid: number,
  ) {}

  /** Why there can be none here, or undefined. */
  static obstacle(first: FirstProcess): string | undefined {
    if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'needs root on Linux';
    const missing = TOOLS.find((tool) => !existsSync(tool));
    if (missing !== undefined) return `needs ${missing}`;
    if (first === 'sh') return undefined;
    if (!existsSync(SYSTEMD)) return 'needs systemd';
    return controlGroups() === undefined ? 'needs control groups (version 2) that can be written' : undefined;
  }

  static async start(first: FirstProcess): Promise<FreshMachine> {
    const folder = mkdtempSync(join(tmpdir(), 'tidegate-machine-'));
    for (const name of ['root', 'handover']) mkdirSync(join(folder, name));
    const handover = join(folder, 'handover');
    const group = first === 'systemd' ? join(controlGroups() ?? '', folder.split('/').at(-1) ?? '') : undefined;
    if (group !== undefined) mkdirSync(group);
    const enter = group === undefined ? '' : `echo $$ > ${group}/cgroup.procs; `;
    const spaces = ['--mount', '--pid', '--fork', '--ipc', '--uts', '--kill-child', ...(group === undefined ? [] : ['--cgroup'])]; // prettier-ignore
    const given = [join(folder, 'root'), handover, process.execPath, first];
    const child = spawn('/bin/sh', ['-c', `${enter}exec "$@"`, 'sh', 'unshare', ...spaces, 'sh', '-c', SETUP, 'sh', ...given]); // prettier-ignore
    let said = '';
    child.stderr.on('data', (data: Buffer) => (said += data.toString()));
    child.stdout.resume();
    const isUp = first === 'systemd' ? ['systemctl', 'is-active', '--quiet', 'bare.target'] : ['test', '-e', '/run/up'];
    const started = async (): Promise<FreshMachine | false> => {
      if (child.exitCode !== null) throw new Error(`the machine did not start: ${said}`);
      const pid = readChildren(child.pid ?? 0);
      if (pid === undefined) return false;
      const machine = new FreshMachine(handover, folder, child, group, pid);
      return (await machine.run(isUp)).code === 0 && machine;
    };
    try {
      return await until('the machine is up', started, 20_000);
    } catch (error) {
      child.kill('SIGKILL');
      throw error;
    }
  }

  /** Runs a command as root of the machine. */
  run(words: readonly string[]): Promise<CommandResult> {
    const enter = ['--target', String(this.pid), '--mount', '--pid', '--ipc', '--uts', '--cgroup', '--root', '--wd'];
    return new Promise((done) => {
      const env = { PATH: '/usr/local/bin:/usr/sbin:/usr/bin', HOME: '/root', LC_ALL: 'C' };
      const child = execFile('nsenter', [...enter, '--', ...words], { env }, (_error, stdout, stderr) =>
        done({ code: child.exitCode, output: `${stdout}${stderr}` }),
      );
      child.stdin?.end();
    });
  }

  /** A file for the machine. @returns its path there */
  hand(name: string, content: string | Uint8Array): string {
    writeFileSync(join(this.handover, name), content, { mode: 0o600 });
    return `/handover/${name}`;
  }

  /** All that lies on the machine, with kind, mode, owner and hash, but for what is the host's or lives in memory. */
  async files(): Promise<string[]> {
    const own = '/etc /home /opt /root /run /srv /tmp /usr/local /var';
    // Copies and locks of the tools that change users, and what systemd keeps of its own life, differ from second to second.
    const passing =
      "-path /run/systemd -o -path '/etc/*-' -o -path /run/credentials -o -path /run/log -o -path /run/up";
    const list = `find ${own} \\( ${passing} \\) -prune -o -printf '%y %m %u:%g %p %l\\n'; find /etc /usr/local/bin -type f ! -path '/etc/*-' ! -path /usr/local/bin/node -exec sha256sum {} +`;
    const { code, output } = await this.run(['sh', '-c', list]);
    if (code !== 0) throw new Error(output);
    return output.split('\n').filter(Boolean).sort();
  }

  /** Command lines of what runs on the machine. */
  async processes(): Promise<string[]> {
    const { output } = await this.run(['sh', '-c', 'for p in /proc/[0-9]*/cmdline; do tr "\\0" " " <$p; echo; done 2>/dev/null']); // prettier-ignore
    return output.split('\n').filter(Boolean);
  }

  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.child.once('close', resolve));
    this.child.kill('SIGKILL');
    await closed;
    if (this.group !== undefined) await until('its control groups are empty', () => removeGroups(this.group ?? ''));
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The first process of the machine: the only child of what made the namespaces. */
function readChildren(pid: number): number | undefined {
  try {
    const first = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ')[0];
    return first === undefined || first === '' ? undefined : Number(first);
  } catch {
    return undefined;
  }
}

/** Where this process may make control groups of its own. */
function controlGroups(): string | undefined {
  const mounts = readFileSync('/proc/self/mountinfo', 'utf8').split('\n');
  const mount = mounts.find((line) => / - cgroup2 /.test(line) && / rw[, ]/.test(line))?.split(' ')[4];
  const own = /^0::(.*)$/m.exec(readFileSync('/proc/self/cgroup', 'utf8'))?.[1];
  return mount === undefined || own === undefined ? undefined : join(mount, own);
}

function removeGroups(group: string): boolean {
  try {
    for (const entry of readdirSync(group, { withFileTypes: true })) {
      if (entry.isDirectory() && !removeGroups(join(group, entry.name))) return false;
    }
    rmdirSync(group);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'EBUSY' || error.code === 'ENOENT')) return false;
    throw error;
  }
}
