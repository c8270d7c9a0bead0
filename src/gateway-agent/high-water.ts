import { z } from 'zod';
import { CommandError } from './exit-codes.js';
import { parseJson } from './member-record.js';
import type { StateFolder } from './state-folder.js';

const FILE = 'trust.json';

/** The marks of what was seen: each only rises. */
const highWaterSchema = z.object({
  rootGeneration: z.int().min(0),
  epoch: z.int().min(0),
  /** Of the newest directive; counted for each member anew, so a restored one begins at its own. */
  directive: z.object({ memberId: z.guid(), revision: z.int().min(0) }).optional(),
});
export type HighWater = z.infer<typeof highWaterSchema>;

/** The highest generation of a root by which a certificate was accepted here; 0: none was. @throws CommandError state */
export async function seenGeneration(folder: StateFolder): Promise<number> {
  return (await readHighWater(folder)).rootGeneration;
}

/** @throws CommandError state when the file cannot be read */
export async function readHighWater(folder: StateFolder): Promise<HighWater> {
  const bytes = await folder.read(FILE);
  const parsed = highWaterSchema.safeParse(bytes ? parseJson(bytes) : { rootGeneration: 0, epoch: 0 });
  if (parsed.success) return parsed.data;
  throw new CommandError(
    'state',
    `The file ${folder.file(FILE)} is damaged.`,
    'Restore the state folder from a backup.',
  );
}

/** @throws CommandError state */
export async function writeHighWater(folder: StateFolder, highWater: HighWater): Promise<void> {
  await folder.write(FILE, JSON.stringify(highWater));
}
