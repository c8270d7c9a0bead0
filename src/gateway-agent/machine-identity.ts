import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { CommandError, systemErrorCode } from './exit-codes.js';

const run = promisify(execFile);

/** Tells machines apart, so that one machine serves one gateway. */
export abstract class MachineIdentity {
  /** The machine's own name for itself. Never leaves the machine. */
  protected abstract read(): Promise<string>;

  /** SHA-256 of the identity under a word of ours, base64url: what the control plane gets to see. */
  async fingerprint(): Promise<string> {
    const identity = await this.read();
    return createHash('sha256').update('tidegate-machine/1\0').update(identity).digest('base64url');
  }
}

/** As the operating system says: made at installation, the same over restarts. */
export class SystemMachineIdentity extends MachineIdentity {
  protected override async read(): Promise<string> {
    const found = await READERS[process.platform]?.();
    if (found) return found;
    throw new CommandError(
      'state',
      'The operating system gives this machine no identity.',
      'On Linux make one with systemd-machine-id-setup, in a container mount the host’s /etc/machine-id.',
    );
  }
}

/** A given one, for tests and for several agents on a developer's machine. The settings refuse it in production. */
export class FixedMachineIdentity extends MachineIdentity {
  constructor(private readonly identity: string) {
    super();
  }

  protected override read(): Promise<string> {
    return Promise.resolve(this.identity);
  }
}

const READERS: Partial<Record<NodeJS.Platform, () => Promise<string | undefined>>> = {
  linux: async () => (await readFirst('/etc/machine-id')) ?? (await readFirst('/var/lib/dbus/machine-id')),
  darwin: async () => {
    const { stdout } = await run('/usr/sbin/ioreg', ['-rd1', '-c', 'IOPlatformExpertDevice']);
    return /"IOPlatformUUID" = "([^"]+)"/.exec(stdout)?.[1];
  },
  win32: async () => {
    const { stdout } = await run('reg.exe', ['query', 'HKLM\\SOFTWARE\\Microsoft\\Cryptography', '/v', 'MachineGuid']);
    return /MachineGuid\s+REG_SZ\s+(\S+)/.exec(stdout)?.[1];
  },
};

async function readFirst(path: string): Promise<string | undefined> {
  try {
    const text = (await readFile(path, 'utf8')).trim();
    return /^[0-9a-f]{32}$/.test(text) ? text : undefined;
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
