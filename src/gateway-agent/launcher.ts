import { spawn, type ChildProcess } from 'node:child_process';
import { access } from 'node:fs/promises';
import type { Log } from './log.js';
import { errorText } from './log.js';
import type { StateFolder } from './state-folder.js';
import { recallVersions, rememberVersions, type LauncherMemory } from './update/launcher-memory.js';
import { agentMessageSchema, type LauncherContext } from './update/launcher-messages.js';
import type { VersionFolders } from './update/version-folders.js';

/** How long a version on trial may take to be connected and answered, in milliseconds. */
const HEALTHY_MS = 2 * 60_000;

/**
 * V8 lets short-lived objects pile up to 48 MiB before it looks for them; an agent that streams rows makes little else.
 * `npm run bench:agent` shows what this does to the memory of a stream of a million rows.
 */
const MEMORY_FLAGS = ['--max-semi-space-size=4'];

/** How long an agent that was told to stop may take: its own grace is 8 s, and its connections close after that. */
const STOP_MS = 30_000;

export interface LauncherSettings {
  readonly folder: StateFolder;
  readonly folders: VersionFolders;
  /** What came with the installation: it is always there to go back to. */
  readonly installed: { readonly version: string; readonly entry: string };
  /** Command line of the agent that is started. */
  readonly args: readonly string[];
  readonly log: Log;
  readonly healthyMs?: number;
  /** Whether a signal asks a process to end. On Windows it ends it in the middle: there the agent is let go instead. */
  readonly hasSignals?: boolean;
  readonly stopMs?: number;
}

/** How a run of one version ended. */
type End =
  | { readonly how: 'exited'; readonly code: number }
  | { readonly how: 'told'; readonly version: string }
  | { readonly how: 'unhealthy' }
  /** What was to be tried does not lie there. */
  | { readonly how: 'missing' };

/**
 * Starts the agent, and another version of it when the one that runs says that it is ready. A version that does not come up
 * healthy is stopped, and the one before started again. The launcher itself has no network and decides nothing.
 */
export class Launcher {
  private child: ChildProcess | undefined;
  private isStopping = false;

  constructor(private readonly settings: LauncherSettings) {}

  /** Runs until the agent ends by itself or is told to. @returns its exit code */
  async run(): Promise<number> {
    const { folder, installed, log } = this.settings;
    let memory = await recallVersions(folder, installed.version);
    for (;;) {
      const { trial } = memory;
      const end = await this.serve(memory, (healthy) => (memory = healthy));
      if (this.isStopping) return end.how === 'exited' ? end.code : 0;
      if (end.how === 'told') {
        log.info({ event: 'version-changing', version: end.version }, 'starting another version');
        memory = { ...withoutTrial(memory), trial: end.version };
      } else if (trial !== undefined && memory.trial === trial) {
        const reason = reasonOf(end);
        log.error({ event: 'version-rolled-back', version: trial, reason }, 'going back to the version before');
        memory = { ...withoutTrial(memory), report: { version: trial, state: 'rolled-back', reason } };
        await this.tidy(memory);
      } else {
        // Whoever manages the service decides about starting it again.
        return end.how === 'exited' ? end.code : 1;
      }
      await rememberVersions(folder, memory);
    }
  }

  /** Passes a signal on; what ends then is not started again. The second one ends it at once. */
  stop(signal: NodeJS.Signals): void {
    if (this.isStopping) this.child?.kill('SIGKILL');
    else this.ask(this.child, signal);
    this.isStopping = true;
  }

