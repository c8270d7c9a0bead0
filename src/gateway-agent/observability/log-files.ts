import { CommandError, systemErrorCode } from '../exit-codes.js';
import type { LogFileSettings } from './observability-settings.js';
import { RotatingFile } from './rotating-file.js';

/** Where log lines go. */
export interface LogOutput {
  write(line: string): void;
  /** The last lines are written when it resolves. */
  close(): Promise<void>;
}

/**
 * The agent's log as files, `agent-<UTC day>-<number>.log`. A disk that is full does not stop the agent: standard error
 * says so once, and the log itself says afterwards how much it misses.
 *
 * @throws CommandError state when the first file cannot be opened
 */
export async function openLogFiles(settings: LogFileSettings, tell: (text: string) => void): Promise<LogOutput> {
  const { folder, ...limits } = settings;
  try {
    const file: RotatingFile = await RotatingFile.open(
      { folder, name: 'agent', extension: 'log', mode: 0o640, limits },
      {
        failed: (code) => {
          tell(`The log files in ${folder} cannot be written (${code}); the agent goes on and tries again.\n`);
        },
        back: (lost) => {
          const level = lost > 0 ? 'error' : 'warn';
          const line = { level, time: new Date().toISOString(), program: 'tidegate-agent', pid: process.pid };
          const event = { event: 'log-interrupted', lost, msg: 'the log files could not be written for a while' };
          file.write(`${JSON.stringify({ ...line, ...event })}\n`);
        },
      },
    );
    return file;
  } catch (cause) {
    throw new CommandError(
      'state',
      `The log folder ${folder} cannot be written (${systemErrorCode(cause) ?? 'unknown'}).`,
      'Give --log-dir a folder that the agent’s account may write to.',
      { cause },
    );
  }
}
