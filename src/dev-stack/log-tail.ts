import { readFile } from 'node:fs/promises';

/** The end of a log, for the message that says why a process did not come up. */
export async function tailOf(path: string, lines = 30): Promise<string> {
  return (await readFile(path, 'utf8')).split('\n').slice(-lines).join('\n');
}