  private async serve(memory: LauncherMemory, keep: (memory: LauncherMemory) => void): Promise<End> {
    const { folder, args, log, healthyMs = HEALTHY_MS } = this.settings;
    const isTrial = memory.trial !== undefined;
    const version = memory.trial ?? memory.current;
    const entry = await this.entryOf(version, isTrial);
    // A signal may have come while no agent ran.
    if (entry === undefined || this.isStopping) return { how: 'missing' };
    const child = spawn(process.execPath, [...MEMORY_FLAGS, entry, ...args], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.child = child;
    log.info({ event: 'version-started', version, trial: isTrial, child: child.pid }, 'agent started');
    const exited = new Promise<End>((resolve) => {
      child.once('error', (error) => {
        log.error({ event: 'version-not-started', version, reason: errorText(error) }, 'the agent cannot be started');
        resolve({ how: 'exited', code: 1 });
      });
      child.once('exit', (code) => resolve({ how: 'exited', code: code ?? 1 }));
    });
    let watch: NodeJS.Timeout | undefined;
    const told = new Promise<End>((resolve) => {
      if (isTrial) watch = setTimeout(() => resolve({ how: 'unhealthy' }), healthyMs);
      child.on('message', (message) => {
        const parsed = agentMessageSchema.safeParse(message);
        if (!parsed.success) return;
        switch (parsed.data.type) {
          case 'hello':
            return void child.send(contextOf(memory));
          case 'switch':
            return resolve({ how: 'told', version: parsed.data.version });
          case 'healthy': {
            clearTimeout(watch);
            if (!isTrial || memory.trial === undefined) return;
            memory = succeeded(memory, version);
            keep(memory);
            log.info({ event: 'version-healthy', version }, 'the new version is healthy');
            const healthy = memory;
            rememberVersions(folder, healthy)
              .then(() => this.tidy(healthy))
              .catch((error: unknown) => {
                log.error({ event: 'version-not-kept', reason: errorText(error) }, 'a restart would go back');
              });
          }
        }
      });
    });
    const end = await Promise.race([exited, told]);
    clearTimeout(watch);
    if (end.how !== 'exited') await this.end(child, exited);
    this.child = undefined;
    return end;
  }

  /** Asks the agent to finish; one that loses its launcher does so by itself. */
  private ask(child: ChildProcess | undefined, signal: NodeJS.Signals): void {
    if (this.settings.hasSignals ?? process.platform !== 'win32') child?.kill(signal);
    else if (child?.connected === true) child.disconnect();
  }

  /** Removes what is neither run nor gone back to. What cannot be removed is in nobody's way. */
  private async tidy({ current, previous = '' }: LauncherMemory): Promise<void> {
    try {
      await this.settings.folders.keepOnly([current, previous]);
    } catch (error) {
      this.settings.log.warn({ event: 'versions-not-removed', reason: errorText(error) }, 'old versions stay');
    }
  }

  private async end(child: ChildProcess, exited: Promise<unknown>): Promise<void> {
    this.ask(child, 'SIGTERM');
    const killing = setTimeout(() => child.kill('SIGKILL'), this.settings.stopMs ?? STOP_MS);
    await exited;
    clearTimeout(killing);
  }

  /** What was loaded and is gone is no reason not to start; on trial nothing else may be taken for it. */
  private async entryOf(version: string, isTrial: boolean): Promise<string | undefined> {
    const { installed, folders, log } = this.settings;
    if (version === installed.version) return installed.entry;
    const entry = folders.entryOf(version);
    try {
      await access(entry);
      return entry;
    } catch (error) {
      if (isTrial) return undefined;
      log.error({ event: 'version-missing', version, reason: errorText(error) }, 'starting what was installed');
      return installed.entry;
    }
  }
}

function reasonOf(end: End): string {
  switch (end.how) {
    case 'exited':
      return `it ended with code ${end.code}`;
    case 'missing':
      return 'its program is not there';
    default:
      return 'it was not healthy in time';
  }
}

function withoutTrial({ current, previous }: LauncherMemory): LauncherMemory {
  return { current, ...(previous === undefined ? {} : { previous }) };
}

function succeeded({ current }: LauncherMemory, version: string): LauncherMemory {
  return { current: version, previous: current, report: { version, state: 'running' } };
}

function contextOf({ current, previous, trial, report }: LauncherMemory): LauncherContext {
  const before = trial === undefined ? previous : current;
  return {
    type: 'context',
    ...(before === undefined ? {} : { previous: before }),
    ...(report === undefined ? {} : { report }),
  };
}
