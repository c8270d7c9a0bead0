import { randomUUID } from 'node:crypto';
import { link, open, readFile, rename, rm } from 'node:fs/promises';
import { CommandError, systemErrorCode } from './exit-codes.js';

interface Holder {
  readonly pid: number;
  /** When that process began, as the kernel counts it: a pid alone may have been given to somebody else since. */
  readonly startedAt: string;
  readonly id: string;
}

/** A file that one process holds. One left by a process that is gone is taken over. */
export class LockFile {
  private constructor(
    private readonly path: string,
    private readonly holder: Holder,
  ) {}

  /**
   * @param what what the lock guards, as it stands in the refusal
   * @throws CommandError state when a living process holds it
   */
  static async acquire(path: string, what: string): Promise<LockFile> {
    const holder = { pid: process.pid, startedAt: (await startOf(process.pid)) ?? 'unknown', id: randomUUID() };
    for (let attempt = 0; attempt < 5; attempt += 1) {
      if (await create(path, holder)) return new LockFile(path, holder);
      const found = await readHolder(path);
      if (found && (await isAlive(found))) {
        throw new CommandError(
          'state',
          `${what} is in use by another agent (process ${found.pid}).`,
          'Stop that agent first: one agent serves one machine and one state folder.',
        );
      }
      await moveAside(path, found);
    }
    throw new CommandError('state', `The lock ${path} could not be taken.`, 'Remove the file if no agent is running.');
  }

  /** Whether a living process holds the lock, without taking it. */
  static async isHeld(path: string): Promise<boolean> {
    const found = await readHolder(path);
    return found !== undefined && (await isAlive(found));
  }

  /** Harmless when somebody else has taken the place meanwhile. */
  async release(): Promise<void> {
    const found = await readHolder(this.path);
    if (found?.id === this.holder.id) await rm(this.path, { force: true });
  }
}

/** The whole lock appears at once: written beside, then linked into place, which fails when the place is taken. */
async function create(path: string, holder: Holder): Promise<boolean> {
  const draft = `${path}.${holder.id}`;
  let isWritten = false;
  try {
    const handle = await open(draft, 'wx', 0o600);
    try {
      await handle.writeFile(JSON.stringify(holder));
      await handle.sync();
    } finally {
      await handle.close();
    }
    isWritten = true;
    await link(draft, path);
    return true;
  } catch (error) {
    const code = systemErrorCode(error);
    // Whoever has the lock may sweep the folder, a draft of ours included.
    if (code === 'EEXIST' || (isWritten && code === 'ENOENT')) return false;
    throw new CommandError('state', `The lock ${path} cannot be written.`, 'Check the rights on its folder.', {
      cause: error,
    });
  } finally {
    await rm(draft, { force: true });
  }
}

/** Undefined for a lock that is gone, or that a process left half written when it died. */
async function readHolder(path: string): Promise<Holder | undefined> {
  try {
    const text = await readFile(path, 'utf8');
    const found: unknown = JSON.parse(text);
    return isHolder(found) ? found : undefined;
  } catch (error) {
    if (error instanceof SyntaxError || systemErrorCode(error) === 'ENOENT') return undefined;
    throw new CommandError('state', `The lock ${path} cannot be read.`, 'Another account holds it: stop its agent.', {
      cause: error,
    });
  }
}

/** Moves a dead lock away by its own name, so that of two finders only one removes it. */
async function moveAside(path: string, dead: Holder | undefined): Promise<void> {
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
    const moved = await readHolder(aside);
    if (moved && moved.id !== dead?.id && (await isAlive(moved))) {
      // Between our look and our move somebody living took the place: give it back.
      await rename(aside, path);
      return;
    }
    await rm(aside, { force: true });
  } catch (error) {
    if (systemErrorCode(error) !== 'ENOENT') throw error;
  }
}

async function isAlive(holder: Holder): Promise<boolean> {
  const startedAt = await startOf(holder.pid);
  if (startedAt === undefined) return false;
  return startedAt === 'unknown' || holder.startedAt === 'unknown' || startedAt === holder.startedAt;
}

/** Start of a process in clock ticks since boot, with the boot's id; `unknown` where only existence can be seen; undefined when it is gone. */
async function startOf(pid: number): Promise<string | undefined> {
  if (process.platform === 'linux') {
    try {
      const [stat, boot] = await Promise.all([
        readFile(`/proc/${pid}/stat`, 'utf8'),
        readFile('/proc/sys/kernel/random/boot_id', 'utf8'),
      ]);
      // The name in parentheses may hold spaces; field 22 is the twentieth after it.
      return `${boot.trim()}/${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''}`;
    } catch (error) {
      const code = systemErrorCode(error);
      if (code === 'ENOENT' || code === 'ESRCH') return undefined;
      return 'unknown';
    }
  }
  try {
    process.kill(pid, 0);
    return 'unknown';
  } catch (error) {
    return systemErrorCode(error) === 'ESRCH' ? undefined : 'unknown';
  }
}

function isHolder(value: unknown): value is Holder {
  return (
    typeof value === 'object' &&
    value !== null &&
    'pid' in value &&
    typeof value.pid === 'number' &&
    'startedAt' in value &&
    typeof value.startedAt === 'string' &&
    'id' in value &&
    typeof value.id === 'string'
  );
}
