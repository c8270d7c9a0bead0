import { z } from 'zod';
import { rootStandingSchema, type RootStanding } from '../contract/next-root.js';
import { errorText, type Log } from './log.js';
import { parseJson } from './member-record.js';
import type { StateFolder } from './state-folder.js';

const FILE = 'status.json';

const statusSchema = z.object({
  pid: z.int(),
  startedAt: z.iso.datetime(),
  writtenAt: z.iso.datetime(),
  connected: z.boolean(),
  transport: z.string().optional(),
  port: z.int().optional(),
  epoch: z.int().optional(),
  receiving: z.boolean(),
  inFlight: z.int(),
  /** Number of this start at the control plane: commands beside the agent share it. */
  instance: z.int().optional(),
  /** The control plane shows a recovery key that the pinned one did not hand over to. */
  recoveryKeyUntrusted: z.boolean().optional(),
  /** Which roots of the control plane are trusted. */
  root: rootStandingSchema.optional(),
  controlPlaneAnsweredAt: z.iso.datetime().optional(),
});
export type WrittenStatus = z.infer<typeof statusSchema>;

export interface CurrentStatus {
  readonly connected: boolean;
  readonly transport: string | undefined;
  readonly port?: number | undefined;
  readonly epoch: number | undefined;
  readonly receiving: boolean;
  readonly inFlight: number;
  readonly instance: number | undefined;
  readonly recoveryKeyUntrusted: boolean;
  readonly root: RootStanding;
  /** Epoch milliseconds. */
  readonly controlPlaneAnsweredAt: number | undefined;
}

/** Lets `tidegate-agent status` see how the running agent is. Written at changes and heartbeats, gone when it stops. */
export class RunStatus {
  private readonly startedAt = new Date().toISOString();
  private writing: Promise<void> | undefined;
  private again = false;

  constructor(
    private readonly folder: StateFolder,
    private readonly log: Log,
    private readonly current: () => CurrentStatus,
  ) {}

  /** Writes soon; several calls at once become one write. */
  note(): void {
    if (this.writing) {
      this.again = true;
      return;
    }
    this.writing = this.write().finally(() => {
      this.writing = undefined;
      if (!this.again) return;
      this.again = false;
      this.note();
    });
  }

  async close(): Promise<void> {
    while (this.writing) await this.writing;
    await this.folder.remove(FILE);
  }

  private async write(): Promise<void> {
    const { controlPlaneAnsweredAt, ...rest } = this.current();
    const status = {
      pid: process.pid,
      startedAt: this.startedAt,
      writtenAt: new Date().toISOString(),
      ...rest,
      ...(controlPlaneAnsweredAt === undefined
        ? {}
        : { controlPlaneAnsweredAt: new Date(controlPlaneAnsweredAt).toISOString() }),
    };
    try {
      await this.folder.write(FILE, JSON.stringify(status));
    } catch (error) {
      this.log.warn({ event: 'status-not-written', reason: errorText(error) }, 'the status file could not be written');
    }
  }
}

export async function readRunStatus(folder: StateFolder): Promise<WrittenStatus | undefined> {
  const bytes = await folder.read(FILE);
  const parsed = statusSchema.safeParse(bytes ? parseJson(bytes) : undefined);
  return parsed.success ? parsed.data : undefined;
}
