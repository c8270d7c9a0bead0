import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Writes a file for its owner only, whole or not at all. Its folder is made, for its owner only as well. */
export async function writePrivateFile(path: string, content: string | AsyncIterable<Uint8Array>): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const draft = `${path}.${randomUUID()}.new`;
  // Exclusive: whoever put something at that place does not get to read what is written.
  const file = await open(draft, 'wx', 0o600);
  try {
    for await (const chunk of typeof content === 'string' ? [content] : content) await file.writeFile(chunk);
    await file.sync();
    await file.close();
    await rename(draft, path);
  } catch (error) {
    await file.close();
    await rm(draft, { force: true });
    throw error;
  }
}
