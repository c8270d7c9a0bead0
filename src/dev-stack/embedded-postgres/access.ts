import '../not-in-production.js';
import { z } from 'zod';
import { readPrivateFile, writePrivateFile } from '../private-file.js';

const accessSchema = z.object({
  /** The superuser's. */
  password: z.string().min(1),
  port: z.number().int(),
  /** The data folder was made to its end. */
  initialised: z.boolean(),
  /** Process that runs the server; missing once it has stopped it. */
  launcher: z.object({ pid: z.number().int(), startedAt: z.string() }).optional(),
});

/** What a later start must know of a data folder. Lies beside the folder, mode 0600. */
export type Access = z.infer<typeof accessSchema>;

export function accessFile(dataDir: string): string {
  return `${dataDir}.access.json`;
}

export async function readAccess(dataDir: string): Promise<Access | undefined> {
  const text = await readPrivateFile(accessFile(dataDir));
  return text === undefined ? undefined : accessSchema.parse(JSON.parse(text));
}

export async function writeAccess(dataDir: string, access: Access): Promise<void> {
  await writePrivateFile(accessFile(dataDir), JSON.stringify(access));
}

/** Notes that the folder is free for another launcher. */
export async function releaseAccess(dataDir: string): Promise<void> {
  const { launcher, ...rest } = (await readAccess(dataDir)) ?? {};
  if (launcher) await writeAccess(dataDir, accessSchema.parse(rest));
}
