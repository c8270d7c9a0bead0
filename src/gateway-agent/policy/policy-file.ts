import { watch, type FSWatcher } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { systemErrorCode } from '../exit-codes.js';
import { errorText, type Log } from '../log.js';
import { CLOSED_POLICY, NO_POLICY, Policy } from './policy.js';
import { MAX_POLICY_BYTES, PolicyInvalid, readPolicyText } from './policy-document.js';

/** Name of the policy in the state folder. */
export const POLICY_FILE = 'policy.yaml';

/** Editors write in several steps; what they do within this time is one change. */
const SETTLE_MS = 100;
/** Where the system tells of no changes (network drives, some containers) they are seen this often. */
const POLL_MS = 5_000;

export interface PolicyPlace {
  readonly stateDir: string;
  /** Where the operator put it; it must be there then. */
  readonly file?: string | undefined;
}

export interface LoadedPolicy {
  readonly policy: Policy;
  readonly path: string;
  readonly isPresent: boolean;
}

/** Reads the policy as an agent that starts now would. @throws PolicyInvalid */
export async function loadPolicy({ stateDir, file }: PolicyPlace): Promise<LoadedPolicy> {
  const path = file ?? join(stateDir, POLICY_FILE);
  const bytes = await readPolicyFile(path);
  if (bytes) return { policy: new Policy(readPolicyText(bytes)), path, isPresent: true };
  if (file !== undefined) throw new PolicyInvalid(['there is no such file']);
  return { policy: NO_POLICY, path, isPresent: false };
}

/** The policy that holds. Follows its file while it is open; one that cannot be read changes nothing but is told. */
export class PolicyFile {
  private readonly listeners: (() => void)[] = [];
  private watcher: FSWatcher | undefined;
  private settle: NodeJS.Timeout | undefined;
  private poll: NodeJS.Timeout | undefined;
  private reading: Promise<void> = Promise.resolve();
  private problem: string | undefined;
  private stamp: string | undefined;
  private isPresent = false;
  private closed = false;

  private constructor(
    private readonly path: string,
    private readonly log: Log,
    private policy: Policy,
  ) {}

  /** Never throws for a policy that cannot be read: then nothing is allowed until it can. */
  static async open(place: PolicyPlace, log: Log, pollMs = POLL_MS): Promise<PolicyFile> {
    const path = place.file ?? join(place.stateDir, POLICY_FILE);
    const file = new PolicyFile(path, log, CLOSED_POLICY);
    file.stamp = await stampOf(path);
    try {
      const { policy, isPresent } = await loadPolicy(place);
      file.policy = policy;
      file.isPresent = isPresent;
      log.info({ event: 'policy-read', isPresent }, isPresent ? 'the policy of this machine holds' : 'this machine has no policy of its own'); // prettier-ignore
    } catch (error) {
      file.isPresent = true;
      file.reject(error, 'the policy cannot be read: nothing is allowed until it is mended');
    }
    file.follow(pollMs);
    return file;
  }

  get current(): Policy {
    return this.policy;
  }

  /** Whether the file is the policy that holds. */
  get isValid(): boolean {
    return this.problem === undefined;
  }

  /** Told when the policy, or whether it is valid, has changed. */
  onChange(listener: () => void): void {
    this.listeners.push(listener);
  }

  async close(): Promise<void> {
    this.closed = true;
    this.watcher?.close();
    clearTimeout(this.settle);
    clearInterval(this.poll);
    await this.reading;
  }

  /** The folder is watched, not the file: an editor that renames a new one into its place would take the watch away. */
  private follow(pollMs: number): void {
    try {
      this.watcher = watch(dirname(this.path), { persistent: false }, (_, name) => {
        if (name === null || name === basename(this.path)) this.soon();
      });
      this.watcher.on('error', (error) => {
        this.log.debug(
          { event: 'policy-unwatched', reason: errorText(error) },
          'the policy is looked at from time to time only',
        );
        this.watcher?.close();
      });
    } catch (error) {
      if (systemErrorCode(error) === undefined) throw error;
      this.log.debug(
        { event: 'policy-unwatched', reason: errorText(error) },
        'the policy is looked at from time to time only',
      );
    }
    this.poll = setInterval(() => { this.look(); }, pollMs).unref(); // prettier-ignore
  }

  private soon(): void {
    clearTimeout(this.settle);
    if (!this.closed) this.settle = setTimeout(() => { this.look(); }, SETTLE_MS).unref(); // prettier-ignore
  }

  private look(): void {
    this.reading = this.reading.then(() => this.reload());
  }

  private async reload(): Promise<void> {
    const stamp = await stampOf(this.path);
    if (this.closed || stamp === this.stamp) return;
    this.stamp = stamp;
    try {
      const bytes = await readPolicyFile(this.path);
      // A policy that is taken away while the agent runs may be one half of an editor's work, or somebody's attempt.
      if (!bytes && this.isPresent) throw new PolicyInvalid(['the file is gone']);
      if (bytes) this.policy = new Policy(readPolicyText(bytes));
      this.isPresent ||= bytes !== undefined;
      this.problem = undefined;
      this.log.info({ event: 'policy-changed' }, 'the policy of this machine has changed');
    } catch (error) {
      this.reject(error, 'the policy cannot be read: what held before holds on');
    }
    for (const listener of this.listeners) listener();
  }

  private reject(error: unknown, what: string): void {
    this.problem = error instanceof PolicyInvalid ? error.message : errorText(error);
    this.log.error({ event: 'policy-invalid', reason: this.problem }, what);
  }
}

/** Undefined when there is none. @throws PolicyInvalid */
async function readPolicyFile(path: string): Promise<Buffer | undefined> {
  try {
    const file = await open(path, 'r');
    try {
      const stats = await file.stat();
      if (!stats.isFile()) throw new PolicyInvalid(['it is no file']);
      // Windows has no such modes: there the folder's access list decides.
      if (process.platform !== 'win32' && (stats.mode & 0o002) !== 0)
        throw new PolicyInvalid(['every account may write it']);
      const { buffer, bytesRead } = await file.read(Buffer.alloc(MAX_POLICY_BYTES + 1), 0, MAX_POLICY_BYTES + 1, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === 'ENOENT') return undefined;
    if (error instanceof PolicyInvalid) throw error;
    throw new PolicyInvalid([`it cannot be read (${code ?? 'unknown'})`]);
  }
}

/** Changes with every change of the file. */
async function stampOf(path: string): Promise<string | undefined> {
  try {
    const { mtimeNs, ctimeNs, size, ino } = await stat(path, { bigint: true });
    return [mtimeNs, ctimeNs, size, ino].join('.');
  } catch (error) {
    return systemErrorCode(error);
  }
}
