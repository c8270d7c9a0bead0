import './not-in-production.js';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

export interface RunningProcess {
  /** When it started, in the platform's own words: a number used again does not have the same. */
  readonly startedAt: string;
  readonly commandLine: string;
}

const run = promisify(execFile);

/** A process by its number; undefined when it has ended (also when nobody has collected its exit code yet). */
export async function findProcess(pid: number): Promise<RunningProcess | undefined> {
  return process.platform === 'linux' ? fromProc(pid) : fromPs(pid);
}

async function fromProc(pid: number): Promise<RunningProcess | undefined> {
  try {
    const [stat, cmdline] = await Promise.all([
      readFile(`/proc/${pid}/stat`, 'utf8'),
      readFile(`/proc/${pid}/cmdline`, 'utf8'),
    ]);
    // The second field is the program's name in parentheses and may hold spaces: count after it.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
    return { startedAt: fields[19] ?? '', commandLine: cmdline.replaceAll('\0', ' ').trim() };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ESRCH') return undefined;
    throw error;
  }
}

async function fromPs(pid: number): Promise<RunningProcess | undefined> {
  try {
    const { stdout } = await run('ps', ['-p', String(pid), '-o', 'lstart=', '-o', 'command=']);
    // lstart is always 24 characters: "Sun Nov 23 11:05:00 2026"
    return { startedAt: stdout.slice(0, 24), commandLine: stdout.slice(24).trim() };
  } catch (error) {
    if (typeof (error as { code?: unknown }).code === 'number') return undefined;
    throw error;
  }
}
