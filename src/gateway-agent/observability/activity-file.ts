import { randomBytes } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';
import { errorText, type Log } from '../log.js';
import { parseJson } from '../member-record.js';
import type { StateFolder } from '../state-folder.js';
import type { Activity } from './activity.js';
import { activitySnapshotSchema, type ActivitySnapshot } from './activity-snapshot.js';
import type { AgentVitals } from './agent-vitals.js';

const FILE = 'activity.json';
/** While there is something to see; else only so often that the figures are not taken for a dead agent's. */
const BUSY_MS = 2_000;
const IDLE_MS = 30_000;

/** Lets `tidegate-agent top` see what the agent does. Not kept over a crash, so it is not forced onto the disk. */
export class ActivityFile {
  private readonly timer: NodeJS.Timeout;
  private writing: Promise<void> = Promise.resolve();
  private isWriting = false;
  private failing = false;
  private writtenAt = -Infinity;
  private seen = '';

  constructor(
    private readonly folder: StateFolder,
    private readonly activity: Activity,
    private readonly vitals: () => AgentVitals,
    private readonly log: Log,
  ) {
    this.timer = setInterval(() => this.look(), BUSY_MS);
    this.timer.unref();
  }

  async close(): Promise<void> {
    clearInterval(this.timer);
    await this.writing;
    await this.folder.remove(FILE);
  }

  private look(): void {
    if (this.isWriting) return;
    const vitals = this.vitals();
    const { connected, receiving, draining, inFlight } = vitals;
    const now = JSON.stringify([this.activity.changes, connected, receiving, draining, inFlight]);
    const isDue = performance.now() - this.writtenAt >= IDLE_MS;
    if (now === this.seen && !this.activity.isRecent && !isDue) return;
    this.seen = now;
    this.writtenAt = performance.now();
    this.isWriting = true;
    this.writing = this.write(this.activity.snapshot(vitals)).finally(() => {
      this.isWriting = false;
    });
  }

  private async write(snapshot: ActivitySnapshot): Promise<void> {
    const temporary = this.folder.file(`.${FILE}.${randomBytes(6).toString('hex')}`);
    try {
      await writeFile(temporary, JSON.stringify(snapshot), { mode: 0o600, flag: 'wx' });
      await rename(temporary, this.folder.file(FILE));
      this.failing = false;
    } catch (error) {
      await rm(temporary, { force: true }).catch(() => undefined);
      if (!this.failing) this.log.warn({ event: 'activity-not-written', reason: errorText(error) }, 'top shows old figures'); // prettier-ignore
      this.failing = true;
    }
  }
}

export async function readActivity(folder: StateFolder): Promise<ActivitySnapshot | undefined> {
  const bytes = await folder.read(FILE);
  const parsed = activitySnapshotSchema.safeParse(bytes ? parseJson(bytes) : undefined);
  return parsed.success ? parsed.data : undefined;
}
