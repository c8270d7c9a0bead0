import { z } from 'zod';
import { updateReportSchema } from '../../contract/release.js';
import { parseJson } from '../member-record.js';
import type { StateFolder } from '../state-folder.js';
import { compareVersions } from './version-order.js';

const FILE = 'launcher.json';

const memorySchema = z.object({
  /** The version that is started; what came with the installation is one of them. */
  current: updateReportSchema.shape.version,
  /** The one before, to which it may go back. */
  previous: updateReportSchema.shape.version.optional(),
  /** Started in place of the current one, and not yet known to be well. */
  trial: updateReportSchema.shape.version.optional(),
  report: updateReportSchema.optional(),
});
export type LauncherMemory = z.infer<typeof memorySchema>;

/**
 * What was started last. An installation that is newer than all that was loaded takes over; a trial that a restart of the
 * machine interrupted counts as failed.
 */
export async function recallVersions(folder: StateFolder, installed: string): Promise<LauncherMemory> {
  const bytes = await folder.read(FILE);
  const parsed = memorySchema.safeParse(bytes ? parseJson(bytes) : undefined);
  if (!parsed.success || compareVersions(parsed.data.current, installed) < 0) return { current: installed };
  const { trial, ...memory } = parsed.data;
  if (trial === undefined) return memory;
  return { ...memory, report: { version: trial, state: 'rolled-back', reason: 'interrupted before it was healthy' } };
}

export async function rememberVersions(folder: StateFolder, memory: LauncherMemory): Promise<void> {
  await folder.write(FILE, JSON.stringify(memory));
}
